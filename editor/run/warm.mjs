// Keeps one started sandbox of a language ready, so that the next run need not wait for it. It has seen no code yet.

import { Cell } from './cell.mjs';

/** A started Python is some sixty megabytes; whoever has not run anything for so long can wait a moment. */
const IDLE_MS = 10 * 60_000;

const waiting = new Map();

/** A sandbox for one execution, started or starting. */
export function takeCell(language, pack) {
  const entry = waiting.get(language);
  waiting.delete(language);
  clearTimeout(entry?.timer);
  return entry?.cell.isOpen ? entry.cell : startCell(pack);
}

/** Starts one for later, unless one is there. */
export function prepareCell(language, pack) {
  if (waiting.get(language)?.cell.isOpen) return;
  const cell = startCell(pack);
  const timer = setTimeout(() => dropCell(language), IDLE_MS);
  waiting.set(language, { cell, timer });
}

/** Ends the one that waits. */
export function dropCell(language) {
  const entry = waiting.get(language);
  waiting.delete(language);
  clearTimeout(entry?.timer);
  entry?.cell.close();
}

function startCell(pack) {
  const cell = new Cell(pack);
  // It comes from a sandbox that has seen no code, so the next one may start from it.
  const keep = (snapshot) => {
    pack.snapshot ??= snapshot;
  };
  cell.ready.then(keep, () => {});
  return cell;
}
