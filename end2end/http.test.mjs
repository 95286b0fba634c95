// A room where no WebSocket can be had: everything works over plain HTTP, and WebSockets are used again
// once they work.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { meet, settled } from './support/meeting.mjs';
import { PATIENCE, live, reads, write } from './support/people.mjs';
import { Proxy } from './support/proxy.mjs';
import { Server } from './support/server.mjs';
import { comesTo, noteConnections, sameConnections, state, transport, unread } from './support/state.mjs';

const BLOCKED = /WebSocket connection|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_NETWORK|403|404|502/;

let server;
let browser;
let proxy;
let people = [];

before(async () => {
  server = await Server.start();
  browser = await launchBrowser();
});

afterEach(async () => {
  for (const person of people) await person.close();
  people = [];
  await proxy?.close();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Host and guest in a room, both by a road that does this to WebSockets. */
async function meeting(title, sockets) {
  proxy = await Proxy.start(server.url);
  proxy.sockets = sockets;
  const host = await newPerson(browser, { name: 'Priya N.' });
  const guest = await newPerson(browser, { name: 'Tom B.' });
  people.push(host, guest);
  for (const person of people) person.expectProblem(BLOCKED);
  await meet(proxy.url, host, [guest], { title });
  await settled(host, guest);
  return { host, guest };
}

async function talk(host, guest, word) {
  await write(host.page, `${word} from the host`);
  await reads(guest.page, `${word} from the host`);
  await write(guest.page, `${word} from the guest`);
  await reads(host.page, `${word} from the guest`);
}

/** In order, whatever the requests do. */
async function talkFast(from, to) {
  const words = ['one', 'two', 'three', 'four', 'five'].map((word) => `fast ${word}`);
  for (const word of words) await write(from.page, word);
  await reads(to.page, words.at(-1));
  const read = (await state(to.page)).chat.filter((text) => text.startsWith('fast'));
  assert.deepEqual(read, words);
}

test('where WebSockets are refused, a room works over plain HTTP, and returns to WebSockets', async () => {
  const { host, guest } = await meeting('Refused', 'refuse');
  for (const { page } of [host, guest]) {
    await transport(page, 'http');
    assert.match(await page.locator('.room-notices').innerText(), /plain HTTP/);
  }
  assert.equal(proxy.passed, 0, 'no WebSocket got through');
  assert.ok(proxy.paths.some((path) => path.endsWith('/wait')));
  await talk(host, guest, 'Hello');
  await talkFast(guest, host);

  // Loaded again, the page remembers the way.
  await guest.page.locator('[data-action="people"]').click();
  const before = await state(guest.page);
  await guest.page.reload();
  await live(guest.page);
  await transport(guest.page, 'http');
  await settled(host, guest);
  await comesTo(guest.page, before);
  await unread(guest.page, 0);
  await guest.page.locator('[data-action="chat"]').click();
  await talk(host, guest, 'Again');
  assert.equal(proxy.passed, 0);

  // A short loss of everything, the line included.
  for (const { page } of [host, guest]) await noteConnections(page);
  await proxy.cut();
  await proxy.mend();
  for (const { page } of [host, guest]) await live(page);
  await talk(host, guest, 'Still');
  for (const { page } of [host, guest]) await sameConnections(page);

  proxy.sockets = 'pass';
  for (const { page } of [host, guest]) {
    await transport(page, 'web_socket');
    await live(page);
  }
  assert.ok(proxy.passed >= 2);
  await talk(host, guest, 'Faster');
  for (const { page } of [host, guest]) await sameConnections(page);
  await settled(host, guest);
  for (const person of [host, guest]) person.assertClean();
});

test('where WebSockets hang, a room works over plain HTTP, and whoever leaves is gone at once', async () => {
  const { host, guest } = await meeting('Hanging', 'swallow');
  for (const { page } of [host, guest]) await transport(page, 'http');
  await talk(host, guest, 'Hello');
  await guest.page.locator('[data-action="leave"]').click();
  await guest.page.locator('[data-why="left"]').waitFor({ timeout: PATIENCE });
  await host.page.waitForFunction(() => document.querySelectorAll('[data-peer]').length === 1);
  await host.page.locator('[data-action="end"]').click();
  await host.page.locator('dialog[open] [data-action="confirm-end"]').click();
  await host.page.locator('[data-phase="over"][data-why="ended"]').waitFor({ timeout: PATIENCE });
  assert.equal(proxy.passed, 0);
  for (const person of [host, guest]) person.assertClean();
});
