// One answer's shared document and its conversation with the server: what was sent, what is saved, what still waits.

import * as Y from 'yjs';

import { DIFF, EMPTY_UPDATE, SAVED, UPDATE, decodeServerFrame, encodeSync, encodeUpdate } from './frames.mjs';
import { nextNumber } from './numbers.mjs';
import { pieces } from './pieces.mjs';

/** Origins of what is not this page's own work. */
const SERVER = Symbol('server');
const KEPT = Symbol('kept');

/** A server that finds no end in what it lacks is asked no more until the next connection. */
const MOST_DIFFS = 5;

export class AnswerDocument {
  doc = new Y.Doc();
  text = this.doc.getText('text');
  settings = this.doc.getMap('settings');
  /** When the last update was saved, in milliseconds by the server's clock, or null. */
  saved = null;
  /** Whether a Diff has come, so that what the server has stands here. */
  loaded = false;

  #answer;
  #store;
  #send;
  #onChange;
  #loading;
  /** Changes that are not saved, oldest first. `frame` is the number under which this connection sent it. */
  #waiting = [];
  #count = 0;
  /** Made here and not handed over yet; always empty without a synchronised connection. */
  #unsent = [];
  #connection = null;
  #closed = false;

  /** `send` hands bytes to the server or says that there is no way; `onChange` hears that the state is another. */
  constructor(answer, store, { send, onChange }) {
    this.#answer = answer;
    this.#store = store;
    this.#send = send;
    this.#onChange = onChange;
    this.doc.on('update', (update, origin) => {
      if (origin !== SERVER && origin !== KEPT) this.#handleEdit(update);
    });
    this.#loading = this.#loadKept();
  }

  /** How many changes are not saved. */
  get waiting() {
    return this.#waiting.length;
  }

  /** Whether the browser keeps all of them. */
  get kept() {
    return this.#waiting.every((change) => change.kept);
  }

  get language() {
    const language = this.settings.get('language');
    return typeof language === 'string' ? language : 'plain';
  }

