// How the editor looks: one sheet for its shadow root, which goes by the page's custom properties, and its settings.

import { syntaxHighlighting } from '@codemirror/language';
import { classHighlighter } from '@lezer/highlight';

import css from './editor.css';

const SMALLEST = 10;
const LARGEST = 32;
const NORMAL = 14;

let sheet = null;

/** Names the parts of code by classes, which the sheet colours. */
export const highlighting = syntaxHighlighting(classHighlighter);

/** Gives a shadow root the sheet, behind those that CodeMirror adds. */
export function dress(root) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  root.adoptedStyleSheets = [sheet];
}

/** `auto` goes with the page. The properties are set one by one, which the page's policy allows. */
export function applySettings(frame, { theme = 'auto', fontSize = NORMAL }) {
  frame.dataset.theme = theme;
  const size = Math.min(Math.max(Number(fontSize) || NORMAL, SMALLEST), LARGEST);
  frame.style.setProperty('--code-size', `${size}px`);
}
