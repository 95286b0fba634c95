// The worker's line to its sandbox: what the code prints goes out at once as long as it prints at a human pace, so
// that an endless loop swallows none of it. Imported before everything else.

import { CAPTURED_CHARACTERS } from '../limits.mjs';

/** So many writes go out one by one; then they are gathered. */
const PROMPT_WRITES = 1_000;
const GATHER_MS = 50;
const GATHER_CHARACTERS = 4 * 1024;
const GATHER_PARTS = 200;

const now = performance.now.bind(performance);
/** What scripts are loaded with; the code is left without it. */
export const loadScript = self.importScripts.bind(self);
/** The clock's own, whatever becomes of the global ones. */
export const later = self.setTimeout.bind(self);

lock('importScripts');

let post = null;
let writes = 0;
let taken = 0;
let gathered = [];
let gatheredCharacters = 0;
let last = 0;

/**
 * Waits for the files, starts the language with `boot(files)`, whose answer may be a snapshot for the next one, and
 * then runs one task with `run({ code, input })`, which ends with `finish`.
 */
export function serve(boot, run) {
  self.onmessage = async ({ data: files, ports: [port] }) => {
    self.onmessage = null;
    const send = port.postMessage.bind(port);
    post = send;
    ['postMessage', 'close'].forEach(lock);
    let snapshot;
    try {
      snapshot = await boot(files);
    } catch {
      send(['broken']);
      return;
    }
    port.onmessage = ({ data: task }) => {
      port.onmessage = null;
      run(task);
    };
    send(['ready', snapshot ?? null], snapshot ? [snapshot] : []);
  };
}

/** The code's copy of a global that would only lead it astray: it says so. */
function lock(name) {
  const value = () => {
    throw new TypeError(`${name} is not available here`);
  };
  Object.defineProperty(self, name, { value, configurable: false, writable: false });
}

/** Prints on `out`, `error` or, as JSON, `table`. What nobody would look at is not sent. */
export function write(stream, text) {
  if (text === '' || taken > CAPTURED_CHARACTERS) return;
  taken += text.length;
  writes += 1;
  const open = gathered.at(-1);
  if (open && open[0] === stream && stream !== 'table') open[1] += text;
  else gathered.push([stream, text]);
  gatheredCharacters += text.length;
  const isFull = gatheredCharacters >= GATHER_CHARACTERS || gathered.length >= GATHER_PARTS;
  if (isFull || writes < PROMPT_WRITES || now() - last >= GATHER_MS) flush();
}

function flush() {
  if (gathered.length === 0) return;
  // One that is longer than anybody looks at is cut; the page sees that it is too long, and says so.
  const parts = gathered.map(([stream, text]) => [stream, text.slice(0, CAPTURED_CHARACTERS)]);
  post(['parts', parts]);
  gathered = [];
  gatheredCharacters = 0;
  last = now();
}

let isFinished = false;

/** Ends the task: whether the code ended well, and its result where the language has one. Once. */
export function finish(ok, result = null) {
  if (isFinished) return;
  isFinished = true;
  flush();
  post(['end', ok, result]);
}
