// C and C++.

import { cppLanguage } from '@codemirror/lang-cpp';
import { LanguageSupport, indentUnit } from '@codemirror/language';

export const cpp = [new LanguageSupport(cppLanguage), indentUnit.of('    ')];
