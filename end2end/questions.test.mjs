// The question bank: writing, preview, copies, who may see what, carrying over, choosing while booking.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { PATIENCE, book, signUp, wallClock } from './support/people.mjs';
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

const form = (page) => page.locator('form.question-form');

/** Fills in what every question has. */
async function fill(page, { title, content = '', answer = '', kind = 'coding', open = false }) {
  await form(page).locator(`input.kind-${kind}`).check();
  await form(page).locator('input[name="form[title]"]').fill(title);
  await form(page).locator('textarea[name="form[content]"]').fill(content);
  await form(page).locator('textarea[name="form[reference_answer]"]').fill(answer);
  if (open) await form(page).locator('input[name="form[public]"][value="1"]').check();
}

/** Writes a question on its own page and answers its id. */
async function write(person, question) {
  const { page } = person;
  await page.goto(`${server.url}/questions/new`);
  await fill(page, question);
  await form(page).locator('button.primary').click();
  await page.waitForURL('**/questions/*created=1', { timeout: PATIENCE });
  return new URL(page.url()).pathname.split('/').pop();
}

/** Waits until the page's program answers. */
async function alive(person) {
  await person.page.waitForLoadState('networkidle');
}

test('a question is written with a preview, read, changed, copied and deleted', async () => {
  const anna = await newPerson(browser, { name: 'Anna' });
  const { page } = anna;
  await signUp(anna, server.url, 'anna', 'Anna K.');
  await page.locator('.site-nav a[href="/questions"]').click();
  await page.locator('a[href="/questions/new"]').first().click();
  await page.waitForURL('**/questions/new');
  await alive(anna);

  await fill(page, {
    title: 'Rate limiter',
    content: 'At most **5 times**.\n\n<script>window.broken = true</script><img src=x onerror="window.broken = true">',
    answer: 'A queue of moments.',
  });
  await page.locator('.preview-box strong', { hasText: '5 times' }).waitFor({ timeout: PATIENCE });
  assert.equal(await page.locator('.preview-box script, .preview-box [onerror]').count(), 0);

  await page.getByRole('button', { name: 'Add a language' }).click();
  await page.getByRole('button', { name: 'Add a language' }).click();
  const starters = page.locator('.part-row:visible:has(select)');
  await starters.nth(0).locator('select').selectOption('python');
  await starters.nth(0).locator('textarea').fill('\ndef allow(user, now):\n    pass\n');
  await starters.nth(1).locator('select').selectOption('python');
  await starters.nth(1).locator('textarea').fill('again');
  await page.getByRole('button', { name: 'Add an example' }).click();
  const example = page.locator('.part-row:visible').filter({ hasText: 'Example 1' });
  await example.locator('textarea').nth(0).fill('1 2');
  await example.locator('textarea').nth(1).fill('3');
  await example.locator('input[type="checkbox"]').check();

  // A mistake is told where it is, and nothing that was typed is lost.
  await form(page).locator('button.primary').click();
  await page.locator('fieldset[aria-invalid="true"]', { hasText: 'twice' }).waitFor({ timeout: PATIENCE });
  anna.expectProblem(/422/);
  assert.equal(await form(page).locator('input[name="form[title]"]').inputValue(), 'Rate limiter');
  await page.getByRole('button', { name: 'Remove starter code 2' }).click();
  await form(page).locator('button.primary').click();
  await page.waitForURL('**/questions/*created=1', { timeout: PATIENCE });
  await page.locator('h1', { hasText: 'Rate limiter' }).waitFor();
  assert.match(await page.locator('#starters').innerText(), /Python[^]*def allow/);
  assert.match(await page.locator('#examples').innerText(), /Hidden/);
  assert.match(await page.locator('#reference-answer').innerText(), /queue of moments/);
  const address = page.url().split('?')[0];

  await page.locator('a', { hasText: 'Edit' }).click();
  await page.waitForURL('**/edit');
  await alive(anna);
  assert.equal(
    await form(page).locator('textarea[name="form[starters][0][code]"]').inputValue(),
    '\ndef allow(user, now):\n    pass\n',
    'code comes back as it was, the first line break too',
  );
  await form(page).locator('input[name="form[title]"]').fill('Rate limiter, shared');
  await form(page).locator('input[name="form[public]"][value="1"]').check();
  await form(page).locator('button.primary').click();
  await page.waitForURL('**/questions/*saved=1', { timeout: PATIENCE });

  // Somebody else reads and copies it; the copy is private.
  const ben = await newPerson(browser, { name: 'Ben' });
  await signUp(ben, server.url, 'ben', 'Ben');
  await ben.page.goto(`${server.url}/questions?shelf=public&search=limiter`);
  await ben.page.locator('.row-link', { hasText: 'Rate limiter, shared' }).click();
  await ben.page.locator('#reference-answer').waitFor();
  assert.equal(await ben.page.locator('a[href$="/edit"]').count(), 0);
  await ben.page.locator('form[action="/api/copy_question"] button').click();
  await ben.page.waitForURL('**/questions/*copied=1', { timeout: PATIENCE });
  const copy = ben.page.url().split('?')[0];
  assert.notEqual(copy, address);

  anna.expectProblem(/404/);
  const answer = await page.goto(copy);
  assert.equal(answer.status(), 404, 'a private question of somebody else is not there');
  assert.equal((await page.goto(`${copy}/edit`)).status(), 404);

  await ben.page.locator('.confirm > summary').click();
  await ben.page.locator('dialog[open] button.danger').click();
  await ben.page.waitForURL('**/questions?deleted=1', { timeout: PATIENCE });
  assert.equal(await ben.page.evaluate(() => window.broken), undefined);
  for (const person of [anna, ben]) {
    person.assertClean();
    await person.close();
  }
});

