// Whose keys the editor understands: its own, or those of Vim or Emacs, which are loaded when somebody wants them.

const LOADERS = {
  vim: () => import('./keys/vim.mjs').then((module) => module.vimKeys),
  emacs: () => import('./keys/emacs.mjs').then((module) => module.emacsKeys),
};

/** The extension for a name of keys; nothing for `default`, or when it cannot be loaded now. */
export async function loadKeys(name) {
  try {
    return (await LOADERS[name]?.()) ?? [];
  } catch (error) {
    console.error('the keys cannot be loaded', error);
    return [];
  }
}
