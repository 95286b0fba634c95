// JavaScript and TypeScript.

import { javascriptLanguage, typescriptLanguage } from '@codemirror/lang-javascript';
import { LanguageSupport, indentUnit } from '@codemirror/language';

const indent = indentUnit.of('  ');

export const javascript = [new LanguageSupport(javascriptLanguage), indent];
export const typescript = [new LanguageSupport(typescriptLanguage), indent];
