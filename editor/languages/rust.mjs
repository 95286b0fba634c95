// Rust.

import { rustLanguage } from '@codemirror/lang-rust';
import { LanguageSupport, indentUnit } from '@codemirror/language';

export const rust = [new LanguageSupport(rustLanguage), indentUnit.of('    ')];
