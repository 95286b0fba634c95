// Questions and answers in the room, in real browsers: shown and hidden, written together, kept whatever
// happens, and run.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import {
  addQuestion, chooseLanguage, editorReady, openQuestions, reads, replaceText, run, runSays, sameText, show, sign,
  textOf, toEnd, waiting, writeQuestion,
} from './support/answers.mjs';
import { launchBrowser, newPerson } from './support/browser.mjs';
import { PATIENCE, book, enterAsGuest, join, live, lobby, signUp } from './support/people.mjs';
import { Proxy } from './support/proxy.mjs';
import { Server } from './support/server.mjs';
import { transport } from './support/state.mjs';

/** What a browser says of a server that is away. */
const AWAY = /WebSocket connection|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_NETWORK|403|404|502|Failed to load/;
const SECRETS = ['REFERENCE-SECRET', 'HIDDEN-INPUT', 'HIDDEN-OUTPUT'];

let server;
let browser;
let people = [];
let count = 0;

before(async () => {
  server = await Server.start();
  browser = await launchBrowser();
});

afterEach(async () => {
  for (const person of people) await person.close();
  people = [];
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Notes everything that comes by sockets, and every answer to a request. */
function listen(person) {
  const heard = [];
  person.context.on('page', (page) => {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => heard.push(Buffer.from(payload).toString('latin1')));
    });
    page.on('response', async (response) => {
      if (!response.url().includes('/pkg/') && !response.url().includes('/run/')) {
        heard.push(await response.text().catch(() => ''));
      }
    });
  });
  return heard;
}

/** A host with three questions, and guests, all in the room. */
async function meeting(title, { guests = ['Tom B.'], road = server.url, contexts = {} } = {}) {
  count += 1;
  const host = await newPerson(browser, { name: 'Host' });
  people.push(host);
  await signUp(host, server.url, `asker${count}`, 'Priya N.');
  const questions = [
    await writeQuestion(host, {
      title: 'Rate limiter',
      content: 'Write `allow(user, now)`. It reads **two numbers** and prints their sum.',
      reference: 'REFERENCE-SECRET',
      starters: [{ language: 'python', code: '# start here\n' }],
      examples: [
        { input: '1 2\n', output: '3\n' },
        { input: 'HIDDEN-INPUT', output: 'HIDDEN-OUTPUT', hidden: true },
      ],
    }),
    await writeQuestion(host, { title: 'Top customers', content: 'Use SQL.', starters: [{ language: 'sql', code: '' }] }),
    await writeQuestion(host, { kind: 'text', title: 'Design notes', content: 'Explain **why**.' }),
  ];
  const { number, guestLink } = await book(host, server.url, { title, startsAt: new Date() });
  const shown = [];
  for (const question of questions) shown.push(await addQuestion(host, number, question));
  const link = new URL(guestLink);
  const invited = [];
  for (const name of guests) {
    const guest = await newPerson(browser, { name, ...contexts[name] });
    people.push(guest);
    guest.heard = listen(guest);
    await enterAsGuest(guest, `${road}${link.pathname}${link.search}`, name);
    await join(guest);
    invited.push(guest);
  }
  await host.page.goto(`${server.url}/join/${number}`);
  await lobby(host.page);
  await join(host);
  return { host, guests: invited, number, shown };
}

/** Types at the end of the answer. */
async function type(page, text) {
  await toEnd(page);
  await page.keyboard.type(text);
}

