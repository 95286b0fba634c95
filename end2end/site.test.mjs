// The site as a browser and a cache see it: every file the sign-in page needs, compressed and cached.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { Server } from './support/server.mjs';

let server;
before(async () => {
  server = await Server.start();
});
after(() => server.close());

test('files with a version in their address are compressed and kept for ever', async () => {
  const page = await (await fetch(`${server.url}/sign-in`)).text();
  const address = (suffix) => new RegExp(`"(/pkg/[0-9a-f]{16}/colloquy\\.${suffix})"`).exec(page)?.[1];
  const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', wasm: 'application/wasm' };
  for (const [suffix, type] of Object.entries(types)) {
    const path = address(suffix);
    assert.ok(path, `the page names colloquy.${suffix}`);
    for (const encoding of ['br', 'gzip']) {
      const headers = { 'accept-encoding': encoding };
      const answer = await fetch(server.url + path, { headers });
      assert.equal(answer.status, 200, path);
      assert.equal(answer.headers.get('content-encoding'), encoding, path);
      assert.equal(answer.headers.get('content-type'), type);
      assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
      assert.equal(answer.headers.get('vary'), 'accept-encoding');
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.ok((await answer.arrayBuffer()).byteLength > 0);

      headers['if-none-match'] = answer.headers.get('etag');
      assert.equal((await fetch(server.url + path, { headers })).status, 304, path);
    }
    assert.equal((await fetch(server.url + path.replace(/[0-9a-f]{16}/, '0'.repeat(16)))).status, 404);
    const plain = await fetch(`${server.url}/pkg/colloquy.${suffix}`);
    assert.equal(plain.headers.get('cache-control'), 'no-cache');
  }
});

test('the icon and the word to robots are at the root', async () => {
  const icon = await fetch(`${server.url}/icon.svg`);
  assert.equal(icon.headers.get('content-type'), 'image/svg+xml');
  const robots = await (await fetch(`${server.url}/robots.txt`)).text();
  assert.match(robots, /Disallow: \/$/m);
});

test('the client program takes over the page, and again after a restart', async (context) => {
  const browser = await launchBrowser();
  context.after(() => browser.close());
  const person = await newPerson(browser, { name: 'Ada', baseURL: server.url });
  const loaded = () =>
    performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('.wasm') && entry.responseEnd > 0);
  await person.page.goto('/sign-in');
  await person.until(loaded);
  await server.restart();
  await person.page.reload();
  await person.until(loaded);
  person.assertClean();
});
