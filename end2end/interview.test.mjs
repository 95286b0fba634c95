// Two people, from sign-up to the last word; then three, all six directions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { enter, goodbye, invite, meet, settled } from './support/meeting.mjs';
import {
  OTHERS, PATIENCE, book, connected, enterAsGuest, giveName, join, live, reads, signUp, write,
} from './support/people.mjs';
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

const minute = 60_000;
/** The first full minute that lies at least `ahead` milliseconds from now. */
const fullMinute = (ahead) => new Date(Math.ceil((Date.now() + ahead) / minute) * minute);

test('an interview between two people, from sign-up to the last word', async () => {
  const anna = await newPerson(browser, { name: 'Anna', timezone: 'Europe/Paris' });
  const mei = await newPerson(browser, { name: 'Lin Mei', timezone: 'Asia/Shanghai' });
  await signUp(anna, server.url, 'anna', 'Anna K.');

  // Doors open ten minutes early: this one opens within the next minute.
  const startsAt = fullMinute(10 * minute + 4_000);
  const { number, guestLink } = await book(anna, server.url, {
    title: 'Backend engineer, round 2', startsAt, zone: 'Europe/Paris',
  });

  await mei.page.goto(guestLink);
  assert.equal(await mei.page.locator('[data-refusal="too_early"]').count(), 1, 'the page of too early');
  // It opens by itself, on the server's clock.
  await mei.page.locator('form[action="/api/join_as_guest"]').waitFor({ timeout: 2 * PATIENCE });
  await giveName(mei.page, 'Lin Mei');

  await enter(anna, server.url, number);
  await join(anna);
  await join(mei);
  await settled(anna, mei);

  await write(anna.page, 'Welcome, <b>Lin Mei</b>');
  await reads(mei.page, 'Welcome, <b>Lin Mei</b>');
  await write(mei.page, 'See https://example.org/a?b=1');
  await reads(anna.page, 'See https://example.org/a?b=1');
  const link = anna.page.locator('[data-message] a[href="https://example.org/a?b=1"]');
  assert.match(await link.getAttribute('rel'), /noopener/);

  await anna.page.locator('[data-action="microphone"]').click();
  await mei.page.locator(`${OTHERS} [data-muted]`).waitFor({ state: 'attached', timeout: PATIENCE });

  const seat = await mei.page.locator('[data-me]').getAttribute('data-peer');
  await mei.page.reload();
  await live(mei.page);
  assert.equal(await mei.page.locator('[data-me]').getAttribute('data-peer'), seat, 'the same peer id');
  await settled(anna, mei);

  await anna.page.locator('[data-action="end"]').click();
  await anna.page.locator('dialog[open] [data-action="confirm-end"]').click();
  for (const person of [anna, mei]) {
    const over = person.page.locator('[data-phase="over"][data-why="ended"]');
    await over.waitFor({ timeout: PATIENCE });
    assert.match(await over.innerText(), /Anna K\./, 'says who ended it');
  }
  mei.expectProblem(/410/);
  await mei.page.goto(new URL(`/join/${number}`, guestLink).href);
  assert.equal(await mei.page.locator('[data-refusal="over"]').count(), 1);
  mei.expectProblem(/403/);
  await goodbye(anna, mei);
});

test('three people see and hear each other in all six directions, and one leaves', async () => {
  const host = await newPerson(browser, { name: 'David R.' });
  const guests = [];
  for (const name of ['Lin Mei', 'Zhou Wei']) guests.push(await newPerson(browser, { name }));
  const everyone = [host, ...guests];
  await meet(server.url, host, guests);
  await settled(...everyone);

  await guests[0].page.locator('[data-action="leave"]').click();
  await guests[0].page.locator('[data-phase="over"]').waitFor({ timeout: PATIENCE });
  await Promise.all([host, guests[1]].map(({ page }) => connected(page, 1)));
  assert.equal(await host.page.locator('[data-peer]').count(), 2, 'no ghost tile');
  await goodbye(...everyone);
});

test('somebody without a camera is heard, and somebody without anything still writes', async () => {
  const host = await newPerson(browser, { name: 'Ren' });
  const { number, guestLink } = await invite(host, server.url);
  const speaker = await newPerson(browser, { name: 'Speaker', permissions: ['microphone'] });
  const writer = await newPerson(browser, { name: 'Writer', permissions: [] });
  for (const [guest, name] of [[speaker, 'Mei'], [writer, 'Wei']]) await enterAsGuest(guest, guestLink, name);
  await writer.page.locator('.media-notice').first().waitFor({ timeout: PATIENCE });
  await enter(host, server.url, number);
  for (const person of [host, speaker, writer]) await join(person);
  await Promise.all([host, speaker, writer].map(({ page }) => connected(page, 2)));
  const tile = '[aria-label="Mei"][data-peer]';
  await host.page.waitForFunction((tile) => {
    const sound = document.querySelector(`${tile} audio`);
    return sound && !sound.paused && sound.currentTime > 0.5;
  }, tile, { timeout: PATIENCE });
  await write(writer.page, 'I can only write');
  await reads(host.page, 'I can only write');
  await goodbye(host, speaker, writer);
});

test('a short loss of the network heals without a click', async () => {
  const host = await newPerson(browser, { name: 'Priya N.' });
  const guest = await newPerson(browser, { name: 'Tom B.' });
  await meet(server.url, host, [guest]);

  await server.restart();
  for (const { page } of [host, guest]) await live(page);
  await settled(host, guest);
  await write(guest.page, 'Still here');
  await reads(host.page, 'Still here');
  for (const person of [host, guest]) person.expectProblem(/WebSocket connection|ERR_CONNECTION_REFUSED/);
  await goodbye(host, guest);
});
