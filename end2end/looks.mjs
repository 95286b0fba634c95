// Takes a picture of every page, for people to look at: wide and narrow, light and dark, English and
// Chinese. Not a test. Run it by `node end2end/looks.mjs FOLDER` with COLLOQUY_BINARY and CHROMIUM set.
import { mkdir } from 'node:fs/promises';
import { join as path } from 'node:path';

import { launchBrowser, newPerson } from './support/browser.mjs';
import {
  PATIENCE, book, connected, enterAsGuest, join, lobby, signUp, write,
} from './support/people.mjs';
import { Server } from './support/server.mjs';

const folder = process.argv[2] ?? 'target/looks';
await mkdir(folder, { recursive: true });

const server = await Server.start();
const browser = await launchBrowser();
const looks = [
  { name: 'wide-light', viewport: { width: 1440, height: 900 }, colorScheme: 'light', locale: 'en-GB' },
  { name: 'wide-dark', viewport: { width: 1440, height: 900 }, colorScheme: 'dark', locale: 'en-GB' },
  { name: 'narrow-light', viewport: { width: 390, height: 844 }, colorScheme: 'light', locale: 'zh-CN' },
  { name: 'narrow-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'en-GB' },
];
const hour = 3_600_000;

async function take(person, look, name, fullPage = true) {
  await person.page.screenshot({ path: path(folder, `${name}-${look}.png`), fullPage });
}

async function pages(look) {
  const { name } = look;
  const visitor = await newPerson(browser, { ...look, name: 'visitor', timezone: 'Europe/Paris' });
  for (const [label, address] of [['home', '/'], ['sign-up', '/sign-up'], ['sign-in', '/sign-in'], ['join', '/join'], ['unknown', '/join/000000'], ['missing', '/nowhere']]) {
    await visitor.page.goto(server.url + address);
    await take(visitor, name, label);
  }
  const host = await newPerson(browser, { ...look, name: 'host', timezone: 'Europe/Paris' });
  await signUp(host, server.url, `anna-${name}`, 'Anna K.');
  await take(host, name, 'interviews-empty');
  await host.page.goto(`${server.url}/interviews/new`);
  await take(host, name, 'book');
  const zone = 'Europe/Paris';
  await book(host, server.url, { title: 'Frontend engineer, screen', startsAt: new Date(Date.now() + 26 * hour), zone });
  const later = await book(host, server.url, { title: 'SRE, on-call scenario', startsAt: new Date(Date.now() + 3 * hour), zone });
  const now = await book(host, server.url, { title: 'Backend engineer, round 2', startsAt: new Date(), zone });
  await take(host, name, 'interview');
  for (const [label, address] of [['interviews', '/interviews'], ['settings', '/settings'], ['edit', `/interviews/${now.number}/edit`]]) {
    await host.page.goto(server.url + address);
    await take(host, name, label);
  }
  await visitor.page.goto(later.guestLink);
  await take(visitor, name, 'too-early');
  await visitor.page.goto(now.guestLink);
  await take(visitor, name, 'guest-name');
  await enterAsGuest(visitor, now.guestLink, 'Lin Mei');
  await visitor.page.locator('video').first().waitFor();
  await visitor.page.waitForFunction(() => [...document.querySelectorAll('video')].some((video) => video.videoWidth > 0), null, { timeout: PATIENCE });
  await take(visitor, name, 'lobby');
  await host.page.goto(`${server.url}/join/${now.number}`);
  await lobby(host.page);
  await join(host);
  await join(visitor);
  await connected(host.page, 1);
  await connected(visitor.page, 1);
  if (look.viewport.width > 800) {
    await write(host.page, 'We start with a small one. Ask whatever you like.');
    await write(visitor.page, 'Is the clock monotonic? See https://example.org/clock');
  }
  await host.page.waitForFunction(() => [...document.querySelectorAll('video')].filter((video) => video.videoWidth > 0).length === 2, null, { timeout: PATIENCE });
  await take(host, name, 'room-host', false);
  await take(visitor, name, 'room-guest', false);
  await host.page.locator('[data-action="end"]').click();
  await take(host, name, 'room-end', false);
  await host.page.locator('dialog[open] [data-action="confirm-end"]').click();
  await visitor.page.locator('[data-phase="over"]').waitFor({ timeout: PATIENCE });
  await take(visitor, name, 'room-over', false);
  for (const person of [visitor, host]) {
    for (const problem of person.problems) console.log(name, problem);
    await person.close();
  }
}

try {
  for (const look of looks) await pages(look);
} finally {
  await browser.close();
  await server.stop();
}
