// Updates in localStorage until IndexedDB has them: it writes at once, so that what was typed in the last moment before
// a page went is there as well. Without localStorage nothing is written ahead.
import { fromBase64, toBase64 } from 'lib0/buffer';

const PREFIX = 'colloquy-unstored/';

/** Whether the update is kept under the name of its row. */
export function writeAhead(key, update) {
  try {
    localStorage.setItem(PREFIX + JSON.stringify(key), toBase64(update));
    return true;
  } catch {
    return false;
  }
}

/** The rows whose names begin so, as `{ key, update }`, in their order. */
export function rowsAhead(start) {
  try {
    const rows = [];
    for (let place = 0; place < localStorage.length; place += 1) {
      const name = localStorage.key(place);
      if (!name.startsWith(PREFIX)) continue;
      const key = JSON.parse(name.slice(PREFIX.length));
      if (!start.every((part, at) => key[at] === part)) continue;
      rows.push({ key, update: fromBase64(localStorage.getItem(name)) });
    }
    return rows.sort((one, other) => one.key.at(-1) - other.key.at(-1));
  } catch {
    return [];
  }
}

/** IndexedDB has the row, or nobody needs it any more. */
export function forgetAhead(key) {
  try {
    localStorage.removeItem(PREFIX + JSON.stringify(key));
  } catch {
    // Without localStorage there is nothing to forget.
  }
}
