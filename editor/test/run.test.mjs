// What the page makes of a run, whatever its sandbox sends.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readMessage } from '../run/check.mjs';
import { REPORT_BYTES } from '../run/limits.mjs';
import { fitting, Output, testOf } from '../run/report.mjs';
import { beginning, cost, matches } from '../run/text.mjs';
import { csvLine, tableText } from '../run/worker/table.mjs';
import { display } from '../run/worker/inspect.mjs';
import { frames } from '../run/worker/traceback.mjs';

const bytes = (value) => Buffer.byteLength(JSON.stringify(value));

test('what a sandbox sends is checked, whatever it is', () => {
  const table = (value) => ['parts', [['table', JSON.stringify(value)]]];
  const refused = [
    null, 1, 'end', {}, [], ['no'], ['parts'], ['parts', 'x'], ['parts', [['out', 1]]], ['parts', [['other', 'x']]],
    ['parts', [['out', 'x', 'y']]], ['parts', [['out', 'x'.repeat(65_537)]]],
    ['parts', Array(1_001).fill(['out', 'x'])],
    ['parts', [['table', '{']]], table(null), table([]), table({ columns: ['a'], rows: [[]] }),
    table({ columns: ['a'], rows: [[{}]] }), table({ columns: ['a'], rows: Array(201).fill(['x']) }),
    table({ columns: Array(61).fill('a'), rows: [] }), table({ columns: ['a'], rows: [['x'.repeat(502)]] }),
    table({ columns: ['a'], rows: [], more: -1 }), ['end'], ['end', 1], ['end', true, '', 1], ['pong', -1],
    ['pong', NaN],
  ];
  for (const message of refused) assert.equal(readMessage(message), null, JSON.stringify(message)?.slice(0, 80));
  const half = readMessage(['parts', [['out', 'a\ud800']]]);
  assert.deepEqual(half.parts, [{ stream: 'out', text: 'a\ufffd' }], 'halves of characters are no text');
  assert.deepEqual(readMessage(['end', true, { length: 1 }]), { kind: 'end', ok: true, result: null });
});

test('text is cut between characters, by what it costs as JSON', () => {
  const check = (text, room, expected) => assert.equal(beginning(text, room), expected, `${text} in ${room}`);
  check('abc', 3, 'abc');
  check('abc', 2, 'ab');
  check('abc', 0, '');
  check('a\n\u0000', 3, 'a\n');
  check('面试', 5, '面');
  check('a😀😀', 8, 'a😀');
  check('😀', 3, '');
  assert.equal(cost('é\n"'), 6);
});

test('white space at ends does not count, all else does', () => {
  const check = (got, expected, same) => assert.equal(matches(got, expected), same, JSON.stringify([got, expected]));
  check('a\nb\n', 'a\nb', true);
  check('a  \r\nb\t\n\n', 'a\nb', true);
  check('', '\n', true);
  check(' a', 'a', false);
  check('a\n\nb', 'a\nb', false);
  check('a b', 'a  b', false);
});

test('a report always fits, and says when it was cut', () => {
  const random = (seed) => () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let seed = 1; seed <= 60; seed += 1) {
    const draw = random(seed);
    const pieces = ['x', 'é', '面试', '\n', '\u0000', '"', '😀'];
    const text = (most) => pieces[Math.floor(draw() * pieces.length)].repeat(Math.floor(draw() * most));
    const tests = Array.from({ length: Math.floor(draw() * 21) }, () =>
      testOf({ input: text(9_000), output: text(9_000) }, text(60_000), true));
    const output = new Output('Cut.', tests.length > 0);
    for (let at = 0; at < 900; at += 1) {
      if (draw() < 0.1) output.addTable({ columns: ['a'], rows: Array(50).fill([text(200)]), more: 3 });
      else output.addText(draw() < 0.5 ? 'out' : 'error', text(draw() < 0.01 ? 40_000 : 60));
    }
    output.close('The end.');
    const report = { output: output.parts, tests: fitting(tests) };
    assert.ok(bytes(report) <= REPORT_BYTES + 100, `seed ${seed}: ${bytes(report)} bytes`);
    assert.ok(report.output.some((part) => part.text === '\nCut.'), 'cut');
    assert.match(report.output.at(-1).text, /The end\.$/);
    assert.equal(report.tests.length, tests.length);
  }
});

test('what fits is kept whole', () => {
  const output = new Output('Cut.', false);
  output.addText('out', 'a');
  output.addText('out', 'b\n');
  output.addText('error', 'c');
  output.addTable({ columns: ['n'], rows: [['1'], [null]], more: 0 });
  assert.deepEqual(output.parts, [
    { stream: 'out', text: 'ab\n' },
    { stream: 'error', text: 'c' },
    { stream: 'table', text: '{"columns":["n"],"rows":[["1"],[null]],"more":0}' },
  ]);
  const tests = [testOf({ input: 'i', output: 'o\n' }, 'o', true), testOf({ input: '', output: 'o' }, 'o', false)];
  assert.deepEqual(fitting(tests).map((one) => one.passed), [true, false]);
});

test('tables and rows are written as they are read', () => {
  assert.equal(csvLine(['a', null, 'b,c', 'd"e', 'f\ng', '']), 'a,,"b,c","d""e","f\ng",');
  const rows = Array.from({ length: 500 }, (_, row) => [String(row), 'x'.repeat(600)]);
  const { rows: shown, more } = JSON.parse(tableText(['n', 'x'], rows, 900));
  assert.ok(shown.length < 40 && shown.length + more === 900);
  assert.equal(shown[0][1].length, 501);
});

test('values are shown as Node shows them', () => {
  const check = (value, expected) => assert.equal(display(value), expected);
  check('text', 'text');
  check(['text', -0, 10n, null, undefined], "[ 'text', -0, 10n, null, undefined ]");
  check({ a: { b: { c: { d: 1 } } } }, '{ a: { b: { c: [Object] } } }');
  check(new Map([['k', [1]]]), "Map(1) { 'k' => [ 1 ] }");
  check(new Set(), 'Set(0) {}');
  check([1, , 3], '[ 1, <1 empty item>, 3 ]');
  check({ "it's": 1, get x() { return 1; } }, "{ \"it's\": 1, x: [Getter] }");
  check(class A {}, '[class A]');
  check(() => {}, '[Function (anonymous)]');
  const circle = { name: 'c' };
  circle.self = circle;
  check(circle, "{ name: 'c', self: [Circular] }");
  check(new Float64Array([1, 2]), 'Float64Array(2) [ 1, 2 ]');
});

test('a traceback keeps the frames of the code', () => {
  const text = 'Traceback (most recent call last):\n  File "/lib/python314.zip/_pyodide/_base.py", line 1, in run\n'
    + '    await it()\n    ^^^^\n  File "main.py", line 2, in <module>\n    f()\n'
    + '  File "/lib/python314.zip/json/x.py", line 3, in g\n    h()\nValueError: no\n';
  assert.equal(frames(text), 'Traceback (most recent call last):\n  File "main.py", line 2, in <module>\n    f()\n'
    + '  File "/lib/python314.zip/json/x.py", line 3, in g\n    h()\nValueError: no\n');
});
