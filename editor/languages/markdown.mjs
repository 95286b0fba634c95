// Markdown for text questions, without the languages that could stand inside it, which are large.

import { markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown';
import { LanguageSupport } from '@codemirror/language';
import { keymap } from '@codemirror/view';

export const markdown = [new LanguageSupport(markdownLanguage), keymap.of(markdownKeymap)];
