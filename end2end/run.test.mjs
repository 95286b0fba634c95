// Code runs in the page's sandbox, offline and without a right to anything: every language, every limit.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { Proxy } from './support/proxy.mjs';
import { Server } from './support/server.mjs';

/** An execution may take five seconds; its end is seen within one more. */
const LOOP_ENDED_MS = 6_000;
/** What ends by itself may take longer than that on a slow machine. */
const limitMs = 30_000;
/** For no longer may a page's own timers stand still, whatever goes on in a sandbox. */
const PAUSE_MS = 4_000;

let server;
let proxy;
let browser;
let person;

before(async () => {
  server = await Server.start();
  proxy = await Proxy.start(server.url);
  browser = await launchBrowser();
  person = await newPerson(browser, { name: 'Ada', baseURL: proxy.url });
  await person.page.goto('/sign-in');
});

after(async () => {
  person?.assertClean();
  await browser?.close();
  await proxy?.close();
  await server?.close();
});

/** Runs it to its end: the last report, with how often it reported, and the longest pause of the page's own timers. */
function run(options, { stopAfter = null, of = person } = {}) {
  return of.page.evaluate(async ([options, stopAfter]) => {
    const style = document.querySelector('link[rel="stylesheet"][href*="/pkg/"]').href;
    const { startRun } = await import(new URL('run.js', style).href);
    const begun = performance.now();
    const seen = { reports: 0, pause: 0, progress: [] };
    let last = begun;
    const clock = setInterval(() => {
      seen.pause = Math.max(seen.pause, performance.now() - last);
      last = performance.now();
    }, 20);
    const end = await new Promise((resolve) => {
      const running = startRun({
        ...options,
        onProgress: (progress) => seen.progress.push(progress),
        onChange: (report) => {
          seen.reports += 1;
          if (report.state === 'running' && stopAfter !== null && report.milliseconds >= stopAfter) running.stop();
          if (report.state !== 'running') resolve(report);
        },
      });
      if (stopAfter !== null) setTimeout(() => running.stop(), stopAfter + 2_000);
    });
    clearInterval(clock);
    return { ...end, ...seen, wall: performance.now() - begun };
  }, [options, stopAfter]);
}

const javascript = (code, more) => run({ language: 'javascript', code, limitMs, ...more });
const python = (code, more) => run({ language: 'python', code, limitMs, ...more });
const sql = (code, more) => run({ language: 'sql', code, limitMs, ...more });
const on = (report, stream) => report.output.filter((part) => part.stream === stream).map((part) => part.text).join('');

function expect(report, state, out = null) {
  assert.equal(report.state, state, JSON.stringify(report.output));
  if (out !== null) assert.equal(on(report, 'out'), out);
}

test('the page of the sandbox has no origin and may load nothing', async () => {
  const page = await fetch(`${server.url}/run/sandbox.html`);
  assert.equal(page.status, 200);
  const policy = page.headers.get('content-security-policy').split('; ');
  const [scripts] = policy.splice(2, 1);
  assert.match(scripts, /^script-src 'sha256-[\w+/]{43}=' blob: 'wasm-unsafe-eval'$/);
  assert.deepEqual(policy, [
    'sandbox allow-scripts', "default-src 'none'", 'worker-src blob:', "base-uri 'none'", "form-action 'none'",
    "frame-ancestors 'self'",
  ]);
  assert.equal((await fetch(`${server.url}/run/sandbox.js`)).status, 404);
  const { python: pack } = await (await fetch(`${server.url}/run/packs.json`)).json();
  for (const { path, bytes } of pack.files) {
    const file = await fetch(`${server.url}/run/${path}`);
    assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable', path);
    assert.equal((await file.arrayBuffer()).byteLength, bytes, path);
  }
});

