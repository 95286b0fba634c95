// What a browser keeps: through its database, over pages, and when there is none.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import 'fake-indexeddb/auto';
import * as Y from 'yjs';

import { AnswerDocument } from '../document.mjs';
import { EMPTY_UPDATE } from '../frames.mjs';
import { Kept, hasWaiting } from '../kept.mjs';
import { noteOpen } from '../open.mjs';
import { sendWaiting } from '../waiting.mjs';
import { decodeClientFrame, encodeDiff, encodeSaved } from './frames_of_server.mjs';
import { Server } from './server.mjs';

const items = new Map();
globalThis.localStorage = {
  getItem: (name) => items.get(name) ?? null,
  setItem: (name, value) => items.set(name, value),
  removeItem: (name) => items.delete(name),
  key: (place) => [...items.keys()][place] ?? null,
  get length() { return items.size; },
};

const answer = (question) => ({ question, peer: 300 });
const update = (...bytes) => Uint8Array.from(bytes);
const bytesOf = (rows) => rows.map((row) => [...row.update]);
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test('rows are of one scope and one answer, in their order, and go when they are saved', async () => {
  const kept = new Kept('a');
  const other = new Kept('b');
  for (let count = 1; count <= 12; count += 1) assert.equal(await kept.add(answer(1), count, update(count)), true);
  await kept.add(answer(2), 1, update(99));
  await other.add(answer(1), 1, update(77));
  assert.deepEqual(bytesOf(await kept.load(answer(1))), Array.from({ length: 12 }, (_, index) => [index + 1]));
  await kept.removeThrough(answer(1), 10);
  assert.deepEqual(bytesOf(await kept.load(answer(1))), [[11], [12]]);
  assert.equal(hasWaiting('a'), true);
  const all = await kept.loadAll();
  assert.deepEqual(all.map((row) => row.question), [1, 1, 2]);
  await kept.removeRows(all.map((row) => row.key));
  assert.equal(hasWaiting('a'), false);
  assert.equal(hasWaiting('b'), true);
  assert.deepEqual(bytesOf(await other.load(answer(1))), [[77]]);
});

test('a removal that comes right behind the row removes it', async () => {
  const kept = new Kept('c');
  kept.add(answer(1), 1, update(1));
  await kept.removeThrough(answer(1), 1);
  assert.deepEqual(await kept.load(answer(1)), []);
});

/** Types `words` in a page that never reaches the server. */
async function typeOffline(scope, of, words) {
  const document = new AnswerDocument(of, new Kept(scope), { send: () => false, onChange: () => {} });
  await settled();
  document.text.insert(0, words);
  await settled();
  document.close();
}

test('what an earlier page could not send is there again, waits, and is sent', async () => {
  await typeOffline('d', answer(1), 'typed before');
  const sent = [];
  const document = new AnswerDocument(answer(1), new Kept('d'), {
    send: (bytes) => sent.push(bytes) > 0,
    onChange: () => {},
  });
  await settled();
  assert.equal(document.text.toString(), 'typed before');
  assert.equal(document.waiting, 1);
  await document.online();
  const server = new Server(answer(1));
  const connection = server.connect((bytes) => document.receive(bytes));
  for (let next = sent.shift(); next; next = sent.shift()) server.receive(connection, next);
  server.commit();
  assert.equal(server.durable().getText('text').toString(), 'typed before');
  assert.equal(document.waiting, 0);
  await settled();
  assert.equal(hasWaiting('d'), false);
});

test('answers that are not open are sent on return, and forgotten once saved', async () => {
  await typeOffline('e', answer(1), 'one');
  await typeOffline('e', answer(2), 'two');
  await typeOffline('e', answer(3), 'open here');
  const close = noteOpen('e', answer(3));
  const sent = [];
  const waiting = await sendWaiting('e', (bytes) => sent.push(decodeClientFrame(bytes)) > 0);
  assert.deepEqual(sent.map((frame) => frame.question), [1, 2]);
  waiting.receive(encodeSaved(answer(1), sent[0].number, 5));
  await settled();
  assert.equal(hasWaiting('e'), true, 'not all of it is saved');
  waiting.receive(encodeSaved(answer(2), sent[1].number, 5));
  await settled();
  assert.deepEqual((await new Kept('e').loadAll()).map((row) => row.question), [3]);
  close();
});

test('a server that lacks what came before is told, if it is known here', async () => {
  const base = new Y.Doc();
  base.getText('text').insert(0, 'base ');
  const first = Y.encodeStateAsUpdate(base);
  const vector = Y.encodeStateVector(base);
  base.getText('text').insert(5, 'more');
  const kept = new Kept('f');
  await kept.add(answer(1), 1, Y.encodeStateAsUpdate(base, vector));
  const sent = [];
  const waiting = await sendWaiting('f', (bytes) => sent.push(decodeClientFrame(bytes)) > 0);
  waiting.receive(encodeDiff(answer(1), update(0), EMPTY_UPDATE));
  assert.equal(sent.length, 1, 'nobody here has what is missing');
  waiting.receive(encodeSaved(answer(1), 1, 5));
  await settled();
  assert.equal((await kept.load(answer(1))).length, 1, 'and so nothing of it can be saved');
  const again = await sendWaiting('f', (bytes) => sent.push(decodeClientFrame(bytes)) > 0);
  again.receive(encodeDiff(answer(1), vector, first));
  again.receive(encodeSaved(answer(1), sent.at(-1).number, 5));
  await settled();
  assert.equal((await kept.load(answer(1))).length, 0);
});

test('where nothing can be kept, typing goes on and the state says so', async () => {
  const { open } = indexedDB;
  const { setItem } = localStorage;
  const page = await import('../kept.mjs?private');
  indexedDB.open = () => {
    throw new Error('a private window');
  };
  localStorage.setItem = () => {
    throw new Error('full');
  };
  const document = new AnswerDocument(answer(1), new page.Kept('g'), { send: () => false, onChange: () => {} });
  assert.equal(document.kept, true);
  document.text.insert(0, 'typed');
  await settled();
  assert.equal(document.kept, false);
  assert.equal(document.waiting, 1);
  indexedDB.open = open;
  localStorage.setItem = setItem;
});

test('what a page typed in its last moment is there although its transaction never came', async () => {
  const transaction = IDBDatabase.prototype.transaction;
  const kept = new Kept('last');
  await kept.load(answer(1));
  IDBDatabase.prototype.transaction = () => { throw new Error('the page is going'); };
  const added = [1, 2].map((count) => kept.add(answer(1), count, update(count, 7)));
  assert.deepEqual(await Promise.all(added), [true, true], 'kept all the same');
  IDBDatabase.prototype.transaction = transaction;
  const next = new Kept('last');
  const rows = await next.load(answer(1));
  assert.deepEqual(bytesOf(rows), [[1, 7], [2, 7]]);
  assert.ok(![...items.keys()].some((name) => name.startsWith('colloquy-unstored/')), 'moved to where it belongs');
  await next.removeRows(rows.map((row) => row.key));
  assert.deepEqual(await next.load(answer(1)), []);
  assert.equal(hasWaiting('last'), false);
});
