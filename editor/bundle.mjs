// Bundles the programs that pages load on demand: `node editor/bundle.mjs FOLDER [--small]` fills the folder, also with
// the licences of the libraries inside them.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

/** By the name under which a page loads it. */
const PROGRAMS = { editor: 'editor.mjs' };

const [folder, size] = process.argv.slice(2);
if (!folder) throw new Error('say where to');
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const { metafile } = await build({
  metafile: true,
  entryPoints: Object.entries(PROGRAMS).map(([out, path]) => ({ out, in: here(path) })),
  outdir: folder,
  bundle: true,
  format: 'esm',
  splitting: true,
  chunkNames: '[name]-[hash]',
  target: ['chrome105', 'firefox113', 'safari16.2'],
  loader: { '.css': 'text' },
  minify: size === '--small',
  charset: 'utf8',
  logLevel: 'warning',
});

/** The folders of the packages that went in, as paths from where this runs. */
const packages = new Set(
  Object.keys(metafile.inputs).flatMap((path) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []),
);
const licences = await Promise.all([...packages].sort().map(licence));
await writeFile(join(folder, 'licences.txt'), licences.join('\n'));

async function licence(of) {
  const { name, version, license } = JSON.parse(await readFile(join(of, 'package.json'), 'utf8'));
  const file = (await readdir(of)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? await readFile(join(of, file), 'utf8') : '';
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
