// Large updates in pieces: each small enough, each in need of those before it only, together the whole.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as Y from 'yjs';

import { LARGEST_UPDATE, MOST_PARTS, pieces } from '../pieces.mjs';
import { numbers } from './random.mjs';

/** Applies one after the other; nothing may have to wait for a later one. */
function apply(doc, updates) {
  for (const update of updates) {
    Y.applyUpdate(doc, update);
    assert.equal(doc.store.pendingStructs, null);
    assert.equal(doc.store.pendingDs, null);
  }
}

test('what is small stays in one piece', () => {
  const doc = new Y.Doc();
  doc.getText('text').insert(0, 'small');
  const update = Y.encodeStateAsUpdate(doc);
  assert.deepEqual(pieces(update), [update]);
});

test('a pasted text of the largest size, in Chinese, passes in pieces the server takes', () => {
  const doc = new Y.Doc();
  const pasted = '面试🦀'.repeat(25_000);
  doc.getText('text').insert(0, `${'a'.repeat(29_999)}🦀${pasted}`);
  const parts = pieces(Y.encodeStateAsUpdate(doc));
  assert.ok(parts.length > 1);
  for (const part of parts) assert.ok(part.length <= LARGEST_UPDATE + 1024, `${part.length} bytes`);
  const copy = new Y.Doc();
  apply(copy, parts);
  assert.equal(copy.getText('text').toString(), doc.getText('text').toString());
});

test('what has many small parts passes in pieces of few', () => {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  text.insert(0, 'x'.repeat(3000));
  for (let at = 2998; at > 0; at -= 2) text.delete(at, 1);
  for (let at = 1000; at > 0; at -= 1) text.insert(at, 'y');
  const parts = pieces(Y.encodeStateAsUpdate(doc));
  assert.ok(parts.length > 5, `${parts.length} pieces`);
  for (const part of parts) {
    const { structs, ds } = Y.decodeUpdate(part);
    const ranges = [...ds.clients.values()].flat();
    assert.ok(structs.length + ranges.length <= MOST_PARTS, `${structs.length} structs, ${ranges.length} ranges`);
  }
  const copy = new Y.Doc();
  apply(copy, parts);
  assert.equal(copy.getText('text').toString(), text.toString());
});

test('edits of several people that build on each other pass in any number of pieces', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const draw = numbers(seed);
    const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
    const first = new Y.Doc();
    first.getText('text').insert(0, 'the server has this already');
    const vector = Y.encodeStateVector(first);
    for (const doc of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(first));
    for (let step = 0; step < 100; step += 1) {
      const doc = docs[draw(3)];
      const text = doc.getText('text');
      if (draw(3) === 0) text.delete(draw(text.length), 1);
      else text.insert(draw(text.length + 1), 'x'.repeat(1 + draw(40)));
      if (draw(9) === 0) doc.getMap('settings').set('language', `language ${step}`);
      if (draw(2) === 0) Y.applyUpdate(docs[draw(3)], Y.encodeStateAsUpdate(doc));
    }
    for (const doc of docs) Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(doc));
    const update = Y.encodeStateAsUpdate(docs[0], vector);
    const parts = pieces(update, 200, 10);
    assert.ok(parts.length > 5, `${parts.length} pieces`);
    apply(first, parts);
    assert.equal(first.getText('text').toString(), docs[0].getText('text').toString(), `seed ${seed}`);
    assert.deepEqual(first.getMap('settings').toJSON(), docs[0].getMap('settings').toJSON());
    assert.deepEqual(Y.encodeStateVector(first), Y.encodeStateVector(docs[0]));
  }
});
