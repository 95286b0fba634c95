// Takes pictures of the room while questions are answered, for people to look at: the interviewer's side and the
// interviewee's, wide and narrow, light and dark, English and Chinese. Not a test. Run it by
// `node end2end/looks_work.mjs FOLDER` with COLLOQUY_BINARY and CHROMIUM set.
import { mkdir } from 'node:fs/promises';
import { join as path } from 'node:path';

import { addQuestion, editorReady, openQuestions, run, runSays, show, toEnd, writeQuestion } from './support/answers.mjs';
import { launchBrowser, newPerson } from './support/browser.mjs';
import { LOOKS } from './support/looks.mjs';
import { PATIENCE, book, connected, enterAsGuest, join, lobby, signUp } from './support/people.mjs';
import { Server } from './support/server.mjs';

const folder = process.argv[2] ?? 'target/looks';
const QUESTIONS = [
  {
    title: 'Rate limiter',
    content: 'Write `allow(user, now)` that lets each user through at most **5 times in any 10 seconds**.\n\n- Calls arrive in time order.\n- Say what it costs in time and memory.\n\n| call | at | allowed |\n|---|---|---|\n| 5th | 0 s | yes |\n| 6th | 0 s | no |',
    reference: 'A queue of moments for each user:\n\n```python\nwhile q and q[0] <= now - 10:\n    q.popleft()\n```',
    starters: [{ language: 'python', code: 'from collections import deque\n\n\ndef allow(user, now):\n    return True\n\n\nfor at in input().split():\n    print(allow("ada", int(at)), end=" ")\n' }],
    examples: [
      { input: '0 1 2\n', output: 'True True True\n' },
      { input: '0 0 0 0 0 0\n', output: 'True True True True True False\n' },
      { input: '0 10\n', output: 'True True\n', hidden: true },
    ],
  },
  { title: 'Top customers', content: 'The three customers with the highest turnover.', starters: [{ language: 'sql', code: "create table orders (customer, amount);\ninsert into orders values ('Ada', 30), ('Bo', 12), ('Ada', 5), ('Cy', 40);\nselect customer, sum(amount) as turnover\nfrom orders group by customer order by turnover desc limit 3;\n" }] },
  { kind: 'text', title: 'An outage you remember', content: 'What happened, and what did you change afterwards?' },
  { title: 'Never shown', content: 'For later.' },
];

await mkdir(folder, { recursive: true });
const server = await Server.start();
const browser = await launchBrowser();
try {
  for (const look of LOOKS) await room(look);
} finally {
  await browser.close();
  await server.stop();
}

async function room(look) {
  const { name } = look;
  const wide = look.viewport.width > 800;
  const take = (person, label) => (wide || person !== host) && person.page.screenshot({ path: path(folder, `${name}-${label}.png`) });
  // Questions are arranged on a large screen.
  const host = await newPerson(browser, { ...LOOKS[0], ...(wide ? look : {}), name: 'host' });
  await signUp(host, server.url, `priya-${name}`, 'Priya N.');
  const { number, guestLink } = await book(host, server.url, { title: 'Backend engineer, round 2', startsAt: new Date(), seats: 6 });
  const prepared = [];
  for (const question of QUESTIONS) prepared.push(await addQuestion(host, number, await writeQuestion(host, question)));
  const guests = [];
  for (const guest of ['Tom Bauer', '林美']) {
    const person = await newPerson(browser, { ...look, name: guest });
    await enterAsGuest(person, guestLink, guest);
    await join(person);
    guests.push(person);
  }
  await host.page.goto(`${server.url}/join/${number}`);
  await lobby(host.page);
  await join(host);
  await connected(host.page, 2);
  const [tom, lin] = guests;

  await openQuestions(host.page);
  await take(host, 'questions-hidden');
  for (const question of prepared.slice(0, 3)) await show(host.page, question);
  for (const { page } of guests) {
    await page.locator('.work-tabs [role="tab"]').first().click();
    await editorReady(page);
    await toEnd(page);
  }
  await tom.page.keyboard.type('# each call costs O(1)');
  await lin.page.keyboard.type('# 我先写测试');
  await take(tom, 'guest-coding');
  await run(tom.page);
  await runSays(tom.page, /1/, 4 * PATIENCE);
  await tom.page.locator('.work-test').first().waitFor({ timeout: PATIENCE });
  await take(tom, 'guest-ran');
  await tom.page.locator('[data-action="own-input"]').click();
  await take(tom, 'guest-own-input');

  await openQuestions(host.page);
  await take(host, 'questions-shown');
  await host.page.locator(`[data-prepared="${prepared[3]}"] [data-action="read-question"]`).click();
  await host.page.locator('dialog[open]').waitFor();
  await take(host, 'reading');
  await host.page.keyboard.press('Escape');
  await host.page.locator(`[data-prepared="${prepared[0]}"] [data-action="read-question"]`).click();
  await host.page.locator('dialog[open] [data-action="look-at-answers"]').click();
  await editorReady(host.page);
  await host.page.locator('.work-owner', { hasText: 'Tom' }).first().click();
  await editorReady(host.page);
  await toEnd(host.page);
  await host.page.keyboard.type(' and memory?');
  await take(host, 'host-answer');
  await host.page.locator('.work-notes summary').click();
  await take(host, 'host-notes');
  await host.page.locator('[data-action="follow"]').click();
  await take(host, 'host-follows');
  await host.page.locator('.work-owner', { hasText: '林美' }).first().click();
  await editorReady(host.page);
  await take(host, 'host-other-answer');

  await lin.page.locator('.work-tabs [role="tab"]').nth(1).click();
  await editorReady(lin.page);
  await run(lin.page);
  await lin.page.locator('.work-table').first().waitFor({ timeout: 4 * PATIENCE });
  await take(lin, 'guest-sql');
  await lin.page.locator('.work-tabs [role="tab"]').nth(2).click();
  await editorReady(lin.page);
  await toEnd(lin.page);
  await lin.page.keyboard.type('# The cache\n\nWe *expired* everything at once; now with **jitter**.');
  await lin.page.locator('[data-action="editor-settings"]').click();
  await take(lin, 'guest-text');
  for (const person of [host, ...guests]) {
    for (const problem of person.problems) console.log(name, problem);
    await person.close();
  }
}
