// Writes tables as the page draws them, and results as examples give them.

import { CELL_TEXT, TABLE_CHARACTERS, TABLE_COLUMNS, TABLE_ROWS } from '../limits.mjs';

const shorten = (cell) => (cell !== null && cell.length > CELL_TEXT ? `${cell.slice(0, CELL_TEXT)}…` : cell);

/** The JSON of a table: as many of `rows`, text or null, as may be shown, and how many of `total` are not. */
export function tableText(columns, rows, total) {
  const shownColumns = columns.slice(0, TABLE_COLUMNS).map(shorten);
  const shown = [];
  let left = TABLE_CHARACTERS;
  for (const row of rows.slice(0, TABLE_ROWS)) {
    const cells = row.slice(0, TABLE_COLUMNS).map(shorten);
    left -= JSON.stringify(cells).length + 1;
    if (left < 0) break;
    shown.push(cells);
  }
  return JSON.stringify({ columns: shownColumns, rows: shown, more: total - shown.length });
}

/** A row as a line of CSV (RFC 4180); null is nothing. */
export function csvLine(row) {
  return row.map((cell) => {
    const text = cell ?? '';
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }).join(',');
}
