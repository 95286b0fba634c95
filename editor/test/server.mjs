// A server of one answer that lives in the test: what it has not committed is lost when it crashes.

import * as Y from 'yjs';

import { EMPTY_UPDATE, PRESENCE, SYNC, UPDATE } from '../frames.mjs';
import {
  decodeClientFrame,
  encodeDiff,
  encodeSaved,
  encodeServerPresence,
  encodeServerUpdate,
} from './frames_of_server.mjs';

export class Server {
  log = [];
  committed = 0;
  doc = new Y.Doc();
  #answer;
  #connections = new Set();
  #toConfirm = [];
  #durable = null;
  #now = 1_764_000_000_000;

  constructor(answer, first = new Y.Doc()) {
    this.#answer = answer;
    this.#take(Y.encodeStateAsUpdate(first));
    this.commit();
  }

  /** `send` takes the frames for the client. `peer` is whom presence is about. */
  connect(send, peer = 0) {
    const connection = { send, peer };
    this.#connections.add(connection);
    return connection;
  }

  disconnect(connection) {
    this.#connections.delete(connection);
    this.#toConfirm = this.#toConfirm.filter((one) => one.connection !== connection);
  }

  receive(connection, bytes) {
    if (!this.#connections.has(connection)) return;
    const frame = decodeClientFrame(bytes);
    if (frame.kind === SYNC) this.#diff(connection, frame.rest);
    if (frame.kind === UPDATE) this.#update(connection, frame);
    if (frame.kind === PRESENCE) {
      this.#others(connection, encodeServerPresence(this.#answer, connection.peer, frame.rest));
    }
  }

  /** Makes everything durable and says so. */
  commit() {
    if (this.committed < this.log.length) this.#durable = null;
    this.committed = this.log.length;
    this.#now += 1_000;
    for (const { connection, number } of this.#toConfirm) {
      connection.send(encodeSaved(this.#answer, number, this.#now));
    }
    this.#toConfirm = [];
  }

  /** Everybody is gone, and what was not committed. */
  crash() {
    this.#connections.clear();
    this.#toConfirm = [];
    this.log.length = this.committed;
    this.doc = new Y.Doc();
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.durable()));
  }

  /** What a restart would bring back. */
  durable() {
    if (!this.#durable) {
      this.#durable = new Y.Doc();
      for (const update of this.log.slice(0, this.committed)) Y.applyUpdate(this.#durable, update);
    }
    return this.#durable;
  }

  #diff(connection, stateVector = undefined) {
    const update = Y.encodeStateAsUpdate(this.doc, stateVector);
    connection.send(encodeDiff(this.#answer, Y.encodeStateVector(this.doc), update));
  }

  #update(connection, { number, rest }) {
    if (!this.#take(rest)) return this.#diff(connection);
    if (rest.length > EMPTY_UPDATE.length) this.#others(connection, encodeServerUpdate(this.#answer, rest));
    this.#toConfirm.push({ connection, number });
  }

  /** Whether nothing before the update was missing; else nothing of it stays. */
  #take(update) {
    const tried = new Y.Doc();
    Y.applyUpdate(tried, Y.encodeStateAsUpdate(this.doc));
    Y.applyUpdate(tried, update);
    if (tried.store.pendingStructs || tried.store.pendingDs) return false;
    Y.applyUpdate(this.doc, update);
    if (update.length > EMPTY_UPDATE.length) this.log.push(update);
    return true;
  }

  #others(connection, bytes) {
    for (const other of this.#connections) if (other !== connection) other.send(bytes);
  }
}
