// The editor in a real browser, under the policy of the site's pages: two people write in one answer.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser } from '../../../end2end/support/browser.mjs';
import { serve } from './serving.mjs';

let browser;
let site;

before(async () => {
  site = await serve();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  site?.close();
});

/** A fresh browser at the page; what it complains of fails the test. */
async function visit({ path = '/', colorScheme = 'light', viewport = { width: 1280, height: 460 } } = {}) {
  const context = await browser.newContext({ colorScheme, viewport });
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(site.origin + path);
  await page.waitForFunction(() => ['ada', 'bo'].every((id) => window.page?.[id].state()?.loaded));
  return {
    page,
    content: (id) => page.locator(`#${id} .cm-content`),
    text: (id) => page.evaluate((who) => window.page[who].editor.text(), id),
    state: (id) => page.evaluate((who) => window.page[who].state(), id),
    /** Until both have the same, with `words` in it. */
    async agree(words) {
      await page.waitForFunction(
        (part) => {
          const [ada, bo] = ['ada', 'bo'].map((id) => window.page[id].editor.text());
          return ada === bo && ada.includes(part);
        },
        words,
        { timeout: 5_000 },
      );
    },
    async end() {
      assert.deepEqual(await page.evaluate(() => window.page.violations), []);
      assert.deepEqual(problems, []);
      await context.close();
    },
  };
}

const START = 'function solve(input) {\n  return input;\n}\n';

test('two people type at one place, agree at once, and undo their own', async () => {
  const { page, content, text, agree, state, end } = await visit();
  assert.equal(await text('bo'), START);
  await content('ada').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// Ada\n');
  await content('bo').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// Bo\n');
  await agree('// Bo\n// Ada\n');
  await content('ada').focus();
  await page.keyboard.press('Control+z');
  await agree(`// Bo\n${START}`);
  await page.keyboard.press('Control+y');
  await agree('// Ada');
  await page.waitForFunction(() => window.page.ada.state().waiting === 0);
  const { saved, kept, tooLong, language } = await state('ada');
  assert.deepEqual({ kept, tooLong, language }, { kept: true, tooLong: false, language: 'javascript' });
  assert.ok(saved > 0);
  await end();
});

test('carets and selections bear names and colours, and go with their people', async () => {
  const { page, content, end } = await visit();
  await content('ada').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+End');
  const caret = page.locator('#bo .caret.person-1');
  await caret.waitFor();
  assert.equal(await caret.textContent(), 'Ada Lovelace');
  await page.locator('#bo .selection.person-1').first().waitFor({ state: 'attached' });
  assert.equal(await page.locator('#ada .caret').count(), 0, 'nobody sees their own');
  const before = await caret.boundingBox();
  await content('bo').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('\n\n');
  await page.waitForFunction((top) => {
    const moved = document.querySelector('#bo').shadowRoot.querySelector('.caret.person-1');
    return moved.getBoundingClientRect().top > top + 20;
  }, before.y);
  await page.evaluate(() => window.page.bo.editor.setPeople([{ peer: 12, name: 'Bo', colour: 4 }]));
  await caret.waitFor({ state: 'detached' });
  await page.evaluate(() => window.page.bo.editor.setPeople([{ peer: 300, name: 'Ada', colour: 2 }]));
  await page.locator('#bo .caret.person-2').waitFor();
  await page.evaluate(() => window.page.ada.editor.close());
  await page.locator('#bo .caret').waitFor({ state: 'detached' });
  await end();
});

test('typing over what is selected leaves no style behind', async () => {
  const { page, content, agree, end } = await visit();
  await content('ada').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.type('x');
  await agree('functionx');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('const a = 1;\nconst b = 2;');
  await agree('const b');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.type('(');
  await agree('\n(const b = 2;)');
  await end();
});

