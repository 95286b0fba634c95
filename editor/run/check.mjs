// Checks what comes out of a sandbox. The code inside can send what it likes, so nothing is believed beyond its type
// and size: an answer is text, to be shown as text.

import { CAPTURED_CHARACTERS, CELL_TEXT, MESSAGE_PARTS, TABLE_COLUMNS, TABLE_ROWS } from './limits.mjs';
import { wellFormed } from './text.mjs';

const STREAMS = new Set(['out', 'error', 'table']);
/** A started Python and room for a larger one. */
const LARGEST_SNAPSHOT = 128 * 1024 * 1024;

const isText = (value) => typeof value === 'string' && value.length <= CAPTURED_CHARACTERS;
const isIndex = (value) => Number.isSafeInteger(value) && value >= 0;

/**
 * The message as `{ kind, ... }`, or null if it is none: `ready` with a snapshot or null, `parts` with the parts,
 * `end` with `ok` and the result or null, `died`, `flooded`, `pong` with its number.
 */
export function readMessage(message) {
  if (!Array.isArray(message) || message.length > 3) return null;
  const [kind, first, second] = message;
  switch (kind) {
    case 'ready':
      return { kind, snapshot: isSnapshot(first) ? first : null };
    case 'parts':
      return readParts(first);
    case 'end': {
      if (typeof first !== 'boolean') return null;
      const result = isText(second) ? wellFormed(second) : null;
      return { kind, ok: first, result };
    }
    case 'died':
    case 'flooded':
      return { kind };
    case 'pong':
      return isIndex(first) ? { kind, number: first } : null;
    default:
      return null;
  }
}

function isSnapshot(value) {
  return value instanceof ArrayBuffer && value.byteLength > 0 && value.byteLength <= LARGEST_SNAPSHOT;
}

function readParts(parts) {
  if (!Array.isArray(parts) || parts.length > MESSAGE_PARTS) return null;
  const read = [];
  for (const part of parts) {
    if (!Array.isArray(part) || part.length !== 2 || !STREAMS.has(part[0]) || !isText(part[1])) return null;
    const [stream, text] = part;
    if (stream === 'table') {
      const table = readTable(text);
      if (!table) return null;
      read.push({ stream, table });
    } else {
      read.push({ stream, text: wellFormed(text) });
    }
  }
  return { kind: 'parts', parts: read };
}

/** A table: names of columns, rows of text or null, and how many more rows there were. */
function readTable(text) {
  let table;
  try {
    table = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof table !== 'object' || table === null) return null;
  const { columns, rows, more = 0 } = table;
  const areRows = Array.isArray(columns) && Array.isArray(rows) && isIndex(more);
  if (!areRows || columns.length > TABLE_COLUMNS || rows.length > TABLE_ROWS) return null;
  const isCell = (cell) => typeof cell === 'string' && cell.length <= CELL_TEXT + 1;
  const isRow = (row) => Array.isArray(row) && row.length === columns.length
    && row.every((cell) => cell === null || isCell(cell));
  if (!columns.every(isCell) || !rows.every(isRow)) return null;
  const cleaned = rows.map((row) => row.map((cell) => (cell === null ? null : wellFormed(cell))));
  return { columns: columns.map(wellFormed), rows: cleaned, more };
}
