// Two and more pages and a server that all may fail at any moment: in the end everybody has everything.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as Y from 'yjs';

import { AnswerDocument } from '../document.mjs';
import { EMPTY_UPDATE, UPDATE } from '../frames.mjs';
import { decodeClientFrame, encodeSaved } from './frames_of_server.mjs';
import { numbers } from './random.mjs';
import { Server } from './server.mjs';
import { MemoryStore } from './store.mjs';

const ANSWER = { question: 7, peer: 300 };
const SCHEDULES = Number(process.env.SCHEDULES ?? 100);
const STEPS = 120;

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** One browser: its pages come and go, its rows stay. Frames wait in two queues until they are delivered. */
class Browser {
  rows = new Map();
  typed = new Set();
  #server;

  constructor(server) {
    this.#server = server;
    this.open();
  }

  open() {
    this.toServer = [];
    this.toPage = [];
    this.connection = null;
    this.page = new AnswerDocument(ANSWER, new MemoryStore(this.rows), {
      send: (bytes) => this.connection !== null && this.toServer.push(bytes) > 0,
      onChange: () => {},
    });
  }

  reload() {
    this.cut();
    this.page.close();
    this.open();
  }

  connect() {
    if (this.connection) return;
    const queue = (this.toPage = []);
    this.connection = this.#server.connect((bytes) => queue.push(bytes));
    this.page.online();
  }

  /** What was under way is lost. */
  cut() {
    if (this.connection) this.#server.disconnect(this.connection);
    this.connection = null;
    this.toServer = [];
    this.toPage = [];
    this.page.offline();
  }

  deliver() {
    if (this.toServer.length > 0) this.#server.receive(this.connection, this.toServer.shift());
    if (this.toPage.length > 0) this.page.receive(this.toPage.shift());
  }

  get quiet() {
    return this.toServer.length === 0 && this.toPage.length === 0;
  }
}

/** Runs one schedule; every character is typed once, so that what is lost or doubled shows. */
async function run(seed) {
  const draw = numbers(seed);
  const start = new Y.Doc();
  start.getText('text').insert(0, '^');
  const server = new Server(ANSWER, start);
  const browsers = Array.from({ length: 2 + draw(2) }, () => new Browser(server));
  const deleted = new Set();
  const all = new Set('^');
  let next = 0x4e00;

  const type = (browser) => {
    const { text, loaded } = browser.page;
    if (!loaded) return;
    if (draw(4) === 0 && text.length > 0) {
      const at = draw(text.length);
      deleted.add(text.toString()[at]);
      text.delete(at, 1);
    } else {
      const character = String.fromCharCode((next += 1));
      browser.typed.add(character);
      all.add(character);
      text.insert(draw(text.length + 1), character);
    }
  };

  for (let step = 0; step < STEPS; step += 1) {
    const browser = browsers[draw(browsers.length)];
    const what = draw(100);
    if (what < 40) type(browser);
    else if (what < 78) browser.deliver();
    else if (what < 84) server.commit();
    else if (what < 92) browser.connect();
    else if (what < 95) browser.cut();
    else if (what < 98) browser.reload();
    else {
      server.crash();
      for (const one of browsers) one.cut();
    }
    if (draw(3) > 0) await settled();
    const durable = new Set(server.durable().getText('text').toString());
    for (const { page, typed } of browsers) {
      if (!page.loaded || page.waiting > 0) continue;
      for (const character of typed) {
        assert.ok(durable.has(character) || deleted.has(character), `seed ${seed}: said to be saved, and is not`);
      }
    }
  }

  await settled();
  for (const browser of browsers) browser.connect();
  for (let round = 0; round < 4; round += 1) {
    await settled();
    while (!browsers.every((browser) => browser.quiet)) {
      for (const browser of browsers) browser.deliver();
      await settled();
    }
    server.commit();
  }
  const text = server.durable().getText('text').toString();
  for (const { page, rows } of browsers) {
    assert.equal(page.text.toString(), text, `seed ${seed}: the texts differ`);
    assert.equal(page.waiting, 0, `seed ${seed}: something waits for ever`);
    assert.equal(rows.size, 0, `seed ${seed}: the browser keeps what is saved`);
  }
  const expected = [...all].filter((character) => !deleted.has(character)).sort();
  assert.deepEqual([...text].sort(), expected, `seed ${seed}: lost, doubled or risen from the dead`);
}

test('whatever fails at any moment, nothing is lost or doubled and everybody ends up with the same', async () => {
  for (let seed = 1; seed <= SCHEDULES; seed += 1) await run(seed);
});

/** A page with a server's end of its connection in the hands of the test. */
async function page() {
  const sent = [];
  const document = new AnswerDocument(ANSWER, new MemoryStore(), {
    send: (bytes) => sent.push(decodeClientFrame(bytes)) > 0,
    onChange: () => {},
  });
  const queue = [];
  const server = new Server(ANSWER);
  const connection = server.connect((bytes) => queue.push(bytes));
  document.online();
  await settled();
  server.receive(connection, sync(sent));
  for (const bytes of queue) document.receive(bytes);
  return { document, sent };
}

function sync(sent) {
  const { kind, question, peer, rest } = sent[0];
  return Uint8Array.of(kind, question, ...varint(peer), ...rest);
}

function varint(number) {
  return number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))];
}

test('what the server lacks follows its Diff, numbered, be it nothing', async () => {
  const { sent } = await page();
  assert.equal(sent.length, 2);
  assert.equal(sent[1].kind, UPDATE);
  assert.deepEqual(sent[1].rest, EMPTY_UPDATE);
  assert.ok(sent[1].number >= 1);
});

test('a confirmation counts for what was sent before it, and for nothing else', async () => {
  const { document, sent } = await page();
  const first = sent.at(-1).number;
  document.text.insert(0, 'a');
  document.text.insert(1, 'b');
  assert.equal(document.waiting, 2);
  document.receive(encodeSaved(ANSWER, first, 5));
  assert.equal(document.waiting, 2, 'this was sent before anything was typed');
  await settled();
  assert.equal(sent.at(-1).number, first + 1, 'what comes in one task goes in one frame');
  document.text.insert(2, 'c');
  await settled();
  document.receive(encodeSaved(ANSWER, first + 1, 1_000));
  assert.equal(document.waiting, 1);
  assert.equal(document.saved, 1_000);
  document.offline();
  document.receive(encodeSaved(ANSWER, first + 2, 2_000));
  assert.equal(document.waiting, 1, 'the connection that says so is gone');
});

test('an update leaves within the task in which it was made', async () => {
  const { document, sent } = await page();
  const before = sent.length;
  document.text.insert(0, 'a');
  await null;
  await null;
  assert.equal(sent.length, before + 1);
});

test('frames of other answers, and what is no frame, change nothing', async () => {
  const { document } = await page();
  const other = new Y.Doc();
  other.getText('text').insert(0, 'not yours');
  const update = Y.encodeStateAsUpdate(other);
  document.receive(Uint8Array.of(3, 8, ...varint(300), ...update));
  document.receive(Uint8Array.of(3, 7, ...varint(300), 9, 9, 9));
  document.receive(new Uint8Array(0));
  assert.equal(document.text.toString(), '');
});
