// Python.

import { pythonLanguage } from '@codemirror/lang-python';
import { LanguageSupport, indentUnit } from '@codemirror/language';

export const python = [new LanguageSupport(pythonLanguage), indentUnit.of('    ')];