test('a question is shown, two write at one place and undo their own, it is hidden and the answer kept', async () => {
  const { host, guests: [guest], shown } = await meeting('Together');
  // Nothing is shown: the guest's page is the video, and has loaded no editor.
  assert.equal(await guest.page.locator('.work-tabs').count(), 0);
  assert.equal(await guest.page.evaluate(() => performance.getEntriesByType('resource')
    .some(({ name }) => name.includes('editor.js'))), false);
  await show(host.page, shown[0]);
  for (const { page } of [guest, host]) await editorReady(page);
  await guest.page.locator('.work-question', { hasText: 'two numbers' }).waitFor({ timeout: PATIENCE });
  await reads(guest.page, '# start here\n');

  await toEnd(guest.page);
  await toEnd(host.page);
  await Promise.all([
    guest.page.keyboard.type('aaaaaaaaaa', { delay: 25 }),
    host.page.keyboard.type('bbbbbbbbbb', { delay: 25 }),
  ]);
  const both = await sameText([guest.page, host.page], (text) => text.length === '# start here\n'.length + 20);
  assert.equal(both.replace(/[^a]/g, '').length, 10 + 2);
  assert.equal(both.replace(/[^b]/g, '').length, 10);
  // Each undoes what is their own, down to nothing of it.
  for (let press = 0; press < 12; press += 1) await guest.page.keyboard.press('Control+z');
  await sameText([guest.page, host.page], (text) => text === '# start here\nbbbbbbbbbb');
  for (const { page } of [guest, host]) await sign(page, 'saved');

  // Who looks at what stands in the list.
  await openQuestions(host.page);
  await host.page.locator(`[data-prepared="${shown[0]}"] .work-lookers`, { hasText: 'Tom B.' }).waitFor();
  // What only interviewers may see is there for them.
  await host.page.locator('.work-notes summary').click();
  await host.page.locator('.work-reference', { hasText: 'REFERENCE-SECRET' }).waitFor({ timeout: PATIENCE });

  await show(host.page, shown[0], false);
  await guest.page.locator('.work-tabs').waitFor({ state: 'detached', timeout: PATIENCE });
  const from = guest.heard.length;
  assert.ok(!(await guest.page.content()).includes('two numbers'), 'the question is gone from the page');
  // The host still sees the answer, and what the host writes does not reach the guest.
  await type(host.page, ' HOST-ONLY');
  await sign(host.page, 'saved');
  await show(host.page, shown[2]);
  await editorReady(guest.page);
  await guest.page.reload();
  await live(guest.page);
  await editorReady(guest.page);
  const later = guest.heard.slice(from).join('\n');
  for (const word of ['two numbers', 'HOST-ONLY', 'Rate limiter']) {
    assert.ok(!later.includes(word), `${word} came to the guest after the question was hidden`);
  }
  await show(host.page, shown[0]);
  await guest.page.locator('.work-tab', { hasText: 'Rate limiter' }).click();
  await editorReady(guest.page);
  await reads(guest.page, '# start here\nbbbbbbbbbb HOST-ONLY');
  const all = guest.heard.join('\n');
  for (const word of SECRETS) assert.ok(!all.includes(word), `${word} came to the guest`);
  for (const person of people) person.assertClean();
});

test('an interviewer goes from one answer to another, by pointer and by keyboard', async () => {
  const { host, guests: [tom, wei], shown } = await meeting('Two answers', { guests: ['Tom B.', 'Wei L.'] });
  await show(host.page, shown[2]);
  for (const { page } of [tom, wei, host]) await editorReady(page);
  await type(tom.page, 'written by Tom');
  await type(wei.page, 'written by Wei');
  await host.page.locator('.work-owner', { hasText: 'Tom B.' }).click();
  await editorReady(host.page);
  await reads(host.page, 'written by Tom');
  await host.page.locator('.work-owner', { hasText: 'Wei L.' }).focus();
  await host.page.keyboard.press('Enter');
  await reads(host.page, 'written by Wei');
  await type(host.page, ' and the host');
  await reads(wei.page, 'written by Wei and the host');
  await reads(tom.page, 'written by Tom');
  // Nobody but the interviewers gets to see another one's answer.
  for (const [one, other] of [[tom, 'Wei'], [wei, 'Tom']]) {
    assert.ok(!one.heard.join('\n').includes(`written by ${other}`));
    assert.equal(await one.page.locator('.work-owner').count(), 0);
  }
  // What is written can be read as it will look.
  await replaceText(tom.page, '# Heading\n\nand **bold**');
  await tom.page.locator('[data-action="preview"]').click();
  await tom.page.locator('.work-preview h3', { hasText: 'Heading' }).waitFor({ timeout: PATIENCE });
  for (const person of people) person.assertClean();
});

test('code runs in the browser, everybody sees what it says, and an endless loop is stopped', async () => {
  const { host, guests: [guest], shown } = await meeting('Running');
  await show(host.page, shown[0]);
  for (const { page } of [guest, host]) await editorReady(page);
  // Python, against the example that may be seen.
  await replaceText(guest.page, 'a, b = input().split()\nprint(int(a) + int(b))\n');
  await run(guest.page);
  await runSays(guest.page, /The example passes/, 4 * PATIENCE);
  await runSays(host.page, /The example passes .* Tom B\./);
  // JavaScript, with an input of one's own.
  await chooseLanguage(guest.page, 'javascript');
  await replaceText(guest.page, 'console.log("said by JavaScript")');
  await guest.page.locator('[data-action="own-input"]').click();
  await run(guest.page);
  await guest.page.locator('.work-said', { hasText: 'said by JavaScript' }).waitFor({ timeout: PATIENCE });
  await host.page.locator('.work-said', { hasText: 'said by JavaScript' }).waitFor({ timeout: PATIENCE });
  // An endless loop: stopped by hand, then by itself.
  await replaceText(guest.page, 'while (true) {}');
  await run(guest.page);
  await runSays(guest.page, /Running/);
  await run(guest.page);
  await runSays(guest.page, /Stopped ·/);
  await run(guest.page);
  await runSays(guest.page, /took too long/);
  await runSays(host.page, /took too long/);
  // SQL, by the host this time.
  await show(host.page, shown[1]);
  await guest.page.locator('.work-tab', { hasText: 'Top customers' }).click();
  for (const { page } of [guest, host]) await editorReady(page);
  await replaceText(host.page, "create table t(n); insert into t values (7), (8); select n as answer from t;");
  await reads(guest.page, (text) => text.includes('select'));
  await run(host.page);
  await guest.page.locator('.work-table th', { hasText: 'answer' }).waitFor({ timeout: PATIENCE });
  await guest.page.locator('.work-table td', { hasText: '8' }).waitFor({ timeout: PATIENCE });
  await runSays(guest.page, /Priya N\./);
  // Others are highlighted only, and that is said.
  await chooseLanguage(guest.page, 'go');
  await guest.page.locator('[data-action="run"][aria-disabled="true"]').waitFor({ timeout: PATIENCE });
  for (const person of people) person.assertClean();
});

