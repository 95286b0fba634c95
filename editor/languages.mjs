// Which languages are coloured and indented. Each is loaded when it is first needed.

const LOADERS = {
  javascript: () => import('./languages/javascript.mjs').then((module) => module.javascript),
  typescript: () => import('./languages/javascript.mjs').then((module) => module.typescript),
  python: () => import('./languages/python.mjs').then((module) => module.python),
  sql: () => import('./languages/sql.mjs').then((module) => module.sql),
  c: () => import('./languages/cpp.mjs').then((module) => module.cpp),
  cpp: () => import('./languages/cpp.mjs').then((module) => module.cpp),
  java: () => import('./languages/java.mjs').then((module) => module.java),
  go: () => import('./languages/go.mjs').then((module) => module.go),
  rust: () => import('./languages/rust.mjs').then((module) => module.rust),
  markdown: () => import('./languages/markdown.mjs').then((module) => module.markdown),
};

/** The extension for a language; nothing for plain text, or when it cannot be loaded now. */
export async function loadLanguage(name) {
  // The name comes from the shared document, into which others write too.
  if (!Object.hasOwn(LOADERS, name)) return [];
  try {
    return await LOADERS[name]();
  } catch (error) {
    console.error('a language cannot be loaded', error);
    return [];
  }
}
