// Where people are: places that move with the text, strangers' bytes, and not too many of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as Y from 'yjs';

import { PresenceSender, decodePlace, encodePlace } from '../presence.mjs';
import { numbers } from './random.mjs';

function textOf(words) {
  const text = new Y.Doc().getText('text');
  text.insert(0, words);
  return text;
}

test('a place moves with the text around it', () => {
  const text = textOf('hello world');
  const bytes = encodePlace(text, { anchor: 6, head: 11, top: 3 });
  text.insert(0, '12345');
  assert.deepEqual(decodePlace(text, bytes), { anchor: 11, head: 16, top: 3 });
  assert.ok(bytes.length < 64);
});

test('what a stranger sends is a place or nothing, and makes nothing', () => {
  const text = textOf('hello');
  const draw = numbers(5);
  const good = encodePlace(text, { anchor: 1, head: 5, top: 1 });
  for (let round = 0; round < 5_000; round += 1) {
    const bytes = good.slice(0, draw(good.length + 1));
    for (let change = draw(4); change > 0 && bytes.length > 0; change -= 1) bytes[draw(bytes.length)] = draw(256);
    const place = decodePlace(text, bytes);
    if (place) for (const at of [place.anchor, place.head]) assert.ok(at >= 0 && at <= text.length);
  }
  assert.deepEqual([...text.doc.share.keys()], ['text']);
});

test('the newest place is told, ten times a second at most and never twice', async () => {
  const sent = [];
  const sender = new PresenceSender((state) => sent.push({ at: performance.now(), first: state[0] }) > 0);
  for (let count = 1; count <= 40; count += 1) {
    sender.set(() => Uint8Array.of(count));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await new Promise((resolve) => setTimeout(resolve, 150));
  sender.set(() => Uint8Array.of(40));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(sent.length >= 2 && sent.length <= 7, `${sent.length} in half a second`);
  assert.equal(sent.at(-1).first, 40);
  for (let index = 1; index < sent.length; index += 1) assert.ok(sent[index].at - sent[index - 1].at > 95);
  sender.close();
  assert.equal(sent.at(-1).first, undefined, 'nobody is here any more');
});
