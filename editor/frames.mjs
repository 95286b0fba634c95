// The binary frames of answers' documents, as docs/protocol.md has them: makes the client's, reads the server's.

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export const SYNC = 1;
export const DIFF = 2;
export const UPDATE = 3;
export const SAVED = 4;
export const PRESENCE = 5;

/** What Yjs writes when there is nothing to say. */
export const EMPTY_UPDATE = Uint8Array.of(0, 0);

/** Asks for what this page lacks; `stateVector` says what it has. */
export function encodeSync(answer, stateVector) {
  return frame(SYNC, [answer.question, answer.peer], stateVector);
}

/** Hands an update over under the `number` by which the server confirms it. */
export function encodeUpdate(answer, number, update) {
  return frame(UPDATE, [answer.question, answer.peer, number], update);
}

/** Where this person is, or nothing. */
export function encodePresence(answer, state) {
  return frame(PRESENCE, [answer.question, answer.peer], state);
}

/** A frame of the given kind: whole numbers, then bytes to its end. */
export function frame(kind, numbers, rest) {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, kind);
  for (const number of numbers) encoding.writeVarUint(encoder, number);
  encoding.writeUint8Array(encoder, rest);
  return encoding.toUint8Array(encoder);
}

/** What the server said, or null if that is no frame. */
export function decodeServerFrame(bytes) {
  try {
    return read(decoding.createDecoder(bytes));
  } catch {
    return null;
  }
}

function read(decoder) {
  const kind = decoding.readUint8(decoder);
  const [question, peer] = [number(decoder), number(decoder)];
  switch (kind) {
    case DIFF: {
      const stateVector = take(decoder, number(decoder));
      return { kind, question, peer, stateVector, update: rest(decoder) };
    }
    case UPDATE:
      return { kind, question, peer, update: rest(decoder) };
    case SAVED: {
      const saved = { kind, question, peer, number: number(decoder), at: number(decoder) };
      return decoding.hasContent(decoder) ? null : saved;
    }
    case PRESENCE:
      return { kind, question, peer, from: number(decoder), state: rest(decoder) };
    default:
      return null;
  }
}

function number(decoder) {
  return decoding.readVarUint(decoder);
}

function rest(decoder) {
  return take(decoder, decoder.arr.length - decoder.pos);
}

/** Checks the length itself: the bytes may lie in the middle of a larger buffer. */
function take(decoder, length) {
  const end = decoder.pos + length;
  if (end > decoder.arr.length) throw new RangeError('a frame ended early');
  const bytes = decoder.arr.slice(decoder.pos, end);
  decoder.pos = end;
  return bytes;
}
