// Rules for the editor's files that a program can check.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = readdirSync(`${root}editor`, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => ({ name, text: readFileSync(`${root}editor/${name}`, 'utf8') }));

test('files are short and say what they own', () => {
  assert.ok(files.length > 20);
  for (const { name, text } of files) {
    assert.match(text, /^\/\/ [A-Z]/, name);
    assert.ok(text.split('\n').length <= 400, name);
    assert.ok(text.split('\n').every((line) => line.length <= 120), `${name}: a line is too long`);
  }
});

test('nothing sets a style attribute', () => {
  for (const { name, text } of files) {
    if (name.startsWith('test')) continue;
    assert.doesNotMatch(text, /setAttribute\(\s*['"]style|attributes:\s*\{[^}]*style|createElement\(['"]style/, name);
  }
});

test('there is one copy of each library of which two would not work together', () => {
  const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'));
  const names = Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1));
  const single = names.filter((name) => /^(@codemirror\/|@lezer\/|yjs$|lib0$|style-mod$)/.test(name));
  assert.ok(single.length > 20);
  assert.equal(new Set(single).size, single.length);
});
