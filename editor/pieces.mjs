// Cuts an update that is too large for one frame into several that can be applied one after the other.

import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** The server takes updates of up to 128 KiB. */
export const LARGEST_UPDATE = 120 * 1024;
/** The server takes updates of up to 512 structs and ranges of deletions. */
export const MOST_PARTS = 500;
/** At most three bytes each, so that a piece with one of them stays below the limit. */
const LONGEST_STRING = 30_000;

/** The update itself if it is small enough; else pieces, each of which needs only those before it. */
export function pieces(update, largest = LARGEST_UPDATE, longest = LONGEST_STRING, most = MOST_PARTS) {
  // A part has at least one byte.
  if (update.length <= Math.min(largest, most)) return [update];
  const { structs, ds } = Y.decodeUpdate(update);
  const ranges = rangesOf(ds);
  if (update.length <= largest && structs.length + ranges.length <= most) return [update];
  const queues = byClient(structs.flatMap((struct) => cut(struct, longest)));
  const made = [];
  let piece = new Piece();
  for (let struct = next(queues); struct; struct = next(queues)) {
    const size = sizeOf(struct);
    if (piece.count === most || !piece.takes(struct, size, largest)) {
      made.push(piece.encode());
      piece = new Piece();
    }
    piece.add(struct, size);
  }
  if (piece.count > 0) made.push(piece.encode());
  made.push(...deletions(ranges, Math.max(1, Math.min(Math.floor(largest / 40), most))));
  return made;
}

class Piece {
  count = 0;
  #structs = new Map();
  #size = 0;

  /** A gap in one client's structs cannot be said in one piece. */
  takes(struct, size, largest) {
    const before = this.#structs.get(struct.id.client)?.at(-1);
    const gap = before && before.id.clock + before.length !== struct.id.clock;
    return !gap && (this.#size === 0 || this.#size + size <= largest);
  }

  add(struct, size) {
    const of = this.#structs.get(struct.id.client);
    if (of) of.push(struct);
    else this.#structs.set(struct.id.client, [struct]);
    this.count += 1;
    this.#size += size;
  }

  encode() {
    const encoder = new Y.UpdateEncoderV1();
    encoding.writeVarUint(encoder.restEncoder, this.#structs.size);
    for (const [client, structs] of this.#structs) {
      encoding.writeVarUint(encoder.restEncoder, structs.length);
      encoder.writeClient(client);
      encoding.writeVarUint(encoder.restEncoder, structs[0].id.clock);
      for (const struct of structs) struct.write(encoder, 0);
    }
    encoding.writeVarUint(encoder.restEncoder, 0);
    return encoder.toUint8Array();
  }
}

function rangesOf(ds) {
  return [...ds.clients].flatMap(([client, items]) => items.map((item) => [client, item.clock, item.len]));
}

/** Updates that only delete, each of at most so many ranges. A range takes at most twenty bytes. */
function deletions(ranges, most) {
  const made = [];
  for (let start = 0; start < ranges.length; start += most) {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    const clients = grouped(ranges.slice(start, start + most), ([client]) => client);
    encoding.writeVarUint(encoder, clients.size);
    for (const [client, items] of clients) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, items.length);
      for (const [, clock, length] of items) {
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarUint(encoder, length);
      }
    }
    made.push(encoding.toUint8Array(encoder));
  }
  return made;
}

/** Long strings as several items; everything else as it is. */
function cut(struct, longest) {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return [struct];
  const parts = [];
  let { id, origin, content } = struct;
  while (content.str.length > longest) {
    // Half of a pair of surrogates would be replaced, and the text not be what was typed.
    const pair = content.str.charCodeAt(longest - 1) >>> 10 === 0xd800 >>> 10;
    const length = pair ? longest - 1 : longest;
    const right = content.splice(length);
    parts.push(part(struct, id, origin, content));
    origin = Y.createID(id.client, id.clock + length - 1);
    id = Y.createID(id.client, id.clock + length);
    content = right;
  }
  parts.push(part(struct, id, origin, content));
  return parts;
}

function part(struct, id, origin, content) {
  return new Y.Item(id, null, origin, null, struct.rightOrigin, struct.parent, struct.parentSub, content);
}

function byClient(structs) {
  const queues = grouped(structs, (struct) => struct.id.client);
  for (const [client, queue] of queues) queues.set(client, { structs: queue, first: 0 });
  return queues;
}

/** The first struct of any client whose needs are met by those taken before; what no queue holds the server has. */
function next(queues) {
  for (const queue of queues.values()) {
    while (queue.structs[queue.first] instanceof Y.Skip) queue.first += 1;
    const struct = queue.structs[queue.first];
    if (!struct || !needs(struct).every((id) => isTaken(queues, id))) continue;
    queue.first += 1;
    return struct;
  }
  return null;
}

function needs(struct) {
  const parent = struct.parent instanceof Y.ID ? struct.parent : null;
  return [struct.origin, struct.rightOrigin, parent].filter(Boolean);
}

function isTaken(queues, id) {
  const queue = queues.get(id.client);
  const first = queue?.structs[queue.first];
  return !first || id.clock < first.id.clock;
}

function sizeOf(struct) {
  const encoder = new Y.UpdateEncoderV1();
  struct.write(encoder, 0);
  return encoder.toUint8Array().length;
}

function grouped(items, key) {
  const groups = new Map();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