test('JavaScript and TypeScript', async () => {
  const greeting = await javascript('console.log("hi", { a: 1, b: [1, 2] });\nconsole.error("oh");\n'
    + 'setTimeout(() => console.log(readLine(), readLine(), readLine(), input.length), 20);', { stdin: 'one\ntwo\n' });
  expect(greeting, 'done', 'hi { a: 1, b: [ 1, 2 ] }\none two null 8\n');
  assert.equal(on(greeting, 'error'), 'oh\n');

  const broken = await javascript('function read(x) {\n  return x.y.z;\n}\nread({});');
  expect(broken, 'failed');
  assert.match(on(broken, 'error'), /^TypeError: .*\n {4}at read \(main\.js:2:14\)\n {4}at main\.js:4:1\n$/);
  assert.match(on(await javascript('const a = 1;\nconst b = ;\n'), 'error'), /^SyntaxError: .* \(main\.js:2\)\n$/);
  assert.match(on(await javascript('Promise.reject(new Error("lost"));'), 'error'), /^Error: lost\n/);
  expect(await javascript('export const a = await Promise.resolve(3);\nconsole.log(a);'), 'done', '3\n');

  const typed = await run({
    language: 'typescript',
    code: 'interface Point { x: number }\nenum Size { Small = 4 }\nconst at: Point = { x: 3 };\n'
      + 'console.log(at.x as number, Size.Small);',
  });
  expect(typed, 'done', '3 4\n');
  assert.match(on(await run({ language: 'typescript', code: 'let a: = 3' }), 'error'), /^SyntaxError: .*1:8/);
});

test('SQL', async () => {
  const stdin = "create table town (name text, people int); insert into town values ('Bonn', 3), ('Rome', null);";
  const chosen = await sql('select name, people, 1.0 as x from town order by name; select 1 where 0;', { stdin });
  expect(chosen, 'done');
  const tables = chosen.output.map((part) => ({ stream: part.stream, ...JSON.parse(part.text) }));
  assert.deepEqual(tables, [
    { stream: 'table', columns: ['name', 'people', 'x'], rows: [['Bonn', '3', '1.0'], ['Rome', null, '1.0']], more: 0 },
    { stream: 'table', columns: ['1'], rows: [], more: 0 },
  ]);
  const many = await sql('with recursive c(i) as (select 1 union all select i + 1 from c limit 5000) select i from c');
  const { rows, more } = JSON.parse(many.output[0].text);
  assert.equal(rows.length + more, 5000);
  assert.equal(rows.length, 200);
  expect(await sql('select * from nowhere'), 'failed');
});

test('Python, from nothing and again', async () => {
  const code = 'import sys, asyncio\nname = input()\nprint("hello", name)\nprint(sys.stdin.read(), end="")\n'
    + 'print("oh", file=sys.stderr)\nasync def main():\n    await asyncio.sleep(0)\n'
    + '    print(__name__)\nasyncio.run(main())';
  const first = await python(code, { stdin: 'Ada\n一\n二\n' });
  expect(first, 'done', 'hello Ada\n一\n二\n__main__\n');
  assert.equal(on(first, 'error'), 'oh\n');
  const { loaded, total } = first.progress.at(-1);
  assert.ok(loaded === total && total > 10_000_000, `${loaded} of ${total}`);
  assert.ok(first.progress.every((step, place, all) => place === 0 || step.loaded >= all[place - 1].loaded));

  const again = await python('def read(x):\n    return x[1]\n\nprint("a", end="")\nread([])');
  expect(again, 'failed', 'a');
  assert.match(on(again, 'error'), /^Traceback .*\n {2}File "main.py", line 5, in <module>\n/);
  assert.match(on(again, 'error'), /\nIndexError: list index out of range\n$/);
  assert.ok(!on(again, 'error').includes('pyodide'), 'only frames of the code');
  expect(await python('import sys\nprint("x")\nsys.exit(3)'), 'failed', 'x\n');
  expect(await python('import sqlite3, decimal, dataclasses, heapq\nraise SystemExit'), 'done', '');
  assert.ok(proxy.paths.filter((path) => path.endsWith('/pyodide.asm.wasm')).length === 1, 'it was fetched once');
});

