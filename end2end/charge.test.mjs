// Somebody in charge: waiting and admitting, roles, muting, the lock, more time, removing, hands, a
// stand-in, and the room by keyboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { enter, goodbye, meet } from './support/meeting.mjs';
import { PATIENCE, connected, enterAsGuest, join, live, mediaFlows } from './support/people.mjs';
import { Server } from './support/server.mjs';

/** Who waits by the setting of a booking: nobody, or guests. */
const NOBODY = 1;
const GUESTS = 2;
/** A seat is kept that long before somebody stands in; twice that is enough on a slow machine. */
const STAND_IN_MS = 120_000;

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

/** A host in their room, with everything that sounds counted. */
async function hostOf(name, options) {
  const host = await newPerson(browser, { name: `${name} K.` });
  await host.context.addInitScript(() => {
    window.notesPlayed = 0;
    const { prototype } = AudioScheduledSourceNode;
    const { start } = prototype;
    prototype.start = function count(...when) {
      window.notesPlayed += 1;
      return start.apply(this, when);
    };
  });
  const { number, guestLink } = await meet(server.url, host, [], options);
  return { host, number, guestLink };
}

async function guestWaits(link, name) {
  const guest = await newPerson(browser, { name });
  await enterAsGuest(guest, link, name);
  await guest.page.locator('.lobby-way-in button').click();
  await waits(guest);
  return guest;
}

async function guestEnters(link, name) {
  const guest = await newPerson(browser, { name });
  await enterAsGuest(guest, link, name);
  await join(guest);
  return guest;
}

const sees = (person, selector, options) => person.page.locator(selector, options).first().waitFor({ timeout: PATIENCE });
const gone = (person, selector) => person.page.locator(selector).first().waitFor({ state: 'hidden', timeout: PATIENCE });
const waits = (person) => sees(person, 'main[data-phase="waiting"]');
const seatOf = (person) => person.page.locator('[data-me]').getAttribute('data-peer');

/** Brings the list of people to the front. */
async function lookAtPeople({ page }) {
  const control = page.locator('[data-action="people"]');
  if (await control.getAttribute('aria-pressed') !== 'true') await control.click();
}

/** Opens the menu of a person, or of somebody who waits, and presses one of its lines. */
async function act({ page }, row, action) {
  await page.locator(`${row} [data-action$="-menu"]`).click();
  await page.locator(`${row} [data-action="${action}"]`).click();
}

test('guests wait: one is written to and admitted, one is refused, asks again, and all are admitted', async () => {
  const { host, guestLink } = await hostOf('Anna', { waiting: GUESTS, seats: 6 });
  const mei = await guestWaits(guestLink, 'Lin Mei');
  await sees(mei, '[data-attended="true"]');
  assert.equal(await mei.page.locator('[data-peer]').count(), 0, 'nothing of the room is shown');

  await sees(host, '[data-arrivals] [role="status"]', { hasText: 'Lin Mei' });
  await host.until(() => window.notesPlayed > 0);
  await host.page.locator('[data-action="see-who"]').click();
  await act(host, '[data-caller]', 'write-to-caller');
  await host.page.locator('dialog[open] textarea').fill('Two minutes please');
  await host.page.locator('dialog[open] [data-action="confirm-text"]').click();
  await sees(mei, '[data-word]', { hasText: 'Two minutes please' });
  await sees(mei, '[data-word]', { hasText: 'Anna K.' });
  assert.equal(await host.page.locator('dialog[open]').count(), 0);

  await host.page.locator('[data-caller] [data-action="admit"]').click();
  await live(mei.page);
  await Promise.all([connected(host.page, 1), connected(mei.page, 1)]);
  await Promise.all([mediaFlows(host.page, 1), mediaFlows(mei.page, 1)]);
  await gone(host, '[data-caller]');

  const wei = await guestWaits(guestLink, 'Zhou Wei');
  await act(host, '[data-caller]', 'refuse');
  await host.page.locator('dialog[open] textarea').fill('Please give your full name');
  await host.page.locator('dialog[open] [data-action="confirm-text"]').click();
  await sees(wei, '[data-why="refused"]', { hasText: 'Please give your full name' });
  await sees(wei, '[data-why="refused"]', { hasText: 'Anna K.' });
  await wei.page.locator('[data-action="ask-again"]:enabled').click({ timeout: PATIENCE });
  await waits(wei);
  const ren = await guestWaits(guestLink, 'Ren');
  await sees(host, '[data-arrivals] [role="status"]', { hasText: '2' });
  await host.page.locator('[data-action="admit-all"]').click();
  await Promise.all([live(wei.page), live(ren.page)]);
  await connected(host.page, 3);
  await goodbye(host, mei, wei, ren);
});

