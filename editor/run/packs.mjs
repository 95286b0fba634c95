// Fetches what a language needs, once, and keeps it. The sandbox fetches nothing: what it has is handed to it. (Its
// origin is none, so the browser would not even keep for it what it fetched.)

const own = new URL('.', import.meta.url);
/** Beside the folder this program comes from, with the same version in its address. */
const SCRIPTS = new URL(own.pathname.replace(/\/pkg\//, '/run/'), own);
/** Packs have their own version in their addresses, so that they outlive one of ours in a browser's cache. */
const PACKS = new URL('/run/', own);

/** The page that the sandbox is. */
export const SANDBOX_URL = new URL('sandbox.html', SCRIPTS).href;

const kept = new Map();
let list = null;

/**
 * The pack of a language: `{ script, files, snapshot }`, with the worker's text, its files by name, and the started
 * language once it is known. Says how many bytes of how many are there. Rejects when something cannot be fetched; the
 * next call tries again.
 */
export function loadPack(language, onProgress = () => {}) {
  let entry = kept.get(language);
  if (!entry) {
    entry = { listeners: new Set() };
    const tell = (progress) => entry.listeners.forEach((listener) => listener(progress));
    entry.pack = fetchPack(language, tell).catch((error) => {
      kept.delete(language);
      throw error;
    });
    kept.set(language, entry);
  }
  entry.listeners.add(onProgress);
  const forget = () => entry.listeners.delete(onProgress);
  entry.pack.then(forget, forget);
  return entry.pack;
}

async function fetchPack(language, tell) {
  list ??= fetchBytes(new URL('packs.json', SCRIPTS)).then((bytes) => JSON.parse(decode(bytes)));
  const found = await list.catch((error) => {
    list = null;
    throw error;
  });
  const { script, files } = found[language];
  const total = [script, ...files].reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  const count = (bytes) => {
    loaded += bytes;
    tell({ loaded: Math.min(loaded, total), total });
  };
  const [text, ...contents] = await Promise.all([
    fetchBytes(new URL(script.path, SCRIPTS), count),
    ...files.map((file) => fetchBytes(new URL(file.path, PACKS), count)),
  ]);
  const named = files.map((file, place) => [file.name, contents[place].buffer]);
  return { script: decode(text), files: Object.fromEntries(named), snapshot: null };
}

async function fetchBytes(url, count = () => {}) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname}: ${answer.status}`);
  const pieces = [];
  let length = 0;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
    count(value.length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function decode(bytes) {
  return new TextDecoder().decode(bytes);
}
