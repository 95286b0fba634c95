// The keys of Emacs, whose undo takes back one's own edits only.

import { Prec } from '@codemirror/state';
import { EmacsHandler, emacs } from '@replit/codemirror-emacs';

import { redo, undo } from '../undo.mjs';

EmacsHandler.bindKey('C-/|C-x u|S-C--|C-z', undo);
EmacsHandler.bindKey('S-C-/|S-C-x u|C--|S-C-z', redo);

export const emacsKeys = Prec.highest(emacs());