/** When `selector` first matches, by the clock that all pages of this machine share. */
const appears = ({ page }, selector, there) => page.evaluate(([selector, there]) => new Promise((resolve) => {
  const look = () => {
    if ((document.querySelector(selector) !== null) !== there) return false;
    resolve(Date.now());
    return true;
  };
  if (!look()) {
    const observer = new MutationObserver(() => { if (look()) observer.disconnect(); });
    observer.observe(document, { subtree: true, childList: true });
  }
}), [selector, there]);

async function changeRole(host, person, tools) {
  const row = `[data-person="${await seatOf(person)}"]`;
  const appeared = appears(person, '[data-action="person-menu"]', tools);
  await host.page.locator(`${row} [data-action="person-menu"]`).click();
  const pressed = await host.page.locator(`${row} [data-action="change-role"]`).evaluate((button) => {
    button.click();
    return Date.now();
  });
  const took = await appeared - pressed;
  assert.ok(took < 1000, `the tools took ${took} ms`);
  return took;
}

test('whoever is in charge promotes, mutes, locks, prolongs and removes', async (t) => {
  const { host, guestLink } = await hostOf('David', { waiting: NOBODY, seats: 5 });
  const mei = await guestEnters(guestLink, 'Lin Mei');
  const wei = await guestEnters(guestLink, 'Zhou Wei');
  const everyone = [host, mei, wei];
  await Promise.all(everyone.map(({ page }) => connected(page, 2)));
  for (const person of everyone) await lookAtPeople(person);
  await mei.page.evaluate(() => { window.sameLoad = true; });

  t.diagnostic(`promoted: tools after ${await changeRole(host, mei, true)} ms`);
  await sees(mei, '[data-notice="role"]');
  assert.equal(await mei.page.locator('[data-action="end"]').count(), 0, 'not in charge');
  t.diagnostic(`demoted: tools gone after ${await changeRole(host, mei, false)} ms`);
  assert.equal(await mei.page.evaluate(() => window.sameLoad), true, 'it was never loaded again');

  const row = async (person) => `[data-person="${await seatOf(person)}"]`;
  await act(host, await row(mei), 'mute');
  await sees(mei, '[data-notice="muted"]', { hasText: 'David K.' });
  await mei.until(() => window.connectionsOfPage
    .flatMap((connection) => connection.getSenders())
    .every(({ track }) => track?.kind !== 'audio' || !track.enabled));
  await sees(wei, `${await row(mei)} [data-microphone="false"]`);
  await mei.page.locator('[data-action="unmute"]').click();
  await sees(wei, `${await row(mei)} [data-microphone="true"]`);

  await host.page.locator('[data-action="lock"]').click();
  await Promise.all(everyone.map((person) => sees(person, '[data-locked]')));
  const ren = await guestWaits(guestLink, 'Ren');
  await host.page.locator('[data-caller] [data-action="admit"]').click();
  await live(ren.page);
  await host.page.locator('[data-action="lock"]').click();
  await gone(wei, '[data-locked]');

  await host.page.locator('[data-action="extend"]').click();
  await host.page.locator('[data-action="extend-by"]').first().click();
  await Promise.all([...everyone, ren].map((person) => sees(person, '[data-notice="ends-at"]')));

  await act(host, await row(wei), 'remove');
  await host.page.locator('dialog[open] [data-action="confirm-remove"]').click();
  await sees(wei, '[data-why="removed"]');
  await Promise.all([host, mei].map(({ page }) => connected(page, 2)));
  wei.expectProblem(/403/);
  await wei.page.goto(guestLink);
  await sees(wei, '[data-refusal="not_invited"]');
  await goodbye(host, mei, wei, ren);
});