test('examples run for themselves and are compared', async () => {
  const counting = 'globalThis.runs = (globalThis.runs ?? 0) + 1;\nconsole.log(Number(input) * 2, runs);';
  const double = await javascript(counting, {
    examples: [{ input: '1\n', output: '2 1' }, { input: '2', output: '4 1  \n\n' }, { input: '3', output: '7 1' }],
  });
  expect(double, 'done', '');
  assert.deepEqual(double.tests.map((one) => one.passed), [true, true, false]);
  assert.deepEqual(double.tests[2], { passed: false, input: '3', expected: '7 1', got: '6 1\n' });

  const marking = 'import builtins\nprint(int(input()) * 2, getattr(builtins, "seen", 0))\nbuiltins.seen = 1';
  const fresh = await python(marking, {
    examples: [{ input: '1', output: '2 0' }, { input: '2', output: '4 0' }, { input: 'x', output: '' }],
  });
  assert.deepEqual(fresh.tests.map((one) => one.passed), [true, true, false], 'what failed has not passed');
  assert.match(on(fresh, 'error'), /ValueError/);

  const table = 'create table t (a, b);';
  const rows = await sql('select a, b from t order by a', {
    examples: [
      { input: `${table} insert into t values (2, null), (1, 'x,y');`, output: '1,"x,y"\n2,' },
      { input: table, output: '' },
      { input: table, output: '1' },
    ],
  });
  assert.deepEqual(rows.tests.map((one) => one.passed), [true, true, false]);
});

test('an endless loop is ended, also by hand', async () => {
  const loops = {
    javascript: 'console.log("before");\nfor (;;);',
    typescript: 'console.log("before");\nfor (;;);',
    python: 'print("before")\nwhile True: pass',
    sql: 'with recursive c(i) as (select 1 union all select i + 1 from c) select count(*) from c',
  };
  for (const [language, code] of Object.entries(loops)) {
    const ended = await run({ language, code });
    expect(ended, 'timed_out', language === 'sql' ? '' : 'before\n');
    assert.ok(ended.milliseconds <= LOOP_ENDED_MS, `${language}: ${ended.milliseconds} ms`);
    const stopped = await run({ language, code }, { stopAfter: 300 });
    expect(stopped, 'stopped');
    const examples = [{ input: '', output: '' }, { input: '', output: '' }];
    const ofExamples = await run({ language, code, limitMs: 500, examples });
    expect(ofExamples, 'timed_out');
    assert.equal(ofExamples.tests.length, 1, 'the others would not end either');
  }
});

test('output is cut, and reports stay few and small', async () => {
  const endless = 'for (let i = 0; ; i += 1) { console.log("é\\n\\0".repeat(9)); console.error(i); }';
  const flood = await javascript(endless, { limitMs: 1500 });
  expect(flood, 'timed_out');
  assert.ok(on(flood, 'error').endsWith('\nFurther output was not kept.'));
  assert.ok(flood.reports <= 10, `${flood.reports} reports`);
  const size = ({ output, tests }) => Buffer.byteLength(JSON.stringify({ output, tests }));
  assert.ok(size(flood) <= 32 * 1024, `${size(flood)} bytes`);
  const wide = '面试'.repeat(4_000);
  const examples = [{ input: wide, output: wide }, { input: wide, output: `${wide}x` }];
  const large = await python('print(input())', { examples });
  assert.deepEqual(large.tests.map((one) => one.passed), [true, false], 'compared whole, shown in part');
  assert.ok(size(large) <= 32 * 1024, `${size(large)} bytes`);
});

