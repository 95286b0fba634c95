// A machine that sleeps: its clock jumps, and what was open is dead when it wakes.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { launchBrowser, newPerson, putToSleep } from './support/browser.mjs';
import { goodbye, meet, settled } from './support/meeting.mjs';
import { OTHERS, PATIENCE, reads, write } from './support/people.mjs';
import { Proxy } from './support/proxy.mjs';
import { Server } from './support/server.mjs';
import { comesTo, state, unread } from './support/state.mjs';

/** A seat is kept a minute after the server has missed whoever sat there. */
const SEAT_GONE_MS = 3 * PATIENCE;

let server;
let browser;
/** The guest's own browser: it is a whole machine that sleeps. */
let laptop;
let proxy;

before(async () => {
  server = await Server.start();
  browser = await launchBrowser();
});

afterEach(async () => {
  await laptop?.close();
  await proxy?.close();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** The devices that a page sends from, track by track. */
const devices = (page) => page.evaluate(() => {
  const working = window.connectionsOfPage.filter(({ connectionState }) => connectionState === 'connected');
  const tracks = working.flatMap((connection) => connection.getSenders()).map(({ track }) => track);
  return tracks.filter((track) => track?.readyState === 'live')
    .map(({ id, kind, label, enabled }) => ({ id, kind, label, enabled }));
});

/** The guest's machine sleeps until `noticed`, given the host's page, and wakes in a network that forgot it. */
async function sleepUntil(noticed) {
  laptop = await launchBrowser();
  proxy = await Proxy.start(server.url);
  const host = await newPerson(browser, { name: 'Priya N.' });
  const guest = await newPerson(laptop, { name: 'Tom B.' });
  await meet(server.url, host, [guest], { road: proxy.url });
  await settled(host, guest);
  await guest.page.locator('[data-action="people"]').click();
  const [before, hostBefore] = [await state(guest.page), await state(host.page)];
  const sentFrom = await devices(guest.page);
  assert.deepEqual(sentFrom.map(({ kind }) => kind), ['audio', 'video']);

  proxy.hush();
  const wake = await putToSleep(laptop);
  try {
    await noticed(host.page);
    await write(host.page, 'While you slept');
    await reads(host.page, 'While you slept');
  } finally {
    wake();
  }
  const chat = ['While you slept'];
  await comesTo(guest.page, { ...before, chat });
  await settled(host, guest);
  await comesTo(host.page, { ...hostBefore, chat });
  await unread(guest.page, 1);
  assert.deepEqual(await devices(guest.page), sentFrom, 'the same camera and microphone, never opened anew');
  await goodbye(host, guest);
}

test('a machine that slept is back in its seat, with its devices, as it was', () => (
  sleepUntil((page) => page.locator(`${OTHERS}[data-link="away"]`).waitFor({ timeout: PATIENCE }))));

test('a machine that slept until its seat was given up is back in the same seat', () => (
  sleepUntil((page) => page.locator(OTHERS).waitFor({ state: 'detached', timeout: SEAT_GONE_MS }))));
