// Questions and answers as people meet them: preparing, showing, typing, reading, running.
import assert from 'node:assert/strict';

import { PATIENCE } from './people.mjs';

/** Calls a server function of the person's own page, as its forms do. */
async function call(page, name, fields) {
  const body = new URLSearchParams(fields).toString();
  const answer = await page.evaluate(async ({ name, body }) => {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body,
    });
    return { status: response.status, text: await response.text() };
  }, { name, body });
  assert.equal(answer.status, 200, `${name}: ${answer.text}`);
  return JSON.parse(answer.text);
}

/** Writes a question into the person's bank; answers its id. */
export function writeQuestion({ page }, { kind = 'coding', title, content, reference = '', starters = [], examples = [] }) {
  const fields = {
    'form[kind]': kind === 'coding' ? '1' : '2',
    'form[title]': title,
    'form[content]': content,
    'form[reference_answer]': reference,
  };
  for (const [place, { language, code }] of starters.entries()) {
    fields[`form[starters][${place}][language]`] = language;
    fields[`form[starters][${place}][code]`] = code;
  }
  for (const [place, { input, output, hidden = false }] of examples.entries()) {
    fields[`form[examples][${place}][input]`] = input;
    fields[`form[examples][${place}][output]`] = output;
    fields[`form[examples][${place}][hidden]`] = hidden ? '1' : '';
  }
  return call(page, 'save_question', fields);
}

/** Puts a question of the bank behind the others of an interview; answers its id there. */
export function addQuestion({ page }, number, question) {
  return call(page, 'add_interview_question', { number, question: String(question) });
}

/** Brings the list of questions to the front. */
export async function openQuestions(page) {
  const list = page.locator('.room-questions');
  if (!await list.isVisible()) await page.locator('[data-action="questions"]').click();
  await list.waitFor({ timeout: PATIENCE });
}

/** Presses the button of a prepared question until it is shown or hidden. */
export async function show(page, question, shown = true) {
  await openQuestions(page);
  const row = page.locator(`[data-prepared="${question}"]`);
  await row.waitFor({ timeout: PATIENCE });
  await row.locator('[data-action="show-question"]').click();
  await page.locator(`[data-prepared="${question}"][data-shown="${shown}"]`).waitFor({ timeout: PATIENCE });
}

/** Waits until the editor of the answer in front can be written in. */
export async function editorReady(page) {
  await page.locator('.work-editor[data-editing="ready"][data-loaded="true"]').waitFor({ timeout: PATIENCE });
}

/** Puts the keyboard at the end of the answer. */
export async function toEnd(page) {
  await page.locator('[data-editor] .cm-content').click();
  await page.keyboard.press('Control+End');
}

/** What stands in the editor. All of it, as long as it fits into the window. */
export function textOf(page) {
  return page.evaluate(() => {
    const root = document.querySelector('[data-editor]')?.shadowRoot;
    const lines = [...(root?.querySelectorAll('.cm-line') ?? [])];
    return root ? lines.map((line) => line.textContent).join('\n') : null;
  });
}

/** Waits until the editor says what `wanted` accepts. */
export async function reads(page, wanted, patience = PATIENCE) {
  const accepts = typeof wanted === 'function' ? wanted : (text) => text === wanted;
  const deadline = Date.now() + patience;
  for (;;) {
    const text = await textOf(page);
    if (accepts(text ?? '')) return text;
    assert.ok(Date.now() < deadline, `the editor says ${JSON.stringify(text)}, not ${wanted}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

/** Waits until everybody's editor says the same, and that nothing waits; answers the text. */
export async function sameText(pages, accepts = () => true) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const texts = await Promise.all(pages.map(textOf));
    const waits = await Promise.all(pages.map(waiting));
    const same = texts.every((text) => text !== null && text === texts[0]) && accepts(texts[0]);
    if (same && waits.every((count) => count === 0)) return texts[0];
    assert.ok(Date.now() < deadline, `texts: ${JSON.stringify(texts)}, waiting: ${waits}`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

/** How many changes the page says are waiting. */
export async function waiting(page) {
  const sign = page.locator('.work-saved');
  return Number(await sign.getAttribute('data-waiting'));
}

/** Waits until the sign under the editor is of that name. */
export async function sign(page, name) {
  await page.locator(`.work-saved[data-saved="${name}"]`).waitFor({ state: 'attached', timeout: PATIENCE });
}

/** Chooses the language of the answer in front. */
export async function chooseLanguage(page, name) {
  await page.locator('.work-language').selectOption(name);
}

/** Replaces what stands in the editor. */
export async function replaceText(page, text) {
  await page.locator('[data-editor] .cm-content').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  // At once: typed letter by letter, the editor would indent and close brackets by itself.
  await page.keyboard.insertText(text);
}

/** Runs what stands in the editor. */
export async function run(page) {
  await page.locator('[data-action="run"]').click();
}

/** Waits for the line under the editor. */
export async function runSays(page, pattern, patience = 2 * PATIENCE) {
  await page.locator('.work-run-words', { hasText: pattern }).waitFor({ timeout: patience });
}
