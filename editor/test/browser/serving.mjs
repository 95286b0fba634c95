// Serves the page of the editors from memory, under the policy that the server gives its own pages.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const here = (path) => new URL(path, import.meta.url);

/** The page's policy, read from the source of the server. */
export async function policy(nonce) {
  const source = await readFile(here('../../../src/server/headers.rs'), 'utf8');
  const [, written] = source.match(/pub fn page_policy[\s\S]*?format!\(\s*"([\s\S]*?)"\s*\)/);
  return written.replace(/\\\s+/g, '').replace('{nonce}', nonce).replace('{reload}', '');
}

/** The style of the site, joined as the build joins it. */
async function siteStyle() {
  const main = await readFile(here('../../../style/main.css'), 'utf8');
  const parts = main.split(/@import "([^"]+)";/);
  const joined = await Promise.all(
    parts.map((part, index) => (index % 2 === 0 ? part : readFile(here(`../../../style/${part}`), 'utf8'))),
  );
  return joined.join('');
}

/** Bundles the page with the editor and serves it; `close` ends it. */
export async function serve() {
  const { outputFiles } = await build({
    entryPoints: [{ in: fileURLToPath(here('page.mjs')), out: 'page' }],
    outdir: '/',
    bundle: true,
    format: 'esm',
    splitting: true,
    loader: { '.css': 'text' },
    write: false,
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [path, ['text/javascript', contents]]));
  files.set('/', ['text/html', await readFile(here('page.html'))]);
  files.set('/page.css', ['text/css', await readFile(here('page.css'))]);
  files.set('/style.css', ['text/css', await siteStyle()]);
  const header = await policy('unused');
  const server = createServer((request, response) => {
    const [type, content] = files.get(new URL(request.url, 'http://localhost').pathname) ?? [];
    response.writeHead(content ? 200 : 404, {
      'content-type': `${type ?? 'text/plain'}; charset=utf-8`,
      'content-security-policy': header,
    });
    response.end(content);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
