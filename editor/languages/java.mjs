// Java.

import { javaLanguage } from '@codemirror/lang-java';
import { LanguageSupport, indentUnit } from '@codemirror/language';

export const java = [new LanguageSupport(javaLanguage), indentUnit.of('    ')];
