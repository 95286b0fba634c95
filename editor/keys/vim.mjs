// The keys of Vim, whose undo takes back one's own edits only.

import { CodeMirror, vim } from '@replit/codemirror-vim';

import { redo, undo } from '../undo.mjs';

CodeMirror.commands.undo = (editor) => undo(editor.cm6);
CodeMirror.commands.redo = (editor) => redo(editor.cm6);

export const vimKeys = vim({ status: true });
