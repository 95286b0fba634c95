// Sends what earlier pages could not hand over, for answers that are not open here, and forgets it once it is saved.

import * as Y from 'yjs';

import { DIFF, SAVED, decodeServerFrame, encodeUpdate } from './frames.mjs';
import { isIncomplete, missing } from './document.mjs';
import { Kept } from './kept.mjs';
import { nextNumber } from './numbers.mjs';
import { isOpen } from './open.mjs';
import { pieces } from './pieces.mjs';

export { hasWaiting } from './kept.mjs';

/**
 * Sends everything kept of `scope`. Hand the server's binary frames to `receive`, and call `close` when the connection
 * is gone: what was not saved by then stays kept, and another call sends it again.
 */
export async function sendWaiting(scope, send) {
  const store = new Kept(scope);
  const answers = new Map();
  for (const row of await store.loadAll()) {
    if (isOpen(scope, row)) continue;
    const name = `${row.question}/${row.peer}`;
    const answer = answers.get(name) ?? { question: row.question, peer: row.peer, rows: [], number: null };
    answer.rows.push(row);
    answers.set(name, answer);
  }
  for (const answer of answers.values()) {
    hand(answer, Y.mergeUpdates(answer.rows.map((row) => row.update)), send);
  }
  return {
    receive(bytes) {
      const frame = decodeServerFrame(bytes);
      const name = frame && `${frame.question}/${frame.peer}`;
      const answer = answers.get(name);
      // An answer that was opened meanwhile looks after its rows itself.
      if (!answer || isOpen(scope, answer)) return;
      if (frame.kind === DIFF && !answer.asked) handleDiff(answer, frame, send);
      if (frame.kind !== SAVED || answer.number === null || frame.number < answer.number) return;
      answers.delete(name);
      store.removeRows(answer.rows.map((row) => row.key));
    },
    close() {
      answers.clear();
    },
  };
}

function hand(answer, update, send) {
  answer.number = null;
  let number = null;
  for (const piece of pieces(update)) {
    number = nextNumber(answer);
    if (!send(encodeUpdate(answer, number, piece))) return;
  }
  answer.number = number;
}

/** The server lacks something before these updates. What it lacks may be among them; if not, they stay kept. */
function handleDiff(answer, { stateVector, update }, send) {
  answer.asked = true;
  const doc = new Y.Doc();
  try {
    for (const part of [update, ...answer.rows.map((row) => row.update)]) Y.applyUpdate(doc, part);
    answer.number = null;
    if (!isIncomplete(doc)) hand(answer, missing(doc, stateVector, update), send);
  } catch (error) {
    console.error('what is kept of an answer cannot be read', error);
  }
  doc.destroy();
}
