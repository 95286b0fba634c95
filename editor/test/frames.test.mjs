// Frames against bytes written down once: the server's tests compare theirs with the same file.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import {
  DIFF,
  PRESENCE,
  SAVED,
  SYNC,
  UPDATE,
  decodeServerFrame,
  encodePresence,
  encodeSync,
  encodeUpdate,
} from '../frames.mjs';
import {
  decodeClientFrame,
  encodeDiff,
  encodeSaved,
  encodeServerPresence,
  encodeServerUpdate,
} from './frames_of_server.mjs';

const examples = JSON.parse(readFileSync(new URL('frames.json', import.meta.url), 'utf8'));
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex = (array) => Array.from(array, (byte) => byte.toString(16).padStart(2, '0')).join('');

const CLIENT = {
  sync: (frame) => encodeSync(frame, bytes(frame.state_vector)),
  update: (frame) => encodeUpdate(frame, frame.number, bytes(frame.update)),
  presence: (frame) => encodePresence(frame, bytes(frame.state)),
};
const SERVER = {
  diff: (frame) => encodeDiff(frame, bytes(frame.state_vector), bytes(frame.update)),
  update: (frame) => encodeServerUpdate(frame, bytes(frame.update)),
  saved: (frame) => encodeSaved(frame, frame.number, frame.at),
  presence: (frame) => encodeServerPresence(frame, frame.from, bytes(frame.state)),
};
const KINDS = { sync: SYNC, diff: DIFF, update: UPDATE, saved: SAVED, presence: PRESENCE };

test('the frames of a client are the bytes of the examples, and come back', () => {
  for (const frame of examples.client) {
    assert.equal(hex(CLIENT[frame.kind](frame)), frame.bytes, frame.kind);
    const read = decodeClientFrame(bytes(frame.bytes));
    const rest = frame.state_vector ?? frame.update ?? frame.state;
    assert.deepEqual(
      { ...read, rest: hex(read.rest) },
      { kind: KINDS[frame.kind], question: frame.question, peer: frame.peer, number: frame.number ?? null, rest },
    );
  }
});

test('the frames of the server are the bytes of the examples, and come back', () => {
  for (const frame of examples.server) {
    assert.equal(hex(SERVER[frame.kind](frame)), frame.bytes, frame.kind);
    const read = decodeServerFrame(bytes(frame.bytes));
    const expected = { ...frame, kind: KINDS[frame.kind] };
    delete expected.bytes;
    if ('state_vector' in expected) {
      expected.stateVector = expected.state_vector;
      delete expected.state_vector;
    }
    for (const [name, value] of Object.entries(read)) if (value instanceof Uint8Array) read[name] = hex(value);
    assert.deepEqual(read, expected);
  }
});

test('what ends early or is too large is no frame', () => {
  for (const { kind, bytes: whole, update = '', state = '' } of examples.server) {
    // What comes last runs to the end, wherever that is.
    const least = (whole.length - update.length - state.length) / 2;
    for (let end = 0; end < least; end += 1) {
      assert.equal(decodeServerFrame(bytes(whole).slice(0, end)), null, `${kind} cut after ${end} bytes`);
    }
  }
  for (const broken of examples.broken) assert.equal(decodeServerFrame(bytes(broken.bytes)), null, broken.why);
});

test('a frame in the middle of a larger buffer ends where it ends', () => {
  const buffer = bytes('ffff02010202aabbccffff');
  const inside = new Uint8Array(buffer.buffer, 2, 7);
  const read = decodeServerFrame(inside);
  assert.deepEqual([hex(read.stateVector), hex(read.update)], ['aabb', 'cc']);
  assert.equal(decodeServerFrame(new Uint8Array(buffer.buffer, 2, 5)), null);
});
