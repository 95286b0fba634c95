// What an interviewee's browser downloads, with nothing in its cache: on the way into the room, and as questions are
// shown and code is run. Prints a table, or with `--write FILE` puts it between that file's markers. Needs CHROMIUM.

import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { addQuestion, editorReady, run, runSays, show, writeQuestion } from '../../end2end/support/answers.mjs';
import { launchBrowser, newPerson } from '../../end2end/support/browser.mjs';
import { book, enterAsGuest, join, lobby, signUp } from '../../end2end/support/people.mjs';
import { Server } from '../../end2end/support/server.mjs';
import { Counter } from './counter.mjs';

const QUESTIONS = [
  { kind: 'text', title: 'Text', content: 'Why?' },
  { title: 'Coding', content: 'Print it.', starters: [{ language: 'javascript', code: 'console.log("printed");\n' }] },
  { title: 'Python', content: 'Print it.', starters: [{ language: 'python', code: 'print("printed")\n' }] },
  { title: 'SQL', content: 'Print it.', starters: [{ language: 'sql', code: "select 'printed';\n" }] },
];

const { values: options } = parseArgs({
  options: { program: { type: 'string' }, write: { type: 'string' }, help: { type: 'boolean' } },
});
if (options.help) {
  console.log('--program FILE   the program to measure\n--write FILE     puts the figures between the markers of that file');
  process.exit();
}
process.env.COLLOQUY_BINARY = options.program;
const server = await Server.start();
const browser = await launchBrowser();
try {
  const table = tableOf(await measure());
  console.log(table);
  if (options.write) await write(options.write, table);
} finally {
  await browser.close();
  await server.close();
}

/** What each step brought, in bytes. */
async function measure() {
  const host = await newPerson(browser, { name: 'Host' });
  await signUp(host, server.url, 'host', 'Host');
  const { number, guestLink } = await book(host, server.url, { title: 'Weight', startsAt: new Date() });
  const prepared = [];
  for (const question of QUESTIONS) {
    prepared.push(await addQuestion(host, number, await writeQuestion(host, question)));
  }
  await host.page.goto(`${server.url}/join/${number}`);
  await lobby(host.page);
  await join(host);

  const steps = [];
  const road = await Counter.start(server.url);
  const guest = await newPerson(browser, { name: 'Guest' });
  const step = async (what, act) => {
    const before = road.bytes;
    await act();
    await quiet(road);
    steps.push([what, road.bytes - before]);
  };
  const { pathname, search } = new URL(guestLink);
  await step('link, lobby and room, no question', async () => {
    await enterAsGuest(guest, `${road.url}${pathname}${search}`, 'Guest');
    await join(guest);
  });
  const [text, coding, python, sql] = prepared;
  await step('a text question', () => bring(host, guest, text));
  await step('a coding question, JavaScript', () => bring(host, guest, coding, text));
  await step('running JavaScript', () => execute(guest));
  await step('a coding question, Python', () => bring(host, guest, python, coding));
  await step('running Python', () => execute(guest));
  await step('a coding question, SQL', () => bring(host, guest, sql, python));
  await step('running SQL', () => execute(guest));
  guest.assertClean();
  road.close();
  return steps;
}

async function bring(host, guest, question, before = null) {
  if (before) await show(host.page, before, false);
  await show(host.page, question);
  await editorReady(guest.page);
}

async function execute(guest) {
  await run(guest.page);
  await runSays(guest.page, /Done ·/);
}

/** Waits until nothing comes any more: what a page loads ahead belongs to its step. */
async function quiet(road) {
  let seen = -1;
  while (road.bytes - seen > 2048) {
    seen = road.bytes;
    await new Promise((resolve) => { setTimeout(resolve, 2000); });
  }
}

function tableOf(steps) {
  const rows = ['| what happens | downloaded for it, KiB | all until then, KiB |', '|---|--:|--:|'];
  let all = 0;
  for (const [what, bytes] of steps) {
    all += bytes;
    rows.push(`| ${what} | ${kib(bytes)} | ${kib(all)} |`);
  }
  return rows.join('\n');
}

async function write(file, table) {
  const [begin, end] = ['begin', 'end'].map((word) => `<!-- figures of weight: ${word} -->`);
  const text = await readFile(file, 'utf8');
  const [before, rest] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  if (!text.includes(begin) || !text.includes(end)) throw new Error(`${file} has no place for the figures`);
  await writeFile(file, `${before}${begin}\n\n${table}\n\n${rest}`);
}

function kib(bytes) {
  return (bytes / 1024).toLocaleString('en', { maximumFractionDigits: bytes < 102_400 ? 1 : 0 });
}