test('the code reaches nothing', async () => {
  await person.page.context().addCookies([{ name: 'secret', value: '1', url: proxy.url }]);
  await person.page.evaluate(() => localStorage.setItem('secret', '1'));
  const asked = proxy.paths.length;
  const code = `
    const reached = [];
    const attempt = async (name, action) => {
      try { reached.push(name + ' ' + await action()); } catch {}
    };
    const event = (target, good) => new Promise((resolve, reject) => {
      target.onerror = reject;
      target[good] = resolve;
    });
    const inner = (text) => event(new Worker(URL.createObjectURL(new Blob([text]))), 'onmessage')
      .then(({ data }) => data || Promise.reject());
    const home = ${JSON.stringify(proxy.url)};
    await attempt('fetch', () => fetch(home + '/'));
    await attempt('fetch with cookies', () => fetch(home + '/run/packs.json', { credentials: 'include' }));
    await attempt('fetch elsewhere', () => fetch('http://127.0.0.1:1/', { mode: 'no-cors' }));
    await attempt('request', () => {
      const request = new XMLHttpRequest();
      request.open('GET', home + '/run/python.js');
      request.send();
      return event(request, 'onload');
    });
    await attempt('socket', () => event(new WebSocket(home.replace('http', 'ws') + '/check/socket'), 'onopen'));
    await attempt('events', () => event(new EventSource(home + '/'), 'onopen'));
    await attempt('import', () => import(home + '/run/python.js'));
    await attempt('import of data', () => import('data:text/javascript,export default 1'));
    await attempt('scripts', () => importScripts(home + '/run/python.js'));
    await attempt('worker', () => event(new Worker(home + '/run/python.js'), 'onmessage'));
    await attempt('fetch of a worker', () => inner(
      'fetch("' + home + '/").then(() => postMessage(1), () => postMessage(0))'));
    await attempt('script of a worker', () => inner(
      'try { importScripts("' + home + '/run/python.js"); postMessage(1) } catch { postMessage(0) }'));
    await attempt('font', () => new FontFace('x', 'url(' + home + '/x)').load());
    await attempt('database', () => event(indexedDB.open('x'), 'onsuccess'));
    await attempt('caches', () => caches.open('x'));
    await attempt('files', () => navigator.storage.getDirectory());
    await attempt('cookies', () => cookieStore.getAll());
    await attempt('locks', () => navigator.locks.request('x', () => 1));
    await attempt('service', () => navigator.serviceWorker.getRegistrations());
    const ofPages = ['window', 'document', 'parent', 'top', 'localStorage', 'sessionStorage', 'RTCPeerConnection'];
    for (const name of ofPages) {
      await attempt(name, () => (name in self ? 1 : Promise.reject()));
    }
    await attempt('eval', () => eval('1'));
    await attempt('Function', () => Function('return 1')());
    await attempt('post', () => postMessage('x') ?? 1);
    console.log(self.origin, location.protocol, JSON.stringify(reached));`;
  expect(await javascript(code), 'done', 'null blob: []\n');

  const fromPython = await python('import js\nfrom pyodide.http import pyfetch\n'
    + 'for reach in ("/", "/run/packs.json"):\n    try:\n'
    + `        await pyfetch("${proxy.url}" + reach)\n        print("reached")\n    except Exception as error:\n`
    + '        print("refused")\nprint(hasattr(js, "document"), hasattr(js, "localStorage"), js.self.origin)');
  expect(fromPython, 'done', 'refused\nrefused\nFalse False null\n');
  const own = new Set(['run.js', 'packs.json', 'javascript.js', 'python.js', 'sandbox.html']);
  const foreign = proxy.paths.slice(asked).filter((path) => !own.has(path.split('/').pop()));
  assert.deepEqual(foreign, [], 'nothing was asked of the server');
  const scripts = proxy.paths.slice(asked).filter((path) => /^\/run\/[^/]+$/.test(path));
  assert.deepEqual(scripts, [], 'not even what it serves to everybody');
});

test('memory and messages have bounds, and the page lives', async () => {
  const greedy = await python('kept = []\nwhile True: kept.append(bytearray(10_000_000))');
  expect(greedy, 'failed');
  assert.match(on(greedy, 'error'), /MemoryError\n$/);
  const stored = await sql('create table t (x); with recursive c(i) as (select 1 union all select i + 1 from c) '
    + 'insert into t select zeroblob(1000000) from c');
  expect(stored, 'failed');
  assert.match(on(stored, 'error'), /full|memory/);
  const hoarding = 'const kept = []; for (;;) kept.push({ x: Math.random(), y: [1, 2, 3] });';
  const heap = await javascript(hoarding, { limitMs: 5_000 });
  assert.ok(['failed', 'timed_out'].includes(heap.state), heap.state);
  const strings = await javascript('let text = "x"; for (;;) text += text;');
  expect(strings, 'failed');
  expect(await python('import os\nos.abort()'), 'failed');
  expect(await python('import os\nos._exit(0)'), 'done');

  // A worker of the code's own has its own way to post, but only to the code.
  const posting = 'const text = "for (;;) postMessage(\'x\'.repeat(1e5))";\n'
    + 'new Worker(URL.createObjectURL(new Blob([text]))).onmessage = () => {};\nsetTimeout(() => {}, 60_000);';
  const inner = await javascript(posting, { limitMs: 2000 });
  expect(inner, 'timed_out');
  assert.ok(inner.pause < PAUSE_MS, `the page stood still for ${inner.pause} ms`);
  expect(await javascript('console.log("still here")'), 'done', 'still here\n');
  assert.equal(await person.page.locator('iframe').count(), 1, 'one sandbox waits, the others are gone');
});