test('nothing typed is lost when the server is killed, or the tab closed with unsent edits', async () => {
  const { host, guests: [guest], shown } = await meeting('Kept');
  for (const person of people) person.expectProblem(AWAY);
  await show(host.page, shown[2]);
  for (const { page } of [guest, host]) await editorReady(page);
  await type(guest.page, 'before the crash ');
  await server.kill9();
  await guest.page.locator('[data-phase="reconnecting"]').waitFor({ timeout: PATIENCE });
  await guest.page.keyboard.type('twenty more letters!');
  await sign(guest.page, 'waiting');
  assert.ok(await waiting(guest.page) > 0);
  await server.startAgain();
  for (const { page } of [guest, host]) await live(page);
  const text = await sameText([guest.page, host.page]);
  assert.equal(text, 'before the crash twenty more letters!');
  await sign(guest.page, 'saved');

  // Typed while there is no server, and the tab is closed before there is one again.
  await server.kill9();
  await guest.page.locator('[data-phase="reconnecting"]').waitFor({ timeout: PATIENCE });
  await guest.page.keyboard.type(' Kept by the browser.');
  await sign(guest.page, 'waiting');
  const address = guest.page.url();
  await guest.page.close();
  await server.startAgain();
  await live(host.page);
  guest.page = await guest.context.newPage();
  await guest.page.goto(address);
  await lobby(guest.page);
  await join(guest);
  await editorReady(guest.page);
  const whole = await sameText([guest.page, host.page], (text) => text.includes('browser.'));
  assert.equal(whole, 'before the crash twenty more letters! Kept by the browser.');
  await guest.page.reload();
  await live(guest.page);
  await editorReady(guest.page);
  assert.equal(await reads(guest.page, whole), await textOf(host.page));
  for (const person of people) person.assertClean();
});

test('where WebSockets are refused, answers go over plain HTTP', async () => {
  const proxy = await Proxy.start(server.url);
  proxy.sockets = 'refuse';
  try {
    const { host, guests: [guest], shown } = await meeting('Over HTTP', { road: proxy.url });
    guest.expectProblem(AWAY);
    await transport(guest.page, 'http');
    await show(host.page, shown[2]);
    for (const { page } of [guest, host]) await editorReady(page);
    await type(guest.page, 'by requests ');
    await reads(host.page, 'by requests ');
    await type(host.page, 'and by frames');
    await sameText([guest.page, host.page], (text) => text === 'by requests and by frames');
    for (const person of people) person.assertClean();
  } finally {
    await proxy.close();
  }
});

test('on a phone the parts are tabs, and a question comes to the front', async () => {
  const phone = { viewport: { width: 390, height: 844 } };
  const { host, guests: [guest], shown } = await meeting('Phone', { contexts: { 'Tom B.': phone } });
  assert.equal(await guest.page.locator('[data-part="work"]').count(), 0);
  await show(host.page, shown[0]);
  await guest.page.locator('[data-part="work"][aria-pressed="true"]').waitFor({ timeout: PATIENCE });
  await editorReady(guest.page);
  await type(guest.page, 'x = 1');
  await reads(host.page, (text) => text.endsWith('x = 1'));
  await guest.page.locator('[data-part="chat"]').click();
  assert.equal(await guest.page.locator('.room-work').isVisible(), false);
  await guest.page.locator('[data-part="work"]').click();
  assert.equal(await guest.page.locator('.room-work').isVisible(), true);
  const wide = await guest.page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `${wide} pixels wide`);
  for (const person of people) person.assertClean();
});
