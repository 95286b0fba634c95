// Go, which indents with tabs.

import { goLanguage } from '@codemirror/lang-go';
import { LanguageSupport, indentUnit } from '@codemirror/language';

export const go = [new LanguageSupport(goLanguage), indentUnit.of('\t')];
