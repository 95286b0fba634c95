// Replicas of one document that another program drives: a command as JSON on each line in, an answer on each line out.
//
// {"clients": [id, ...]}       replicas, empty, whose edits bear these client ids    {}
// {"edit": replica, "at": n, "delete": n, "insert": "..."}   in UTF-16 units; `at` is brought within the text
//                                                                                       {"update": base64}
// {"apply": replica, "update": base64}                                                              {}
// {"state": replica}                 {"text": "...", "stateVector": base64, "update": base64}

import { createInterface } from 'node:readline';

import * as Y from 'yjs';

let replicas = [];

const decode = (text) => Uint8Array.from(Buffer.from(text, 'base64'));
const encode = (bytes) => Buffer.from(bytes).toString('base64');

function open({ clients }) {
  replicas = clients.map((client) => {
    const doc = new Y.Doc();
    doc.clientID = client;
    return doc;
  });
  return {};
}

/** The nearest place before `at` that splits no pair of surrogates. */
function whole(text, at) {
  const end = Math.min(at, text.length);
  return end > 0 && text.charCodeAt(end) >>> 10 === 0xdc00 >>> 10 ? end - 1 : end;
}

function edit({ edit: replica, at, delete: length, insert }) {
  const doc = replicas[replica];
  const text = doc.getText('text');
  let made = Uint8Array.of(0, 0);
  const listen = (update) => (made = update);
  doc.on('update', listen);
  doc.transact(() => {
    const before = text.toString();
    const start = whole(before, at % (before.length + 1));
    const end = Math.max(start, whole(before, start + length));
    text.delete(start, end - start);
    text.insert(start, insert);
  });
  doc.off('update', listen);
  return { update: encode(made) };
}

function apply({ apply: replica, update }) {
  Y.applyUpdate(replicas[replica], decode(update));
  return {};
}

function state({ state: replica }) {
  const doc = replicas[replica];
  return {
    text: doc.getText('text').toString(),
    stateVector: encode(Y.encodeStateVector(doc)),
    update: encode(Y.encodeStateAsUpdate(doc)),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  const work = 'clients' in command ? open : 'edit' in command ? edit : 'apply' in command ? apply : state;
  process.stdout.write(`${JSON.stringify(work(command))}\n`);
}
