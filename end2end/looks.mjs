// Takes a picture of every page, for people to look at: wide and narrow, light and dark, English and
// Chinese. Not a test. Run it by `node end2end/looks.mjs FOLDER` with COLLOQUY_BINARY and CHROMIUM set.
import { mkdir } from 'node:fs/promises';
import { join as path } from 'node:path';

import { launchBrowser, newPerson } from './support/browser.mjs';
import {
  PATIENCE, book, connected, enterAsGuest, join, lobby, signUp, write,
} from './support/people.mjs';
import { LOOKS } from './support/looks.mjs';
import { Server } from './support/server.mjs';

const folder = process.argv[2] ?? 'target/looks';
await mkdir(folder, { recursive: true });

const server = await Server.start();
const browser = await launchBrowser();
const hour = 3_600_000;

const questions = [
  {
    kind: 'coding', title: 'Rate limiter', public: true,
    content: 'Write `allow(user, now)` that lets each user through at most **5 times in any 10 seconds**. Calls arrive in time order.\n\n- Say what it costs in time and memory.\n- What changes when there are several servers?\n\n| call | at | allowed |\n|---|---|---|\n| 5th | 0 s | yes |\n| 6th | 0 s | no |',
    reference_answer: 'A queue of moments for each user:\n\n```python\nwhile q and q[0] <= now - 10:\n    q.popleft()\n```',
    starters: [{ language: 'python', code: 'from collections import deque\n\n\ndef allow(user, now):\n    pass\n' }, { language: 'javascript', code: 'function allow(user, now) {\n}\n' }],
    examples: [{ input: '0 0 0 0 0 0', output: 'yes yes yes yes yes no', hidden: false }, { input: '0 10', output: 'yes yes', hidden: true }],
  },
  { kind: 'coding', title: 'SQL: top customers', content: 'The ten customers with the highest turnover of last year.', starters: [{ language: 'sql', code: 'select' }] },
  { kind: 'text', title: 'An outage you remember', content: 'What happened, and what did you change afterwards?' },
];

/** Puts questions into the bank, as an import does. */
async function fillBank(person) {
  const { page } = person;
  await page.goto(`${server.url}/questions`);
  await take(person, person.look, 'questions-empty');
  await page.locator('#transfer > summary').click();
  await page.locator('textarea[name="json"]').fill(JSON.stringify({ form: 'colloquy questions', version: 1, questions }));
  await page.locator('form[action="/api/import_questions"] button').click();
  await page.waitForURL('**imported=*');
}

/** The pages of the bank, and choosing from it. */
async function bank(person) {
  const { page } = person;
  await fillBank(person);
  await page.goto(`${server.url}/questions`);
  await take(person, person.look, 'questions');
  await page.goto(`${server.url}/questions?shelf=mine`);
  await page.locator('.row-link', { hasText: 'Rate limiter' }).click();
  await page.locator('#reference-answer').waitFor();
  await take(person, person.look, 'question');
  await page.goto(`${page.url()}/edit`);
  await page.locator('.preview-box strong').waitFor();
  await take(person, person.look, 'question-edit');
  await page.goto(`${server.url}/interviews/new`);
  await page.locator('[data-action="pick-questions"]').click();
  await page.locator('dialog[open] .picker-one').first().waitFor();
  for (const button of await page.locator('dialog[open] .picker-one button').all()) await button.click();
  await take(person, person.look, 'question-picker', false);
  await page.keyboard.press('Escape');
  await page.locator('[data-action="write-question"]').click();
  await page.locator('dialog[open] form').waitFor();
  await take(person, person.look, 'question-dialog', false);
  await page.keyboard.press('Escape');
  await page.locator('.chosen-one').first().scrollIntoViewIfNeeded();
  await take(person, person.look, 'book-questions');
}

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
  host.look = name;
  await bank(host);
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
  for (const look of LOOKS) await pages(look);
} finally {
  await browser.close();
  await server.stop();
}
