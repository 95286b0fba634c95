// Files handed from page to page during a call, and what pages say of the voices.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { goodbye, meet, settled } from './support/meeting.mjs';
import { OTHERS, PATIENCE } from './support/people.mjs';
import { Server } from './support/server.mjs';

const MIB = 1024 * 1024;

let server;
let browser;

before(async () => {
  server = await Server.start();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Lets the test use the reliable channel as a hostile page could. */
async function exposeChannels(person) {
  await person.context.addInitScript(() => {
    window.channelsOfPage = [];
    const create = RTCPeerConnection.prototype.createDataChannel;
    RTCPeerConnection.prototype.createDataChannel = function (label, options) {
      const channel = create.call(this, label, options);
      window.channelsOfPage.push(channel);
      return channel;
    };
  });
}

/** A host and guests, all connected. */
async function room(hostName, ...guestNames) {
  const everyone = [];
  for (const name of [hostName, ...guestNames]) {
    const person = await newPerson(browser, { name });
    await exposeChannels(person);
    everyone.push(person);
  }
  const [host, ...guests] = everyone;
  await meet(server.url, host, guests);
  return everyone;
}

const offer = (person, name, buffer) =>
  person.page.locator('[data-file-input]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });

/** As `offer`, of so many bytes made in the page: large ones take long on the way from the test to it. */
const offerMade = (person, name, size) => person.page.evaluate(({ name, size }) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(size)], name));
  const input = document.querySelector('[data-file-input]');
  input.files = data.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}, { name, size });

const row = (person, name) => person.page.locator(`[data-file="${name}"]`);

const stands = (person, name, state) =>
  person.page.locator(`[data-file="${name}"][data-state="${state}"]`).first()
    .waitFor({ state: 'attached', timeout: PATIENCE });

const act = (person, name, action) => row(person, name).locator(`[data-action="${action}"]`).click();

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

