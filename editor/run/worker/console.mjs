// The console that the code sees.

import { display, inspect } from './inspect.mjs';
import { write } from './line.mjs';
import { tableText } from './table.mjs';

const counts = new Map();
const timers = new Map();
let indent = '';

function print(stream, values) {
  const text = format(values);
  write(stream, `${indent ? text.replace(/^/gm, indent) : text}\n`);
}

/** `%s`, `%d` and their like in the first text take the values after it. */
function format(values) {
  const [first, ...rest] = values;
  if (typeof first !== 'string' || rest.length === 0) return values.map(display).join(' ');
  const filled = first.replace(/%([sdifjoOc%])/g, (whole, kind) => {
    if (kind === '%') return '%';
    if (rest.length === 0) return whole;
    const value = rest.shift();
    switch (kind) {
      case 's': return display(value);
      case 'd': return typeof value === 'bigint' ? `${value}n` : String(Number(value));
      case 'i': return String(Number.parseInt(value, 10));
      case 'f': return String(Number.parseFloat(value));
      case 'j': return JSON.stringify(value);
      case 'c': return '';
      default: return inspect(value);
    }
  });
  return [filled, ...rest.map(display)].join(' ');
}

function table(data) {
  if (typeof data !== 'object' || data === null) {
    print('out', [data]);
    return;
  }
  const entries = data instanceof Map ? [...data] : Object.entries(data);
  const isRecord = (row) => typeof row === 'object' && row !== null;
  const keys = [...new Set(entries.flatMap(([, row]) => (isRecord(row) ? Object.keys(row) : [])))];
  const hasValues = entries.some(([, row]) => !isRecord(row));
  const cell = (row, key) => (isRecord(row) && Object.hasOwn(row, key) ? display(row[key]) : null);
  const rows = entries.map(([index, row]) => [
    String(index), ...keys.map((key) => cell(row, key)), ...(hasValues ? [isRecord(row) ? null : display(row)] : []),
  ]);
  write('table', tableText(['(index)', ...keys, ...(hasValues ? ['Values'] : [])], rows, rows.length));
}

function seconds(label, values) {
  const begun = timers.get(label);
  if (begun !== undefined) print('out', [`${label}: ${(performance.now() - begun).toFixed(3)} ms`, ...values]);
}

export const sandboxConsole = {
  log: (...values) => print('out', values),
  info: (...values) => print('out', values),
  debug: (...values) => print('out', values),
  error: (...values) => print('error', values),
  warn: (...values) => print('error', values),
  trace: (...values) => print('error', ['Trace:', ...values]),
  dir: (value) => print('out', [typeof value === 'string' ? inspect(value) : value]),
  table,
  assert: (condition, ...values) => {
    if (!condition) print('error', values.length > 0 ? ['Assertion failed:', ...values] : ['Assertion failed']);
  },
  count: (label = 'default') => {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    print('out', [`${label}: ${counts.get(label)}`]);
  },
  countReset: (label = 'default') => counts.delete(label),
  time: (label = 'default') => timers.set(label, performance.now()),
  timeLog: (label = 'default', ...values) => seconds(label, values),
  timeEnd: (label = 'default') => {
    seconds(label, []);
    timers.delete(label);
  },
  group: (...values) => {
    if (values.length > 0) print('out', values);
    indent += '  ';
  },
  groupEnd: () => {
    indent = indent.slice(2);
  },
  clear: () => {},
};
