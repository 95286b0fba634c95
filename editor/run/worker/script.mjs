// Runs a script as Node would: it is over when nothing is left to happen, and an error that nobody catches ends it.

import { sandboxConsole } from './console.mjs';
import { HEAD, inspect, inspectError } from './inspect.mjs';
import { finish, later, loadScript, write } from './line.mjs';

/** How long to look for the line of a mistake. */
const LINE_MS = 1_000;

const pending = new Set();
let isMainOver = false;

export function boot() {
  Object.defineProperty(self, 'console', { value: sandboxConsole, configurable: true, writable: true });
  self.global = self;
  self.process = {
    argv: [], env: {},
    stdout: { write: (text) => write('out', String(text)) },
    stderr: { write: (text) => write('error', String(text)) },
  };
  wrapTimers();
  self.addEventListener('error', (event) => {
    event.preventDefault();
    fail(event.error ?? event.message);
  });
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    fail(event.reason);
  });
}

/** Runs `code` with `input` on its standard input. */
export function run({ code, input }, name) {
  giveInput(input);
  const script = addressOf(`${HEAD}${code}\n};\n//# sourceURL=${name}`);
  later(() => {
    try {
      loadScript(script);
    } catch (error) {
      explainGrammar(error, { script, code, name });
      return;
    }
    const main = self[Symbol.for('main')];
    delete self[Symbol.for('main')];
    main().then(mainIsOver, fail);
  });
}

/** Code with `import` or `export` is no script; it may be a module. */
function explainGrammar(error, { script, code, name }) {
  if (/^\s*(import|export)\b/m.test(code)) {
    import(addressOf(`${code}\n//# sourceURL=${name}`)).then(mainIsOver, fail);
    return;
  }
  const message = error.message.replace(/^Failed to execute 'importScripts'[^:]*: /, '');
  const say = (place) => {
    write('error', `SyntaxError: ${message}${place}\n`);
    finish(false);
  };
  // Only a worker's own script has its mistakes told with their lines.
  const worker = new Worker(script);
  const lines = code.split('\n').length;
  worker.onerror = (event) => {
    event.preventDefault();
    say(event.lineno > 0 ? ` (${name}:${Math.min(event.lineno, lines)})` : '');
  };
  later(say, LINE_MS, '');
}

function addressOf(text) {
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}

/** `input` is all of it, `readLine()` the next line of it, or null after the last. */
function giveInput(input) {
  const lines = input === '' ? [] : input.replace(/\r?\n$/, '').split(/\r?\n/);
  self.input = input;
  self.readLine = () => lines.shift() ?? null;
}

function wrapTimers() {
  const { setTimeout, setInterval, clearTimeout } = self;
  const call = (handler, values) => {
    if (typeof handler === 'function') handler(...values);
  };
  self.setTimeout = (handler, delay, ...values) => {
    const id = setTimeout(() => {
      pending.delete(id);
      endSoon();
      call(handler, values);
    }, delay);
    pending.add(id);
    return id;
  };
  self.setInterval = (handler, delay, ...values) => {
    const id = setInterval(() => call(handler, values), delay);
    pending.add(id);
    return id;
  };
  self.clearTimeout = (id) => {
    clearTimeout(id);
    if (pending.delete(id)) endSoon();
  };
  self.clearInterval = self.clearTimeout;
  self.setImmediate = (handler, ...values) => self.setTimeout(handler, 0, ...values);
  self.clearImmediate = self.clearTimeout;
}

function mainIsOver() {
  isMainOver = true;
  endSoon();
}

/** A rejection that nobody catches is told a task later, and comes first. */
function endSoon() {
  later(() => later(endIfIdle));
}

function endIfIdle() {
  if (isMainOver && pending.size === 0) finish(true);
}

function fail(error) {
  write('error', `${error instanceof Error ? inspectError(error) : `Uncaught ${inspect(error)}`}\n`);
  finish(false);
}
