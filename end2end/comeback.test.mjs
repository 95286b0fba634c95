// Whatever comes between a person and the room, they are back without a click, and as they were.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { enter, meet, settled } from './support/meeting.mjs';
import { PATIENCE, connected, live, reads, write } from './support/people.mjs';
import { Proxy } from './support/proxy.mjs';
import { Server } from './support/server.mjs';
import { comesTo, decodesMore, noteConnections, phase, sameConnections, state, transport, unread } from './support/state.mjs';

/** What a browser says of a server or a network that is away. */
const AWAY = /WebSocket connection|ERR_CONNECTION|ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_EMPTY_RESPONSE|502|Failed to load resource/;

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
  proxy = undefined;
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Host and guest in a room, seeing each other; the guest by a road that can be cut. */
async function meeting(title) {
  proxy = await Proxy.start(server.url);
  const host = await newPerson(browser, { name: 'Priya N.' });
  const guest = await newPerson(browser, { name: 'Tom B.' });
  people.push(host, guest);
  const { number } = await meet(server.url, host, [guest], { title, road: proxy.url });
  await settled(host, guest);
  return { host, guest, number };
}

/** They see each other; a microphone that was off when the page was loaded is not even opened. */
async function seeEachOther(...those) {
  await Promise.all(those.map(({ page }) => connected(page, 1)));
  await Promise.all(those.map(({ page }) => decodesMore(page, 10)));
}

/** The guest mutes, looks at the people and has something written. */
async function makeThemselvesAtHome({ page }) {
  await page.locator('[data-chat] textarea').fill('half a sentence');
  await page.locator('[data-action="microphone"]').click();
  await page.locator('[data-action="people"]').click();
}

function clean(...those) {
  for (const person of those) person.assertClean();
}

test('a page that is loaded again comes back as it was, and what it missed is unread', async () => {
  const { host, guest } = await meeting('Refresh');
  await write(host.page, 'Before');
  await reads(guest.page, 'Before');
  await makeThemselvesAtHome(guest);
  const before = await state(guest.page);
  assert.equal(before.tab, 'room-tab-people');
  assert.equal(before.microphone, 'Unmute');
  await unread(guest.page, 0);
  // While its page is away, the guest hears nothing.
  await guest.page.goto('about:blank');
  await host.page.locator('[data-link="away"], [data-link="reconnecting"]').first().waitFor({ timeout: PATIENCE });
  await write(host.page, 'While you were away');
  await guest.page.goBack();
  await live(guest.page);
  await seeEachOther(host, guest);
  await comesTo(guest.page, { ...before, chat: ['Before', 'While you were away'] });
  await unread(guest.page, 1);
  await guest.page.locator('[data-action="chat"]').click();
  await unread(guest.page, 0);
  await guest.page.reload();
  await live(guest.page);
  await unread(guest.page, 0);
  await comesTo(guest.page, { ...before, tab: 'room-tab-chat', chat: ['Before', 'While you were away'] });
  // Switched on again, and the side panel put away: that is kept as well.
  await guest.page.locator('[data-action="microphone"]').click();
  await guest.page.locator('[data-action="camera"]').click();
  await guest.page.locator('[data-action="chat"]').click();
  const later = await state(guest.page);
  assert.equal(later.side, 'closed');
  await guest.page.reload();
  await live(guest.page);
  await comesTo(guest.page, later);
  clean(host, guest);
});

test('only the way to the server is cut: media flows on over the same connections', async () => {
  const { host, guest } = await meeting('Cut');
  await makeThemselvesAtHome(guest);
  const before = await state(guest.page);
  for (const { page } of [host, guest]) await noteConnections(page);
  guest.expectProblem(AWAY);
  await proxy.cut();
  await phase(guest.page, 'reconnecting');
  await guest.page.locator('[data-trouble]').waitFor({ timeout: PATIENCE });
  // Some ten seconds of pictures in both directions.
  await Promise.all([host, guest].map(({ page }) => decodesMore(page, 100)));
  assert.equal(await guest.page.locator('[data-phase="reconnecting"]').count(), 1);
  await write(host.page, 'While you were away');
  await proxy.mend();
  await live(guest.page);
  await comesTo(guest.page, { ...before, chat: ['While you were away'] });
  await unread(guest.page, 1);
  await Promise.all([host, guest].map(({ page }) => sameConnections(page)));
  await settled(host, guest);
  clean(host, guest);
});

