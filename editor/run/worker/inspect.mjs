// Shows values as Node's console does, near enough to read: one line while it is short, then one line each.

/** What stands before the code in its first line. A symbol is out of the way of the code's own names. */
export const HEAD = "self[Symbol.for('main')] = async function () { ";

const LINE = 72;
const DEEPEST = 3;
const MOST_ITEMS = 100;
const LONGEST = 10_000;

/** A value as console.log shows it among others: text plain, the rest inspected. */
export function display(value) {
  return typeof value === 'string' ? value : inspect(value);
}

/** A value as it would be written in code. */
export function inspect(value, depth = 0, seen = []) {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return inspectFunction(value);
    case 'object':
      return value === null ? 'null' : inspectObject(value, depth, seen);
    default:
      return String(value);
  }
}

function quote(text) {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  const mark = !cut.includes("'") ? "'" : !cut.includes('"') ? '"' : !cut.includes('`') ? '`' : "'";
  const escaped = cut.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replace(/\r/g, '\\r');
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}

function inspectFunction(value) {
  const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'Function';
  if (kind === 'class') return `[class ${value.name || '(anonymous)'}]`;
  return value.name ? `[Function: ${value.name}]` : '[Function (anonymous)]';
}

function inspectObject(value, depth, seen) {
  if (seen.includes(value)) return '[Circular]';
  if (value instanceof Error) return inspectError(value);
  if (value instanceof RegExp) return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Promise) return 'Promise { … }';
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return `[${value.constructor.name}: ${inspect(value.valueOf())}]`;
  }
  const name = nameOf(value);
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  if (depth >= DEEPEST) return `[${isList ? 'Array' : name || 'Object'}]`;
  const below = (item) => inspect(item, depth + 1, [...seen, value]);
  if (isList && !(value instanceof DataView)) return inspectList(value, name, below, depth);
  if (value instanceof Map) {
    const items = taken(value, ([key, item]) => `${below(key)} => ${below(item)}`, value.size);
    return enclose(`Map(${value.size}) {`, items, '}', depth);
  }
  if (value instanceof Set) {
    return enclose(`Set(${value.size}) {`, taken(value, below, value.size), '}', depth);
  }
  const items = properties(value, Object.keys(value), below);
  return enclose(name ? `${name} {` : '{', items, '}', depth);
}

/** The stack without the frames of what runs the code, and with columns as in the code. */
export function inspectError(error) {
  const first = `${error.name}${error.message ? `: ${error.message}` : ''}`;
  const frames = String(error.stack ?? '').split('\n').filter((line) => /^\s+at .*main\.(js|ts)/.test(line));
  const shown = frames.map((line) => line
    .replace(/(main\.(?:js|ts):1:)(\d+)/, (_, place, column) => place + Math.max(1, column - HEAD.length))
    .replace(/at (?:async )?self\.\S+ \((main\.[^)]+)\)/, 'at $1'));
  return [first, ...shown].join('\n');
}

function inspectList(list, name, below, depth) {
  const items = [];
  const shown = Math.min(list.length, MOST_ITEMS);
  for (let at = 0; at < shown; at += 1) {
    let holes = 0;
    while (at + holes < list.length && !(at + holes in list)) holes += 1;
    if (holes > 0) {
      items.push(`<${holes} empty item${holes > 1 ? 's' : ''}>`);
      at += holes - 1;
    } else {
      items.push(below(list[at]));
    }
  }
  if (list.length > shown) items.push(`... ${list.length - shown} more items`);
  const extra = Array.isArray(list) ? Object.keys(list).filter((key) => !/^\d+$/.test(key)) : [];
  items.push(...properties(list, extra, below));
  const head = name === 'Array' ? '[' : `${name}(${list.length}) [`;
  return enclose(head, items, ']', depth, !Array.isArray(list) || list.every((item) => typeof item === 'number'));
}

function properties(value, keys, below) {
  const items = keys.slice(0, MOST_ITEMS).map((key) => {
    const shown = /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
    const { get, set } = Object.getOwnPropertyDescriptor(value, key) ?? {};
    if (get || set) return `${shown}: [${get ? 'Getter' : ''}${get && set ? '/' : ''}${set ? 'Setter' : ''}]`;
    return `${shown}: ${below(value[key])}`;
  });
  if (keys.length > MOST_ITEMS) items.push(`... ${keys.length - MOST_ITEMS} more`);
  return items;
}

function taken(values, show, size) {
  const items = [];
  for (const value of values) {
    if (items.length >= MOST_ITEMS) break;
    items.push(show(value));
  }
  if (size > MOST_ITEMS) items.push(`... ${size - MOST_ITEMS} more items`);
  return items;
}

/** The class of a value, unless it is a plain object's. */
function nameOf(value) {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null) return '[Object: null prototype]';
  const name = prototype.constructor?.name ?? '';
  return name === 'Object' ? '' : name;
}

function enclose(head, items, tail, depth, isFlowing = false) {
  if (items.length === 0) return head + tail;
  const line = `${head} ${items.join(', ')} ${tail}`;
  if (line.length <= LINE && !line.includes('\n')) return line;
  const indent = '  '.repeat(depth + 1);
  const rows = isFlowing ? flow(items) : items;
  return `${head}\n${rows.map((row) => indent + row).join(',\n')}\n${'  '.repeat(depth)}${tail}`;
}

/** Numbers, as many on a line as it holds. */
function flow(items) {
  const rows = [];
  for (const item of items) {
    const last = rows.length - 1;
    if (last >= 0 && rows[last].length + item.length + 2 <= LINE) rows[last] += `, ${item}`;
    else rows.push(item);
  }
  return rows;
}
