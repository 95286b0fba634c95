// Undoing one's own edits and nobody else's: the commands that keys of every kind lead to.

import { yUndoManagerKeymap } from 'y-codemirror.next';

const [{ run: undo }, { run: redo }] = [
  yUndoManagerKeymap.find(({ key }) => key === 'Mod-z'),
  yUndoManagerKeymap.find(({ key }) => key === 'Mod-Shift-z'),
];

export { redo, undo };