test('a browser without a network for a while comes back when it has one', async () => {
  const { host, guest } = await meeting('Offline');
  const before = await state(guest.page);
  for (const { page } of [host, guest]) await noteConnections(page);
  guest.expectProblem(AWAY);
  await guest.context.setOffline(true);
  // Emulation leaves open sockets alone; a network that is gone does not.
  proxy.drop();
  await phase(guest.page, 'reconnecting');
  await guest.page.locator('[data-trouble="no_network"]').waitFor({ timeout: PATIENCE });
  await Promise.all([host, guest].map(({ page }) => decodesMore(page, 100)));
  await guest.context.setOffline(false);
  await live(guest.page);
  await comesTo(guest.page, before);
  await Promise.all([host, guest].map(({ page }) => sameConnections(page)));
  await transport(guest.page, 'web_socket');
  await write(guest.page, 'Back');
  await reads(host.page, 'Back');
  clean(host, guest);
});

test('a killed server is waited for, and everybody is as before', async () => {
  const { host, guest } = await meeting('Killed');
  await write(host.page, 'Before');
  await reads(guest.page, 'Before');
  await makeThemselvesAtHome(guest);
  const states = await Promise.all([host, guest].map(({ page }) => state(page)));
  for (const person of [host, guest]) {
    await noteConnections(person.page);
    person.expectProblem(AWAY);
  }
  await server.kill9();
  for (const { page } of [host, guest]) await phase(page, 'reconnecting');
  await host.page.locator('[data-trouble="no_answer"]').waitFor({ timeout: PATIENCE });
  await Promise.all([host, guest].map(({ page }) => decodesMore(page, 50)));
  await server.startAgain();
  await Promise.all([host, guest].map(({ page }) => live(page)));
  await Promise.all([host, guest].map(({ page }, place) => comesTo(page, states[place])));
  await Promise.all([host, guest].map(({ page }) => sameConnections(page)));
  await settled(host, guest);
  await Promise.all([host, guest].map(({ page }) => transport(page, 'web_socket')));
  clean(host, guest);
});

test('a second tab takes over, with devices of its own, and the first takes back', async () => {
  const { host, guest, number } = await meeting('Tabs');
  const first = guest.page;
  const { seat } = await state(first);
  const devicesRun = (page) => page.evaluate(() => window.connectionsOfPage
    .flatMap((connection) => connection.getSenders())
    .filter((sender) => sender.track?.readyState === 'live').length);
  assert.ok(await devicesRun(first) >= 2);
  const second = await guest.context.newPage();
  await enter({ page: second }, proxy.url, number);
  await second.locator('.lobby-way-in button').click();
  const takesOver = async (newer, older) => {
    await live(newer);
    await older.locator('[data-why="replaced"]').waitFor({ timeout: PATIENCE });
    assert.equal(await devicesRun(older), 0, 'camera and microphone of the older tab are off');
    assert.equal(await older.evaluate(() => window.connectionsOfPage
      .every(({ connectionState }) => connectionState === 'closed')), true);
    await settled(host, { page: newer });
    assert.equal((await state(newer)).seat, seat);
    assert.equal(await host.page.locator('[data-peer]').count(), 2, 'no ghost tile');
  };
  await takesOver(second, first);
  await first.locator('.room-over-actions button').click();
  await takesOver(first, second);
  await second.locator('.room-over-actions button').click();
  await takesOver(second, first);
  // A page that stepped back stays so when it is shown again.
  await first.bringToFront();
  assert.equal(await first.locator('[data-why="replaced"]').count(), 1);
  await phase(second, 'live');
  clean(host, guest);
});

test('one loads again while the server restarts: both are there, and what was written is unread', async () => {
  const { host, guest, number } = await meeting('Both at once');
  await makeThemselvesAtHome(guest);
  const before = await state(guest.page);
  for (const person of [host, guest]) person.expectProblem(AWAY);
  await server.kill9();
  // It may find nothing in the server's place, which a browser shows as a failed page.
  const pressed = guest.page.reload().catch(() => {});
  await Promise.all([pressed, server.startAgain()]);
  await live(host.page);
  await write(host.page, 'While you were away');
  await reads(host.page, 'While you were away');
  // The road had nothing to show in the server's place: people load it again.
  await guest.page.goto(`${proxy.url}/room/${number}`);
  await live(guest.page);
  await seeEachOther(host, guest);
  await comesTo(guest.page, { ...before, chat: ['While you were away'] });
  await unread(guest.page, 1);
  clean(host, guest);
});
