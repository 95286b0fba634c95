// The extensions that every answer's editor is made of, whatever its language, keys and person.

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  dropCursor,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next';

import { remoteCursors } from './cursors.mjs';
import { limit } from './limit.mjs';
import { replacing } from './replacing.mjs';
import { highlighting } from './theme.mjs';

/** The id of the sentence that says how to leave the editor by keyboard. */
export const LEAVE = 'leave';

/** What stays the same as long as an answer is open. */
export function setup({ kind, text, undoManager, labels, onVerdict }) {
  return [
    // Lengths agree with the shared text only if nothing but a line feed ends a line.
    EditorState.lineSeparator.of('\n'),
    EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, '\n')),
    EditorState.tabSize.of(4),
    EditorState.allowMultipleSelections.of(true),
    EditorState.phrases.of(labels.phrases ?? {}),
    limit(onVerdict),
    replacing,
    yCollab(text, null, { undoManager }),
    kind === 'coding' ? coding() : writing(),
    highlightSpecialChars(),
    drawSelection(),
    dropCursor(),
    search({ top: true }),
    highlightSelectionMatches({ minSelectionLength: 2 }),
    highlighting,
    remoteCursors,
    EditorView.contentAttributes.of({ 'aria-label': labels.name ?? '', 'aria-describedby': LEAVE, tabindex: '0' }),
    keymap.of([...closeBracketsKeymap, ...yUndoManagerKeymap, ...searchKeymap, ...defaultKeymap, indentWithTab]),
  ];
}

function coding() {
  return [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    rectangularSelection(),
    EditorView.contentAttributes.of({ autocapitalize: 'off', autocorrect: 'off', spellcheck: 'false' }),
  ];
}

function writing() {
  const attributes = { spellcheck: 'true', autocapitalize: 'sentences' };
  return [EditorView.lineWrapping, EditorView.contentAttributes.of(attributes)];
}
