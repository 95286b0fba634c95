// Bundles the programs that pages load on demand: `node editor/bundle.mjs FOLDER [--small]` fills the folder.

import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

/** By the name under which a page loads it. */
const PROGRAMS = { editor: 'editor.mjs' };

const [folder, size] = process.argv.slice(2);
if (!folder) throw new Error('say where to');
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

await build({
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
