// Two editors of one answer in one page, with a server between them; the test reaches them by `window.page`.

import * as Y from 'yjs';

import { openAnswer } from '../../editor.mjs';
import { Server } from '../server.mjs';

const ANSWER = { question: 7, peer: 300 };
const PEOPLE = [
  { peer: 300, name: 'Ada Lovelace', colour: 1 },
  { peer: 12, name: 'Bo', colour: 4 },
];
const STARTERS = [
  { language: 'javascript', code: 'function solve(input) {\n  return input;\n}\n' },
  { language: 'python', code: 'def solve(text):\n    return text\n' },
];
const LABELS = {
  name: 'Answer of Ada Lovelace',
  leave: 'Press Escape and then Tab to leave the editor.',
  phrases: { Find: 'Find here', 'next': 'next one' },
};
const LANGUAGES = ['javascript', 'typescript', 'python', 'sql', 'c', 'cpp', 'java', 'go', 'rust', 'plain'];

const violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, sourceFile, lineNumber }) => {
  violations.push(`${violatedDirective} at ${sourceFile}:${lineNumber}`);
});

const kind = new URLSearchParams(location.search).get('kind') ?? 'coding';
const start = new Y.Doc();
if (kind === 'coding') {
  start.getText('text').insert(0, STARTERS[0].code);
  start.getMap('settings').set('language', 'javascript');
}
const server = new Server(ANSWER, start);

/** One person's editor. Frames take a task each way, as over a socket; the server commits with every frame. */
function join(id, me, options = {}) {
  const states = [];
  let connection = null;
  const later = (work) => setTimeout(work, 0);
  const editor = openAnswer(document.getElementById(id), {
    ...ANSWER,
    scope: `${id}-${kind}`,
    kind,
    readOnly: false,
    me,
    people: PEOPLE,
    settings: { fontSize: 14, theme: 'auto', keys: 'default' },
    labels: LABELS,
    starters: STARTERS,
    languages: LANGUAGES.map((name) => ({ name, label: name })),
    send(bytes) {
      const from = connection;
      if (!from) return false;
      later(() => {
        server.receive(from, bytes);
        server.commit();
      });
      return true;
    },
    onState(state) {
      states.push(state);
      document.getElementById(`state-${id}`).textContent = JSON.stringify(state);
    },
    onFollowLost() {
      person.lost += 1;
    },
    ...options,
  });
  const person = {
    editor,
    states,
    lost: 0,
    connect() {
      const mine = server.connect((bytes) => later(() => connection === mine && editor.receive(bytes)), me);
      connection = mine;
      editor.online();
    },
    cut() {
      server.disconnect(connection);
      connection = null;
      editor.offline();
    },
    state: () => states.at(-1),
  };
  person.connect();
  return person;
}

window.page = { ada: join('ada', 300), bo: join('bo', 12), server, violations, join };