  /** Starts the synchronisation; `receive` goes on with it. */
  async online() {
    const connection = { synchronised: false, incomplete: false, diffs: 0 };
    this.#leaveConnection();
    this.#connection = connection;
    await this.#loading;
    if (connection !== this.#connection) return;
    if (!this.#send(encodeSync(this.#answer, Y.encodeStateVector(this.doc)))) this.offline();
  }

  offline() {
    this.#leaveConnection();
    this.#onChange();
  }

  /** Takes a frame of the server; those of other answers are passed over. The frame, decoded, or null. */
  receive(bytes) {
    const frame = decodeServerFrame(bytes);
    const { question, peer } = this.#answer;
    if (!frame || frame.question !== question || frame.peer !== peer || this.#closed) return null;
    if (frame.kind === DIFF) this.#handleDiff(frame);
    if (frame.kind === UPDATE) this.#handleUpdate(frame);
    if (frame.kind === SAVED) this.#handleSaved(frame);
    return frame;
  }

  /** Hands over what waits for the end of the task, and ends. What is not saved stays kept. */
  close() {
    this.#flush();
    this.#closed = true;
    this.#leaveConnection();
    this.doc.destroy();
  }

  #leaveConnection() {
    this.#connection = null;
    this.#unsent = [];
    for (const change of this.#waiting) change.frame = null;
  }

  async #loadKept() {
    for (const { key, update } of await this.#store.load(this.#answer)) {
      if (this.#closed) return;
      if (this.#apply(update, KEPT)) this.#waiting.push({ key, frame: null, kept: true });
    }
    this.#onChange();
  }

  #handleEdit(update) {
    this.#count += 1;
    const change = { count: this.#count, update, frame: null, kept: true };
    this.#waiting.push(change);
    this.#store.add(this.#answer, change.count, update).then((kept) => {
      if (kept || !this.#waiting.includes(change)) return;
      change.kept = false;
      this.#onChange();
    });
    if (this.#connection?.synchronised) {
      if (this.#unsent.length === 0) queueMicrotask(() => this.#flush());
      this.#unsent.push(change);
    } else {
      change.update = null;
    }
    this.#onChange();
  }

  /** Sends what was made since the last microtask. */
  #flush() {
    if (this.#unsent.length === 0) return;
    const changes = this.#unsent;
    this.#unsent = [];
    const updates = changes.map((change) => change.update);
    this.#hand(updates.length === 1 ? updates[0] : Y.mergeUpdates(updates), changes);
  }

  /** Sends an update that holds all of `changes`. */
  #hand(update, changes) {
    let number = null;
    for (const piece of pieces(update)) {
      number = nextNumber(this.#answer);
      if (!this.#send(encodeUpdate(this.#answer, number, piece))) return this.offline();
    }
    for (const change of changes) {
      change.frame = number;
      change.update = null;
    }
  }

  #handleDiff({ stateVector, update }) {
    const connection = this.#connection;
    if (!connection || !this.#apply(update, SERVER)) return;
    this.loaded = true;
    connection.diffs += 1;
    if (connection.diffs <= MOST_DIFFS) {
      connection.synchronised = true;
      this.#unsent = [];
      // What needs parts that nobody has sent yet is not sent, and so cannot be saved.
      connection.incomplete = isIncomplete(this.doc);
      const changes = connection.incomplete ? this.#waiting.filter((change) => !change.key) : this.#waiting;
      this.#hand(missing(this.doc, stateVector, update), changes);
    }
    this.#onChange();
  }

  #handleUpdate({ update }) {
    this.#apply(update, SERVER);
    this.#onChange();
    if (!this.#connection?.incomplete || isIncomplete(this.doc)) return;
    // The parts have come, from another page: now the server can take what was kept back.
    this.#connection.incomplete = false;
    this.#send(encodeSync(this.#answer, Y.encodeStateVector(this.doc)));
  }

  #handleSaved({ number, at }) {
    const isSaved = ({ frame }) => frame !== null && frame <= number;
    const saved = this.#waiting.filter(isSaved);
    this.#waiting = this.#waiting.filter((change) => !isSaved(change));
    this.saved = Math.max(at, this.saved ?? 0);
    if (this.#connection) this.#connection.diffs = 0;
    const count = Math.max(0, ...saved.map((change) => change.count ?? 0));
    if (count > 0) this.#store.removeThrough(this.#answer, count);
    const rows = saved.flatMap((change) => (change.key ? [change.key] : []));
    if (rows.length > 0) this.#store.removeRows(rows);
    this.#onChange();
  }

  /** Whether the update was sound. */
  #apply(update, origin) {
    try {
      Y.applyUpdate(this.doc, update, origin);
      return true;
    } catch (error) {
      console.error('an update cannot be applied', error);
      return false;
    }
  }
}

/** Whether updates were applied of which something before them is missing. */
export function isIncomplete({ store }) {
  return store.pendingStructs !== null || store.pendingDs !== null;
}

/** What a server lacks that has `stateVector` and whose whole set of deletions stands in its `update`. */
export function missing(doc, stateVector, update) {
  const ours = withoutPending(doc.store, () => Y.encodeStateAsUpdate(doc, stateVector));
  const { structs, ds } = Y.decodeUpdate(ours);
  const nothing = structs.length === 0 && Y.equalDeleteSets(ds, Y.decodeUpdate(update).ds);
  return nothing ? EMPTY_UPDATE : ours;
}

/** Yjs would add what it holds back because parts before it are missing, and the server would refuse all of it. */
function withoutPending(store, encode) {
  const { pendingStructs, pendingDs } = store;
  store.pendingStructs = null;
  store.pendingDs = null;
  try {
    return encode();
  } finally {
    store.pendingStructs = pendingStructs;
    store.pendingDs = pendingDs;
  }
}