test('hands stand in order, reactions are seen, and the room works by keyboard', async () => {
  const { host, guestLink } = await hostOf('Priya', { waiting: NOBODY });
  const mei = await guestEnters(guestLink, 'Lin Mei');
  const wei = await guestEnters(guestLink, 'Zhou Wei');
  await Promise.all([host, mei, wei].map(({ page }) => connected(page, 2)));
  await lookAtPeople(host);

  await wei.page.keyboard.press('h');
  await sees(host, `[data-raised="${await seatOf(wei)}"]`);
  await mei.page.locator('[data-action="hand"]').click();
  await sees(host, `[data-raised="${await seatOf(mei)}"]`);
  const order = await host.page.locator('[data-raised]').evaluateAll((rows) => rows.map((row) => row.dataset.raised));
  assert.deepEqual(order, [await seatOf(wei), await seatOf(mei)]);
  await sees(host, `[data-peer="${await seatOf(mei)}"] [data-hand="2"]`);
  await host.page.locator('[data-raised] [data-action="lower-hand"]').first().click();
  await gone(wei, '[data-me] [data-hand]');
  await sees(host, `[data-peer="${await seatOf(mei)}"] [data-hand="1"]`);

  await mei.page.locator('[data-action="react"]').click();
  await mei.page.locator('[data-reaction="Applause"]').click();
  await sees(host, `[data-peer="${await seatOf(mei)}"] [data-shows="Applause"]`);
  await host.until(() => /Lin Mei.*Applause/.test(document.querySelector('[data-spoken]').textContent));
  await gone(host, '[data-shows]');

  const heard = (on) => mei.until((on) => {
    const off = document.querySelector('[data-action="microphone"]').classList.contains('room-control-off');
    return off !== on;
  }, on);
  const { keyboard } = mei.page;
  await heard(true);
  await keyboard.press('m');
  await heard(false);
  await keyboard.down(' ');
  await heard(true);
  await keyboard.up(' ');
  await heard(false);
  await keyboard.down(' ');
  await heard(true);
  await mei.page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await heard(false);
  await keyboard.up(' ');
  const field = mei.page.locator('[data-chat] textarea');
  await field.focus();
  await keyboard.type('m v h? m');
  assert.equal(await field.inputValue(), 'm v h? m');
  await heard(false);
  assert.equal(await mei.page.locator('dialog[open]').count(), 0);
  await field.blur();
  await keyboard.press('?');
  await sees(mei, 'dialog[open] .room-keys');
  await keyboard.press('m');
  await heard(false);
  await keyboard.press('Escape');
  await gone(mei, 'dialog[open]');
  await keyboard.press('m');
  await heard(true);
  await goodbye(host, mei, wei);
});

test('a co-interviewer stands in while the main interviewer is gone, and no longer', async () => {
  const { host, number, guestLink } = await hostOf('Tom', { waiting: NOBODY });
  const mei = await guestEnters(guestLink, 'Lin Mei');
  await Promise.all([connected(host.page, 1), connected(mei.page, 1)]);
  await lookAtPeople(host);
  await lookAtPeople(mei);
  await changeRole(host, mei, true);
  await host.page.close();
  await mei.page.locator('[data-notice="stands-in"]', { hasText: 'Tom K.' }).waitFor({ timeout: STAND_IN_MS });
  await sees(mei, '[data-action="end"]');
  await sees(mei, '[data-action="lock"]');
  host.page = await host.context.newPage();
  await enter(host, server.url, number);
  await join(host);
  await sees(mei, '[data-notice="stand-in-over"]', { hasText: 'Tom K.' });
  await gone(mei, '[data-action="end"]');
  await sees(host, '[data-action="end"]');
  await goodbye(host, mei);
});
