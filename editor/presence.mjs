// Where a person is in an answer, as bytes: read with suspicion, for it comes from another browser; sent not too often.

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

const PAUSE_MS = 100;
/** What was typed is on the screen before anybody hears where. */
const A_FRAME_MS = 16;
const NOTHING = new Uint8Array(0);

/** `anchor` and `head` are places in `text`, `top` is the number of the first line in view. */
export function encodePlace(text, { anchor, head, top }) {
  const encoder = encoding.createEncoder();
  for (const at of [anchor, head]) {
    const position = Y.createRelativePositionFromTypeIndex(text, at);
    encoding.writeVarUint8Array(encoder, Y.encodeRelativePosition(position));
  }
  encoding.writeVarUint(encoder, top);
  return encoding.toUint8Array(encoder);
}

/** The place in this page's text, or null when it is none, or none yet. */
export function decodePlace(text, bytes) {
  try {
    const decoder = decoding.createDecoder(bytes);
    const [anchor, head] = [index(text, decoder), index(text, decoder)];
    const top = decoding.readVarUint(decoder);
    return anchor === null || head === null ? null : { anchor, head, top: Math.max(1, top) };
  } catch {
    return null;
  }
}

function index(text, decoder) {
  const position = Y.decodeRelativePosition(decoding.readVarUint8Array(decoder));
  // Looking a name up makes what bears it.
  if (position.tname !== null && position.tname !== 'text') return null;
  const place = Y.createAbsolutePositionFromRelativePosition(position, text.doc);
  return place?.type === text ? place.index : null;
}

/** Sends the newest place, at most ten times a second, and none twice in a row. */
export class PresenceSender {
  #send;
  #last = NOTHING;
  #find = null;
  #timer = null;
  #sentAt = -PAUSE_MS;

  constructor(send) {
    this.#send = send;
  }

  /** `find` says what is to be sent. It is asked as late as possible: where somebody looks costs a layout. */
  set(find) {
    this.#find = find;
    const pause = this.#sentAt + PAUSE_MS - performance.now();
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(A_FRAME_MS, pause));
  }

  /** The server has forgotten what was said. */
  reset() {
    this.#last = NOTHING;
  }

  /** Says that the person is here no more. */
  close() {
    clearTimeout(this.#timer);
    if (this.#last.length > 0) this.#send(NOTHING);
  }

  #flush() {
    this.#timer = null;
    const state = this.#find();
    // What could not be sent is said again after the next reset.
    if (same(state, this.#last) || !this.#send(state)) return;
    this.#last = state;
    this.#sentAt = performance.now();
  }
}

function same(a, b) {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
