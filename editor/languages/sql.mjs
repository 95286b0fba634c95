// SQL as SQLite understands it, which is what runs it.

import { SQLite } from '@codemirror/lang-sql';
import { LanguageSupport, indentUnit } from '@codemirror/language';

export const sql = [new LanguageSupport(SQLite.language), indentUnit.of('  ')];