test('questions are carried over as JSON', async () => {
  const cora = await newPerson(browser, { name: 'Cora' });
  const { page } = cora;
  await signUp(cora, server.url, 'cora', 'Cora');
  await write(cora, { title: 'Essay', content: 'Say why.', kind: 'text' });
  await write(cora, { title: 'Top customers', content: 'In SQL.' });

  await page.goto(`${server.url}/questions`);
  await alive(cora);
  await page.locator('#transfer > summary').click();
  const download = page.waitForEvent('download');
  await page.locator('a[href="/questions/export"]').click();
  const text = await readFile(await (await download).path(), 'utf8');
  assert.deepEqual(JSON.parse(text).questions.map(({ title }) => title).sort(), ['Essay', 'Top customers']);

  const json = page.locator('textarea[name="json"]');
  await json.fill('{ "form": ');
  await page.locator('form[action="/api/import_questions"] button').click();
  await page.locator('#transfer .alert li', { hasText: 'Line 1' }).waitFor({ timeout: PATIENCE });
  cora.expectProblem(/422/);
  await page.locator('#transfer input[type="file"]').setInputFiles({
    name: 'questions.json', mimeType: 'application/json', buffer: Buffer.from(text),
  });
  await cora.until((text) => document.querySelector('textarea[name="json"]').value === text, text);
  await page.locator('form[action="/api/import_questions"] button').click();
  await page.waitForURL('**/questions?shelf=mine&imported=2', { timeout: PATIENCE });
  await cora.until(() => document.querySelectorAll('.row-link').length === 4);
  cora.assertClean();
  await cora.close();
});

