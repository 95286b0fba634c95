// What the browser keeps of updates that the server has not confirmed: rows of IndexedDB, and a sign in localStorage
// by which a page finds out cheaply whether there are any. Where the browser keeps nothing, it says so.
import { forgetAhead, rowsAhead, writeAhead } from './ahead.mjs';

const DATABASE = 'colloquy-answers';
const STORE = 'updates';
const SIGN = 'colloquy-waiting/';

let opening = null;

/** Whether updates of this scope may be waiting from an earlier page. */
export function hasWaiting(scope) {
  try {
    return localStorage.getItem(SIGN + scope) !== null;
  } catch {
    return false;
  }
}

/** The updates of one scope. Rows are named by scope, question, peer, page and the page's own count. */
export class Kept {
  #scope;
  #page = newName();

  constructor(scope) {
    this.#scope = scope;
  }

  /** Whether the update is kept from now on. */
  async add({ question, peer }, count, update) {
    sign(this.#scope, true);
    const key = [this.#scope, question, peer, this.#page, count];
    // A transaction takes a moment, in which the page may go.
    const ahead = writeAhead(key, update);
    const added = await change((store) => store.put(update, key));
    if (!added) return ahead;
    forgetAhead(key);
    // Another page may have found nothing waiting while this row was under way.
    sign(this.#scope, true);
    return true;
  }

  /** Forgets this page's updates of an answer up to a count. */
  removeThrough({ question, peer }, count) {
    const before = [this.#scope, question, peer, this.#page];
    for (const { key } of rowsAhead(before)) if (key.at(-1) <= count) forgetAhead(key);
    return this.#remove([between([...before, 0], [...before, count])]);
  }

  /** Forgets the rows of these names. */
  removeRows(keys) {
    keys.forEach(forgetAhead);
    return this.#remove(keys);
  }

  /** Of one answer, as `{ key, update }`, those of one page in their order. */
  load({ question, peer }) {
    return this.#rows([this.#scope, question, peer]);
  }

  /** Of all answers, as `{ key, update, question, peer }`. */
  async loadAll() {
    const rows = await this.#rows([this.#scope]);
    if (rows.length === 0) await this.#remove([]);
    return rows.map((row) => ({ ...row, question: row.key[1], peer: row.key[2] }));
  }

  async #rows(start) {
    const ahead = rowsAhead(start);
    const taken = ahead.length === 0 || await change((store) => {
      for (const { key, update } of ahead) store.put(update, key);
    });
    if (taken) ahead.forEach(({ key }) => forgetAhead(key));
    const range = between(start, [...start, []]);
    const rows = taken ? [] : ahead;
    await change((store) => {
      store.openCursor(range).onsuccess = ({ target: { result: cursor } }) => {
        if (!cursor) return;
        rows.push({ key: cursor.key, update: cursor.value });
        cursor.continue();
      };
    }, 'readonly');
    return rows;
  }

  async #remove(keys) {
    let left = null;
    const removed = await change((store) => {
      for (const key of keys) store.delete(key);
      store.count(between([this.#scope], [this.#scope, []])).onsuccess = ({ target }) => {
        left = target.result;
      };
    });
    if (removed && left === 0 && rowsAhead([this.#scope]).length === 0) sign(this.#scope, false);
  }
}

function between(from, to) {
  return globalThis.IDBKeyRange?.bound(from, to);
}

/** Runs one transaction. Whether it was completed: a full disk or a private window is an answer, not an error. */
async function change(work, mode = 'readwrite') {
  try {
    const database = await open();
    return await new Promise((resolve) => {
      const transaction = database.transaction(STORE, mode);
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
      work(transaction.objectStore(STORE));
    });
  } catch {
    return false;
  }
}

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('the database is blocked'));
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = forget;
      database.onversionchange = () => {
        database.close();
        forget();
      };
      resolve(database);
    };
  }).catch((error) => {
    forget();
    throw error;
  });
  return opening;
}

/** The next use opens the database again. */
function forget() {
  opening = null;
}

function sign(scope, waiting) {
  try {
    if (waiting) localStorage.setItem(SIGN + scope, '1');
    else localStorage.removeItem(SIGN + scope);
  } catch {
    // Without localStorage nobody is reminded; the rows are there all the same.
  }
}

function newName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, '0')).join('');
}
