// The other direction of the frames, for servers that only tests have: makes the server's, reads the client's.

import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

import { DIFF, PRESENCE, SAVED, SYNC, UPDATE, frame } from '../frames.mjs';

export function encodeDiff({ question, peer }, stateVector, update) {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint8Array(encoder, stateVector);
  encoding.writeUint8Array(encoder, update);
  return frame(DIFF, [question, peer], encoding.toUint8Array(encoder));
}

export function encodeServerUpdate({ question, peer }, update) {
  return frame(UPDATE, [question, peer], update);
}

export function encodeSaved({ question, peer }, number, at) {
  return frame(SAVED, [question, peer, number, at], new Uint8Array(0));
}

export function encodeServerPresence({ question, peer }, from, state) {
  return frame(PRESENCE, [question, peer, from], state);
}

/** What a client said. */
export function decodeClientFrame(bytes) {
  const decoder = decoding.createDecoder(bytes);
  const kind = decoding.readUint8(decoder);
  const question = decoding.readVarUint(decoder);
  const peer = decoding.readVarUint(decoder);
  const number = kind === UPDATE ? decoding.readVarUint(decoder) : null;
  if (![SYNC, UPDATE, PRESENCE].includes(kind)) throw new Error(`${kind} is no frame of a client`);
  return { kind, question, peer, number, rest: bytes.slice(decoder.pos) };
}