test('a language is everybody\'s, and its starter replaces only what nobody touched', async () => {
  const { page, content, text, agree, state, end } = await visit();
  await page.evaluate(() => window.page.bo.editor.setLanguage('python'));
  await agree('def solve(text)');
  await page.locator('#ada .tok-keyword', { hasText: 'def' }).waitFor();
  assert.equal((await state('ada')).language, 'python');
  await content('ada').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# mine');
  await agree('# mine');
  await page.evaluate(() => window.page.bo.editor.setLanguage('rust'));
  await page.waitForFunction(() => window.page.ada.state().language === 'rust');
  assert.match(await text('ada'), /^def solve[\s\S]*# mine$/);
  for (const language of ['typescript', 'sql', 'c', 'cpp', 'java', 'go', 'plain', 'javascript']) {
    await page.evaluate((name) => window.page.bo.editor.setLanguage(name), language);
    await page.waitForFunction((name) => window.page.ada.state().language === name, language);
  }
  await end();
});

test('what is typed while cut off waits, says so, and arrives, also after the page was closed', async () => {
  const { page, content, agree, state, end } = await visit();
  await page.evaluate(() => window.page.ada.cut());
  await content('ada').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('abc');
  await page.waitForFunction(() => window.page.ada.state().waiting === 3);
  await page.evaluate(() => window.page.ada.connect());
  await agree('abcfunction');
  await page.waitForFunction(() => window.page.ada.state().waiting === 0);
  await page.evaluate(() => window.page.ada.cut());
  await page.keyboard.type('def');
  await page.waitForFunction(() => window.page.ada.state().waiting === 3);
  await page.evaluate(() => {
    window.page.ada.editor.close();
    window.page.ada = window.page.join('ada', 300);
  });
  await agree('abcdeffunction');
  await page.waitForFunction(() => window.page.ada.state().waiting === 0);
  assert.equal((await state('ada')).kept, true);
  await end();
});

test('what would be too long is refused as a whole, and said', async () => {
  const { page, content, text, agree, end } = await visit({ path: '/?kind=text' });
  await content('ada').focus();
  const paste = (words) =>
    content('ada').evaluate((target, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, words);
  await paste('面'.repeat(60_000) + '\r\nend');
  await agree('面\nend');
  await page.waitForFunction(() => window.page.ada.state().waiting === 0);
  await paste('试'.repeat(60_000));
  await page.waitForFunction(() => window.page.ada.state().tooLong);
  assert.equal((await text('ada')).length, 60_004);
  await page.keyboard.type('!');
  await page.waitForFunction(() => !window.page.ada.state().tooLong);
  await agree('end!');
  await end();
});

test('Escape and then Tab leaves; Tab alone indents; screen readers hear how', async () => {
  const { page, content, agree, end } = await visit();
  const described = await content('ada').evaluate((element) => {
    const id = element.getAttribute('aria-describedby');
    return [element.getAttribute('aria-label'), element.getRootNode().getElementById(id).textContent];
  });
  assert.deepEqual(described, ['Answer of Ada Lovelace', 'Press Escape and then Tab to leave the editor.']);
  await content('bo').focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Tab');
  await agree('  function solve');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'after');
  await end();
});

test('following goes where the other looks, until one scrolls or types', async () => {
  const { page, content, end } = await visit();
  await content('ada').focus();
  await page.keyboard.press('Control+Home');
  await page.evaluate(() => window.page.bo.editor.follow(300));
  await page.keyboard.insertText('line\n'.repeat(200));
  const top = () => page.locator('#bo .cm-scroller').evaluate((element) => element.scrollTop);
  await page.waitForFunction(
    () => document.querySelector('#bo').shadowRoot.querySelector('.cm-scroller').scrollTop > 2_000,
  );
  await page.keyboard.press('Control+Home');
  await page.waitForFunction(
    () => document.querySelector('#bo').shadowRoot.querySelector('.cm-scroller').scrollTop < 40,
  );
  assert.equal(await page.evaluate(() => window.page.bo.lost), 0);
  await page.locator('#bo .cm-scroller').hover();
  await page.mouse.wheel(0, 300);
  await page.waitForFunction(() => window.page.bo.lost === 1);
  const mine = await top();
  await page.keyboard.press('Control+End');
  await page.waitForTimeout(300);
  assert.ok((await top()) < 1_000, `${mine}, ${await top()}`);
  await end();
});

test('the keys of Vim and Emacs undo one\'s own edits', async () => {
  const { page, content, agree, end } = await visit();
  const keys = (name) =>
    page.evaluate((of) => window.page.ada.editor.setSettings({ fontSize: 16, theme: 'dark', keys: of }), name);
  await keys('vim');
  await page.locator('#ada .cm-vim-panel').waitFor();
  await content('bo').focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('// Bo');
  await content('ada').focus();
  await page.keyboard.type('ggO');
  await page.keyboard.type('// Ada');
  await page.keyboard.press('Escape');
  await agree('// Ada\nfunction');
  await page.keyboard.type('u');
  await agree(`${START}// Bo`);
  await keys('emacs');
  await page.locator('#ada .cm-vim-panel').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+e');
  await page.keyboard.type(' // end');
  await agree('// end');
  await page.keyboard.press('Control+/');
  await agree(`${START}// Bo`);
  await keys('default');
  await end();
});

test('who may only read can look, search and select, and change nothing', async () => {
  const { page, content, text, end } = await visit();
  await page.evaluate(() => {
    window.page.bo.editor.close();
    window.page.bo = window.page.join('bo', 12, { readOnly: true });
  });
  await page.waitForFunction(() => window.page.bo.state()?.loaded);
  await content('bo').focus();
  await page.keyboard.type('nothing');
  await page.keyboard.press('Control+f');
  await page.locator('#bo .cm-search input[placeholder="Find here"]').waitFor();
  assert.equal(await text('bo'), START);
  assert.equal(await content('bo').getAttribute('contenteditable'), 'false');
  await end();
});
