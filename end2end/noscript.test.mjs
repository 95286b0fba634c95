// Everything up to the lobby works where no script runs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { book, signUp } from './support/people.mjs';
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

test('sign up, sign in, book and see the links without script', async () => {
  const anna = await newPerson(browser, { name: 'Anna', javaScriptEnabled: false });
  const { page } = anna;
  await signUp(anna, server.url, 'anna', 'Anna K.', { script: false });

  await page.goto(`${server.url}/settings`);
  await page.locator('form[action="/api/sign_out_everywhere"] button').click();
  await page.waitForURL('**/sign-in*');
  const form = page.locator('form[action="/api/sign_in"]');
  await form.locator('input[name="user_name"]').fill('anna');
  await form.locator('input[name="password"]').fill('wrong password');
  await form.locator('button').last().click();
  await page.locator('[role="alert"]').waitFor();
  assert.equal(await form.locator('input[name="user_name"]').inputValue(), 'anna', 'what was typed is kept');
  await form.locator('input[name="password"]').fill('correct horse battery');
  await form.locator('button').last().click();
  await page.waitForURL('**/interviews');

  // A mistake comes back at its field, with everything that was typed.
  await page.goto(`${server.url}/interviews/new`);
  await page.locator('input[name="form[title]"]').fill('Backend engineer');
  await page.locator('input[name="form[starts_at]"]').fill('2020-01-01T10:00');
  await page.locator('form.booking button.primary').click();
  await page.locator('[aria-invalid="true"][name="form[starts_at]"]').waitFor();
  assert.equal(await page.locator('input[name="form[title]"]').inputValue(), 'Backend engineer');

  const { number, guestLink } = await book(anna, server.url, { title: 'Backend engineer', startsAt: new Date() });
  assert.ok(guestLink.includes(`/join/${number}?key=`));

  const mei = await newPerson(browser, { name: 'Mei', javaScriptEnabled: false });
  await mei.page.goto(guestLink);
  const name = mei.page.locator('form[action="/api/join_as_guest"]');
  await name.locator('input[name="name"]').fill('Lin Mei');
  await name.locator('button').last().click();
  await mei.page.waitForURL(`**/join/${number}`);
  assert.match(await mei.page.locator('main').innerText(), /Backend engineer/);
  assert.match(await mei.page.locator('main').innerText(), /JavaScript/);
  anna.assertClean();
  await anna.close();
  mei.assertClean();
  await mei.close();
});
