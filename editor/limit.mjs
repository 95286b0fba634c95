// Refuses what would make an answer too long, as a whole, so that nobody loses a part of it unnoticed.

import { EditorState } from '@codemirror/state';
import { ySyncAnnotation } from 'y-codemirror.next';

export const LONGEST_ANSWER = 100_000;

/** Refuses edits of this page that grow a text beyond the limit; `onVerdict` hears of each whether it was refused. */
export function limit(onVerdict) {
  return EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.annotation(ySyncAnnotation)) return transaction;
    const { newLength, length } = transaction.changes;
    const refused = newLength > LONGEST_ANSWER && newLength > length;
    onVerdict(refused);
    return refused ? [] : transaction;
  });
}
