// Twenty people are seated, the twenty-first gets the page that says so.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';

import WebSocket from 'ws';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { PATIENCE, book, connected, enterAsGuest, join, lobby, signUp } from './support/people.mjs';
import { Server } from './support/server.mjs';

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

/** Joins the room as a guest without media, over the protocol alone. */
async function protocolGuest(link, number, name) {
  const key = new URL(link).searchParams.get('key');
  const answer = await fetch(`${server.url}/api/join_as_guest`, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html' },
    body: new URLSearchParams({ number, key, name }),
  });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws/${number}`, { headers: { cookie } });
  const peer = await new Promise((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({
      type: 'join', version: 3, page: randomUUID(), media: { microphone: false, camera: false, screen: false },
    })));
    socket.on('message', (text) => {
      const message = JSON.parse(text);
      if (message.type === 'welcome') resolve(message.you.peer);
    });
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`${name} was closed with ${code}`)));
  });
  return { socket, peer };
}

test('twenty are seated, the twenty-first is told that it is full', async () => {
  const host = await newPerson(browser, { name: 'Anna' });
  await signUp(host, server.url, 'anna', 'Anna K.');
  const { number, guestLink } = await book(host, server.url, { title: 'Full house', startsAt: new Date(), seats: 20 });
  const guest = await newPerson(browser, { name: 'Mei' });
  await enterAsGuest(guest, guestLink, 'Lin Mei');
  await host.page.goto(`${server.url}/join/${number}`);
  await lobby(host.page);
  await join(host);
  await join(guest);
  const sockets = [];
  for (let place = 3; place <= 20; place += 1) {
    sockets.push(await protocolGuest(guestLink, number, `Guest ${place}`));
  }
  for (const { page } of [host, guest]) {
    await page.waitForFunction(() => document.querySelectorAll('[data-peer]').length === 20, null, { timeout: PATIENCE });
  }
  await page21(guestLink);
  // Somebody leaves, and there is room again.
  const last = sockets.pop();
  last.socket.removeAllListeners('close');
  last.socket.send(JSON.stringify({ type: 'leave' }));
  for (const { page } of [host, guest]) {
    await page.locator(`[data-peer="${last.peer}"]`).waitFor({ state: 'detached', timeout: 2 * PATIENCE });
  }
  await connected(host.page, 1);
  for (const { socket } of sockets) {
    socket.removeAllListeners('close');
    socket.close();
  }
  host.assertClean();
  await host.close();
  guest.assertClean();
  await guest.close();
});

async function page21(link) {
  const late = await newPerson(browser, { name: 'Late' });
  const answer = await late.page.goto(link);
  assert.equal(answer.status(), 409);
  await late.page.locator('[data-refusal="full"]').waitFor({ timeout: PATIENCE });
  late.expectProblem(/409/);
  late.assertClean();
  await late.close();
}