test('questions are chosen, written and ordered while booking, and afterwards', async () => {
  const dora = await newPerson(browser, { name: 'Dora', timezone: 'UTC' });
  const { page } = dora;
  await signUp(dora, server.url, 'dora', 'Dora');
  await write(dora, { title: 'First', content: 'One.' });
  await write(dora, { title: 'Second', content: 'Two.', kind: 'text' });
  await page.goto(`${server.url}/interviews/new`);
  await alive(dora);

  await page.locator('[data-action="pick-questions"]').click();
  const dialog = page.locator('dialog[open]');
  await dialog.locator('input[type="search"]').fill('Fir');
  await dora.until(() => document.querySelectorAll('dialog[open] .picker-one').length === 1);
  await dialog.getByRole('button', { name: 'Add First' }).click();
  await dialog.locator('input[type="search"]').fill('');
  await dialog.getByRole('button', { name: 'Add Second' }).click();
  await page.keyboard.press('Escape');

  await page.locator('[data-action="write-question"]').click();
  await fill(page, { title: 'Third', content: 'Three.' });
  await form(page).locator('button.primary').click();
  const titles = () => page.locator('.chosen-title').allInnerTexts();
  await page.locator('.chosen-title', { hasText: 'Third' }).waitFor({ timeout: PATIENCE });
  assert.deepEqual(await titles(), ['First', 'Second', 'Third']);
  assert.equal(new URL(page.url()).pathname, '/interviews/new', 'the booking is still there');

  // By keyboard: the focus stays on the button that moves it.
  await page.getByRole('button', { name: 'Move Third up' }).focus();
  await page.keyboard.press('Enter');
  await dora.until(() => document.querySelectorAll('.chosen-title')[1]?.textContent === 'Third');
  await dora.until(() => document.activeElement?.getAttribute('aria-label') === 'Move Third up');
  await page.keyboard.press('Enter');
  await dora.until(() => document.querySelectorAll('.chosen-title')[0]?.textContent === 'Third');
  await page.getByRole('button', { name: 'Remove Second' }).click();
  assert.deepEqual(await titles(), ['Third', 'First']);

  // A refused booking keeps them.
  await page.locator('input[name="form[title]"]').first().fill('Backend engineer');
  await page.locator('input[name="form[starts_at]"]').fill('2020-01-01T10:00');
  await page.locator('form.booking .actions button.primary').click();
  await page.locator('[aria-invalid="true"][name="form[starts_at]"]').waitFor({ timeout: PATIENCE });
  assert.deepEqual(await titles(), ['Third', 'First']);
  await page.locator('input[name="form[starts_at]"]').fill(wallClock(new Date(), 'UTC'));
  await page.locator('form.booking .actions button.primary').click();
  await page.waitForURL('**/interviews/*booked=1', { timeout: PATIENCE });
  assert.deepEqual(await titles(), ['Third', 'First']);
  await alive(dora);

  await page.locator('#questions [data-action="pick-questions"]').click();
  await dialog.getByRole('button', { name: 'Add Second' }).click();
  await dora.until(() => document.querySelectorAll('#questions .chosen-title').length === 3);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Move Second up' }).click();
  await dora.until(() => document.querySelectorAll('#questions .chosen-title')[1]?.textContent === 'Second');
  await page.getByRole('button', { name: 'Remove Third' }).click();
  await dora.until(() => document.querySelectorAll('#questions .chosen-title').length === 2);
  await page.reload();
  assert.deepEqual(await titles(), ['Second', 'First']);
  dora.assertClean();
  await dora.close();
});

test('without script a question is written, corrected, added to an interview, moved and removed', async () => {
  const emma = await newPerson(browser, { name: 'Emma', javaScriptEnabled: false });
  const { page } = emma;
  await signUp(emma, server.url, 'emma', 'Emma', { script: false });
  await page.goto(`${server.url}/questions/new`);
  const content = 'Add **two** numbers.</textarea><b id="broken">&lt;';
  await fill(page, { title: 'Sum', content, open: true });
  const starters = page.locator('.part-row:visible:has(select)');
  await starters.nth(0).locator('textarea').fill('print()');
  await form(page).locator('button.primary').click();
  await page.locator('fieldset[aria-invalid="true"]').waitFor();
  assert.equal(await form(page).locator('textarea[name="form[content]"]').inputValue(), content);
  assert.equal(await page.locator('#broken').count(), 0, 'what was typed stays text');
  assert.equal(await starters.nth(0).locator('textarea').inputValue(), 'print()');
  await starters.nth(0).locator('select').selectOption('python');
  await form(page).locator('button.primary').click();
  await page.waitForURL('**/questions/*created=1', { timeout: PATIENCE });
  assert.equal(await page.locator('#content strong').innerText(), 'two');

  const { number } = await book(emma, server.url, { title: 'Plain', startsAt: new Date() });
  const section = page.locator('#questions');
  await section.locator('input[name="find"]').fill('Sum');
  await section.locator('form[role="search"] button').click();
  await section.getByRole('button', { name: 'Add Sum' }).click();
  await page.waitForURL(`**/interviews/${number}#questions`);
  await section.locator('a[href*="/questions/new"]').click();
  await fill(page, { title: 'Written here', content: 'Why?', kind: 'text' });
  await form(page).locator('button.primary').click();
  await page.waitForURL(`**/interviews/${number}#questions`, { timeout: PATIENCE });
  const titles = () => section.locator('.chosen').first().locator('.chosen-title').allInnerTexts();
  assert.deepEqual(await titles(), ['Sum', 'Written here']);
  await page.getByRole('button', { name: 'Move Written here up' }).click();
  await page.waitForLoadState();
  assert.deepEqual(await titles(), ['Written here', 'Sum']);
  await page.getByRole('button', { name: 'Remove Sum' }).click();
  await page.waitForLoadState();
  assert.deepEqual(await titles(), ['Written here']);
  emma.assertClean();
  await emma.close();
});