async function save(person, name) {
  const [download] = await Promise.all([
    person.page.waitForEvent('download'),
    row(person, name).locator('[data-action="save-file"]').click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Notes from now on which percentages the progress bar of that file shows. */
const watchProgress = (person, name) => person.page.evaluate((name) => {
  window.progressSeen = new Set();
  const look = () => {
    const bar = document.querySelector(`[data-file="${name}"] progress`);
    if (bar) window.progressSeen.add(bar.value);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
}, name);

const progressSeen = (person) => person.page.evaluate(() => [...window.progressSeen].filter((at) => at > 0 && at < 100));

const frames = (person) => person.page.evaluate(
  (others) => document.querySelector(`${others} video`).getVideoPlaybackQuality().totalVideoFrames,
  OTHERS,
);

/** The most that ever waited in the channels of that page while it sends. */
const watchBuffers = (person) => person.page.evaluate(() => {
  window.mostBuffered = 0;
  const send = RTCDataChannel.prototype.send;
  RTCDataChannel.prototype.send = function (data) {
    send.call(this, data);
    window.mostBuffered = Math.max(window.mostBuffered, this.bufferedAmount);
  };
});

test('20 MiB go from one to the other during a call, whole, while pictures flow', async () => {
  const [anna, mei] = await room('Anna', 'Lin Mei');
  await settled(anna, mei);
  const bytes = randomBytes(20 * MIB);
  await Promise.all([watchProgress(anna, 'data.bin'), watchProgress(mei, 'data.bin'), watchBuffers(anna)]);
  await offer(anna, 'data.bin', bytes);
  await stands(mei, 'data.bin', 'offered');
  assert.match(await row(mei, 'data.bin').innerText(), /20 MiB · from Anna/);
  assert.match(await row(anna, 'data.bin').innerText(), /to Lin Mei/);
  const atStart = await Promise.all([frames(anna), frames(mei)]);
  await act(mei, 'data.bin', 'accept-file');
  // Half way, pictures have gone on.
  const half = (person) => person.until(() => [...window.progressSeen].some((at) => at >= 50));
  await Promise.all([half(anna), half(mei)]);
  const halfWay = await Promise.all([frames(anna), frames(mei)]);
  await Promise.all([stands(anna, 'data.bin', 'received'), stands(mei, 'data.bin', 'received')]);
  const atEnd = await Promise.all([frames(anna), frames(mei)]);
  for (const side of [0, 1]) {
    assert.ok(halfWay[side] > atStart[side], `frames at the start and half way: ${[atStart, halfWay]}`);
    assert.ok(atEnd[side] > halfWay[side], `frames half way and at the end: ${[halfWay, atEnd]}`);
  }
  for (const person of [anna, mei]) {
    const seen = await progressSeen(person);
    assert.ok(seen.length >= 3, `${person.name} saw ${seen}`);
  }
  const most = await anna.page.evaluate(() => window.mostBuffered);
  assert.ok(most > 0 && most <= MIB, `${most} bytes waited in the channel`);
  const saved = await save(mei, 'data.bin');
  assert.equal(saved.name, 'data.bin');
  assert.equal(sha256(saved.bytes), sha256(bytes));
  await act(mei, 'data.bin', 'dismiss-file');
  await row(mei, 'data.bin').waitFor({ state: 'detached', timeout: PATIENCE });
  await goodbye(anna, mei);
});

/**
 * Notes how many bytes of files come by each reliable channel of that page, and closes all of its connections
 * in the midst of one, as soon as the first channel has brought so many.
 */
const closeInTheMidst = (person, bytes) => person.page.evaluate((bytes) => {
  window.bytesCame = [];
  const count = (channel) => {
    const place = window.bytesCame.push(0) - 1;
    channel.addEventListener('message', ({ data }) => {
      if (!(data instanceof ArrayBuffer)) return;
      window.bytesCame[place] += data.byteLength - 4;
      if (place > 0 || window.bytesCame[0] < bytes) return;
      for (const connection of window.connectionsOfPage) connection.close();
    });
  };
  window.channelsOfPage.filter(({ label, readyState }) => label === 'reliable' && readyState === 'open').forEach(count);
  const create = RTCPeerConnection.prototype.createDataChannel;
  RTCPeerConnection.prototype.createDataChannel = function (...options) {
    const channel = create.apply(this, options);
    if (channel.label === 'reliable') count(channel);
    return channel;
  };
}, bytes);

test('a file whose connection is closed half way goes on over the next one, from where it was', async () => {
  const [ivy, sam] = await room('Ivy', 'Sam');
  const bytes = randomBytes(20 * MIB);
  await closeInTheMidst(sam, 6 * MIB);
  await offer(ivy, 'long.bin', bytes);
  await stands(sam, 'long.bin', 'offered');
  await act(sam, 'long.bin', 'accept-file');
  await Promise.all([stands(ivy, 'long.bin', 'received'), stands(sam, 'long.bin', 'received')]);
  const came = await sam.page.evaluate(() => window.bytesCame);
  assert.equal(came.length, 2, `one connection in place of the other: ${came}`);
  assert.ok(came[0] >= 6 * MIB && came[0] < bytes.length, `it was cut in the midst: ${came}`);
  assert.equal(came[0] + came[1], bytes.length, `no byte came twice: ${came}`);
  const saved = await save(sam, 'long.bin');
  assert.equal(sha256(saved.bytes), sha256(bytes));
  await settled(ivy, sam);
  await goodbye(ivy, sam);
});

test('an offer is refused, and either side stops a file on its way', async () => {
  const [david, wei] = await room('David', 'Zhou Wei');
  await offer(david, 'no.txt', Buffer.from('unwanted'));
  await stands(wei, 'no.txt', 'offered');
  await act(wei, 'no.txt', 'refuse-file');
  await Promise.all([stands(david, 'no.txt', 'refused'), stands(wei, 'no.txt', 'refused')]);
  assert.match(await row(david, 'no.txt').innerText(), /Zhou Wei did not take it/);

  for (const [name, stopper, other] of [['sender.bin', david, wei], ['receiver.bin', wei, david]]) {
    await offerMade(david, name, 60 * MIB);
    await stands(wei, name, 'offered');
    await act(wei, name, 'accept-file');
    await wei.until((name) => document.querySelector(`[data-file="${name}"] progress`)?.value > 1, name);
    await act(stopper, name, 'cancel-file');
    await Promise.all([stands(david, name, 'cancelled'), stands(wei, name, 'cancelled')]);
    assert.match(await row(stopper, name).innerText(), /You stopped it/);
    assert.match(await row(other, name).innerText(), new RegExp(`${stopper.name} stopped it`));
    assert.equal(await row(wei, name).locator('[data-action="save-file"]').count(), 0);
  }

  // An empty file is a file.
  await offer(wei, 'empty.txt', Buffer.alloc(0));
  await stands(david, 'empty.txt', 'offered');
  await act(david, 'empty.txt', 'accept-file');
  await Promise.all([stands(david, 'empty.txt', 'received'), stands(wei, 'empty.txt', 'received')]);
  assert.equal((await save(david, 'empty.txt')).bytes.length, 0);
  await goodbye(david, wei);
});

test('names are cleaned, lies are broken off, and an offer is noticed beside the chat', async () => {
  const [nora, liar] = await room('Nora', 'Mallory');
  await nora.page.locator('[data-action="people"]').click();
  const say = (...messages) => liar.page.evaluate((messages) => {
    const channel = window.channelsOfPage.find(({ label, readyState }) => label === 'reliable' && readyState === 'open');
    for (const message of messages) {
      if (typeof message === 'string') channel.send(message);
      else if (message.chunk === undefined) channel.send(JSON.stringify(message));
      else {
        const frame = new Uint8Array(4 + message.chunk);
        new DataView(frame.buffer).setUint32(0, message.file);
        channel.send(frame);
      }
    }
  }, messages);
  await say({ type: 'offer_file', file: 1, name: '..\\evil\u202egnp.exe', size: 10 });
  await stands(nora, 'evilgnp.exe', 'offered');
  assert.equal(await row(nora, 'evilgnp.exe').locator('.files-name').textContent(), 'evilgnp.exe');
  await nora.page.locator('[data-file-notice]', { hasText: 'Mallory offers you a file: evilgnp.exe' }).waitFor();
  assert.match(await nora.page.locator('#room-tab-chat').innerText(), /1/);
  await nora.page.locator('[data-file-notice] button').click();
  // What was not accepted is dropped, and so is what is no message at all.
  await say('nonsense', '{"type":"dance"}', { file: 1, chunk: 10 }, { file: 9, chunk: 10 }, { file: 1, chunk: 60_000 });
  await act(nora, 'evilgnp.exe', 'accept-file');
  await stands(nora, 'evilgnp.exe', 'moving');
  await say({ file: 1, chunk: 11 });
  await stands(nora, 'evilgnp.exe', 'failed');
  assert.match(await row(nora, 'evilgnp.exe').innerText(), /does not fit/);

  await say({ type: 'offer_file', file: 2, name: 'wrong.bin', size: 10 });
  await stands(nora, 'wrong.bin', 'offered');
  await act(nora, 'wrong.bin', 'accept-file');
  await say({ file: 2, chunk: 10 }, { type: 'end_file', file: 2, sha256: '0'.repeat(64) });
  await stands(nora, 'wrong.bin', 'failed');
  assert.match(await row(nora, 'wrong.bin').innerText(), /Damaged/);
  assert.equal(await nora.page.locator('[data-action="save-file"]').count(), 0);
  await goodbye(nora, liar);
});

test('a file for everyone is taken by one and refused by another; one for one reaches only that one', async () => {
  const [olga, ben, cleo] = await room('Olga', 'Ben', 'Cleo');
  await offer(olga, 'all.txt', Buffer.from('for all'));
  await Promise.all([stands(ben, 'all.txt', 'offered'), stands(cleo, 'all.txt', 'offered')]);
  await act(ben, 'all.txt', 'accept-file');
  await act(cleo, 'all.txt', 'refuse-file');
  await Promise.all([stands(olga, 'all.txt', 'received'), stands(olga, 'all.txt', 'refused')]);
  assert.equal((await save(ben, 'all.txt')).bytes.toString(), 'for all');

  await olga.page.locator('[data-file-to]').selectOption({ label: 'Cleo' });
  await offer(olga, 'one.txt', Buffer.from('for one'));
  await stands(cleo, 'one.txt', 'offered');
  assert.equal(await row(olga, 'one.txt').count(), 1);
  assert.equal(await row(ben, 'one.txt').count(), 0);

  // Dropped on the chat.
  await olga.page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped'], 'dropped.txt'));
    const options = { dataTransfer: data, bubbles: true, cancelable: true };
    const target = document.querySelector('[data-chat] .room-said');
    for (const kind of ['dragover', 'drop']) target.dispatchEvent(new DragEvent(kind, options));
  });
  await stands(cleo, 'dropped.txt', 'offered');

  // Who is gone takes nothing.
  await cleo.page.locator('[data-action="leave"]').click();
  await stands(olga, 'dropped.txt', 'failed');
  await ben.page.locator('[data-action="leave"]').click();
  await ben.page.locator('[data-phase="over"]').waitFor({ timeout: PATIENCE });
  // What was received can still be saved after the room.
  const [download] = await Promise.all([
    ben.page.waitForEvent('download'),
    ben.page.locator('[data-phase="over"] [data-action="save-file"]').click(),
  ]);
  assert.equal(download.suggestedFilename(), 'all.txt');
  await goodbye(olga, ben, cleo);
});

test('a page hears how loud the other one is, and nothing while it is muted', async () => {
  const [paul, rosa] = await room('Paul', 'Rosa');
  // What the pages say to each other, seen from the outside.
  await paul.page.evaluate(() => {
    window.states = [];
    for (const channel of window.channelsOfPage) {
      if (channel.label === 'state') channel.addEventListener('message', ({ data }) => window.states.push(JSON.parse(data)));
    }
  });
  await paul.until(() => window.states.some(({ level }) => level > 0));
  await rosa.page.locator('[data-action="microphone"]').click();
  await paul.until(() => {
    const last = window.states.at(-1);
    return last.level === 0 && !last.media.microphone;
  });
  await paul.page.locator(`${OTHERS} [data-muted]`).waitFor({ state: 'attached', timeout: PATIENCE });
  const counts = await paul.page.evaluate(() => window.states.map(({ count }) => count));
  assert.deepEqual(counts, [...counts].sort((one, other) => one - other), 'it counts up');
  await goodbye(paul, rosa);
});
