// SQL: SQLite in a worker, with an empty database for each execution.

import { finish, serve, write } from './line.mjs';
import { boundMemory } from './memory.mjs';
import { csvLine, tableText } from './table.mjs';
import initSqlJs from 'sql.js/dist/sql-wasm-browser.js';

import { CAPTURED_CHARACTERS, TABLE_ROWS } from '../limits.mjs';

const MEMORY_MEGABYTES = 256;
/** The database itself is a file in memory, of pages of 4 KiB. */
const MOST_PAGES = 32 * 1024;

let library = null;

async function boot({ 'sql-wasm-browser.wasm': wasmBinary }) {
  boundMemory(MEMORY_MEGABYTES);
  library = await initSqlJs({ wasmBinary });
}

/** `input` is SQL that prepares the database; it prints nothing. */
function run({ code, input }) {
  try {
    const database = new library.Database();
    database.run(`PRAGMA max_page_count = ${MOST_PAGES}`);
    if (input.trim() !== '') database.run(input);
    let result = '';
    for (const statement of database.iterateStatements(code)) {
      const columns = statement.getColumnNames();
      if (columns.length > 0) result = show(columns, statement);
      else while (statement.step());
    }
    finish(true, result);
  } catch (error) {
    write('error', `${error.message ?? error}\n`);
    finish(false);
  }
}

/** Draws a table, and answers the rows as CSV as far as they may be compared. */
function show(columns, statement) {
  const rows = [];
  let total = 0;
  let csv = '';
  while (statement.step()) {
    total += 1;
    if (rows.length >= TABLE_ROWS && csv.length >= CAPTURED_CHARACTERS) continue;
    const row = statement.get(null, { useBigInt: true }).map(textOf);
    if (rows.length < TABLE_ROWS) rows.push(row);
    if (csv.length < CAPTURED_CHARACTERS) csv += `${csvLine(row)}\n`;
  }
  write('table', tableText(columns, rows, total));
  return csv.slice(0, CAPTURED_CHARACTERS);
}

/** A value as SQLite's own shell writes it; a whole number comes as a BigInt. */
function textOf(value) {
  if (value === null) return null;
  if (typeof value === 'number') return real(value);
  if (value instanceof Uint8Array) {
    return `X'${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase()}'`;
  }
  return String(value);
}

function real(value) {
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf';
  const text = String(Number(value.toPrecision(15)));
  return /^-?\d+$/.test(text) ? `${text}.0` : text.replace(/^(-?\d+)e/, '$1.0e');
}

serve(boot, run);
