// One sandbox as seen from the page: a frame of no origin with one worker inside, good for one execution. Whatever
// happens in it, closing it ends it.

import { readMessage } from './check.mjs';
import { CELL_CHARACTERS, CELL_MESSAGES, START_LIMIT_MS } from './limits.mjs';
import { SANDBOX_URL } from './packs.mjs';

const PING_MS = 500;
/** A frame whose own thread is silent for so long is gone: a worker does not hold it up. */
const SILENCE_MS = 10_000;
/** Silent for so long, it counts as gone when it also ran out of time. */
const SUSPICIOUS_SILENCE_MS = 4_000;

/** Why a cell ended: `died`, `flooded`, `late` (did not start in time) or `closed`. */
export class CellEnd extends Error {
  constructor(reason) {
    super(`the sandbox ended: ${reason}`);
    this.reason = reason;
  }
}

export class Cell {
  /** Resolves with a snapshot or null once the language has started; rejects with a `CellEnd`. */
  ready;
  isOpen = true;
  #frame = document.createElement('iframe');
  #port;
  #settle;
  #onParts = null;
  #onEnd = null;
  #messages = 0;
  #characters = 0;
  #heard = performance.now();
  #pinged = 0;
  #isReady = false;
  #timers = [];

  constructor(pack) {
    this.ready = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Nobody may be waiting yet.
    this.ready.catch(() => {});
    const frame = this.#frame;
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.setAttribute('aria-hidden', 'true');
    frame.referrerPolicy = 'no-referrer';
    frame.hidden = true;
    frame.src = SANDBOX_URL;
    frame.addEventListener('load', () => this.#open(pack), { once: true });
    document.body.append(frame);
    this.#timers.push(setTimeout(() => this.#end('late'), START_LIMIT_MS));
  }

  /**
   * Runs the code once. `onParts` gets checked parts of the output; resolves with `{ ok, result }`, rejects with a
   * `CellEnd`.
   */
  run(task, onParts) {
    return new Promise((resolve, reject) => {
      if (!this.isOpen) {
        reject(new CellEnd('died'));
        return;
      }
      this.#onParts = onParts;
      this.#onEnd = { resolve, reject };
      [this.#messages, this.#characters] = [0, 0];
      this.#port.postMessage(['run', task]);
    });
  }

  /** Whether its frame has been silent for longer than a living one is. */
  get seemsDead() {
    return performance.now() - this.#heard > SUSPICIOUS_SILENCE_MS;
  }

  /** Ends everything inside. */
  close() {
    this.#end('closed');
  }

  #open(pack) {
    if (!this.isOpen) return;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = (event) => this.#take(event.data);
    port1.onmessageerror = () => this.#end('flooded');
    // A frame of no origin can be named by no address.
    this.#frame.contentWindow.postMessage('colloquy', '*', [port2]);
    const { script, files, snapshot } = pack;
    port1.postMessage(['start', script, snapshot ? { ...files, snapshot } : files]);
    this.#heard = performance.now();
    this.#timers.push(setInterval(() => this.#ping(), PING_MS));
  }

  #ping() {
    // Time that this page itself was asleep is no silence of the frame.
    const now = performance.now();
    if (this.#pinged && now - this.#pinged > 4 * PING_MS) this.#heard = now;
    else if (now - this.#heard > SILENCE_MS) this.#end(this.#isReady ? 'died' : 'late');
    this.#pinged = now;
    if (this.isOpen) this.#port.postMessage(['ping', Math.round(now)]);
  }

  #take(data) {
    if (!this.isOpen) return;
    this.#heard = performance.now();
    const message = readMessage(data);
    if (message?.kind === 'pong') return;
    this.#messages += 1;
    if (!message || this.#messages > CELL_MESSAGES) {
      this.#end('flooded');
      return;
    }
    if (message.kind === 'ready') this.#start(message.snapshot);
    else if (message.kind === 'parts') this.#give(message.parts);
    else if (message.kind === 'end') this.#finish(message);
    else this.#end(this.#isReady ? message.kind : 'late');
  }

  #start(snapshot) {
    this.#isReady = true;
    clearTimeout(this.#timers[0]);
    this.#settle.resolve(snapshot);
  }

  #give(parts) {
    for (const { text, table } of parts) this.#characters += text?.length ?? JSON.stringify(table).length;
    if (this.#characters > CELL_CHARACTERS) this.#end('flooded');
    else this.#onParts?.(parts);
  }

  #finish({ ok, result }) {
    this.#onEnd?.resolve({ ok, result });
    this.#end('closed');
  }

  #end(reason) {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#port?.close();
    this.#frame.remove();
    const end = new CellEnd(reason);
    this.#settle.reject(end);
    this.#onEnd?.reject(end);
  }
}