/** Somebody whose browser got another worker, or another sandbox, than the server's; `code` says what it does. */
async function withForged(context, file, answer) {
  const victim = await newPerson(browser, { name: 'Vic', baseURL: proxy.url });
  context.after(() => victim.close());
  await victim.page.route(`**/run/**/${file}`, (route) => route.fulfill(answer));
  await victim.page.goto('/sign-in');
  return (code) => run({ language: 'javascript', code, limitMs }, { of: victim });
}

test('a worker that lies or floods harms nobody', async (context) => {
  const body = `self.onmessage = ({ ports: [port] }) => {
    port.postMessage(['ready', null]);
    const say = (text) => port.postMessage(['parts', [['out', text]]]);
    port.onmessage = ({ data: { code } }) => ({
      flood() { for (;;) say('x'); },
      heavy() { for (;;) say('x'.repeat(60_000)); },
      huge() { say('x'.repeat(3e8)); },
      many() { port.postMessage(['parts', Array(1e6).fill(['out', 'x'])]); },
      strange() { port.postMessage(['parts', [['out', { toString: 1 }]]]); },
      other() { for (;;) self.postMessage('x'.repeat(1e6)); },
      lie() { say('proved'); port.postMessage(['end', true, null]); port.postMessage(['end', false, null]); },
    })[code]();
  };`;
  const forged = await withForged(context, 'javascript.js', { contentType: 'text/javascript', body });
  for (const code of ['flood', 'heavy', 'huge', 'many', 'strange', 'other']) {
    const ended = await forged(code);
    expect(ended, 'failed');
    // One huge text may keep its frame busy for so long that it counts as gone.
    assert.match(on(ended, 'error'), code === 'huge' ? /sent too much|ended unexpectedly/ : /sent too much/, code);
    assert.ok(ended.pause < PAUSE_MS, `${code}: the page stood still for ${ended.pause} ms`);
  }
  expect(await forged('lie'), 'done', 'proved');
});

test('a sandbox that lies or floods harms nobody either', async (context) => {
  const body = `<!DOCTYPE html><script>addEventListener('message', ({ ports: [port] }) => {
    port.postMessage(['ready', null]);
    port.onmessage = ({ data: [kind, task] }) => kind === 'run' && ({
      flood() { for (let i = 0; i < 1e5; i += 1) port.postMessage(['pong', i], []), port.postMessage(['parts', []]); },
      strange() { port.postMessage({ kind: 'end' }); },
      table() { port.postMessage(['parts', [['table', '{"columns":["<b>"],"rows":[[{}]]}']]]); },
      silent() {},
    })[task.code]();
  });</script>`;
  const forged = await withForged(context, 'sandbox.html', { contentType: 'text/html', body });
  for (const code of ['flood', 'strange', 'table']) {
    const ended = await forged(code);
    expect(ended, 'failed');
    assert.match(on(ended, 'error'), /sent too much/, code);
  }
  const silent = await forged('silent');
  expect(silent, 'failed');
  assert.match(on(silent, 'error'), /ended unexpectedly/);
});

test('pages of other sites cannot frame the sandbox', async (context) => {
  const stranger = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(`<!DOCTYPE html><link rel="icon" href="data:,"><iframe src="${server.url}/run/sandbox.html"></iframe>`);
  });
  await new Promise((resolve) => { stranger.listen(0, '127.0.0.1', resolve); });
  context.after(() => stranger.close());
  const visitor = await browser.newContext();
  context.after(() => visitor.close());
  const page = await visitor.newPage();
  await page.goto(`http://127.0.0.1:${stranger.address().port}/`);
  await page.waitForFunction(() => document.readyState === 'complete');
  assert.match(page.frames()[1].url(), /^chrome-error:/);
});
