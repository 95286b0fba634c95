// A STUN server of a few lines (RFC 8489), and one that never answers. Both on this machine.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const XOR_MAPPED_ADDRESS = 0x0020;
const COOKIE = 0x2112a442;
/** What the browser is told it looks like from outside: an address for documents, which nobody has. */
const OUTSIDE = [203, 0, 113, 7];

function answer(request, port) {
  const attribute = Buffer.alloc(12);
  attribute.writeUInt16BE(XOR_MAPPED_ADDRESS, 0);
  attribute.writeUInt16BE(8, 2);
  attribute.writeUInt8(1, 5);
  attribute.writeUInt16BE(port ^ (COOKIE >>> 16), 6);
  attribute.writeUInt32BE((Buffer.from(OUTSIDE).readUInt32BE() ^ COOKIE) >>> 0, 8);
  const header = Buffer.from(request.subarray(0, 20));
  header.writeUInt16BE(BINDING_SUCCESS, 0);
  header.writeUInt16BE(attribute.length, 2);
  return Buffer.concat([header, attribute]);
}

async function listen(handle) {
  const socket = createSocket('udp4', handle);
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { host: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

/** Starts one that answers. */
export function startStun() {
  return listen(function reply(request, from) {
    if (request.length < 20 || request.readUInt16BE(0) !== BINDING_REQUEST) return;
    this.send(answer(request, from.port), from.port, from.address);
  });
}

/** Starts one that hears and says nothing, as behind a firewall. */
export function startSilence() {
  return listen(() => {});
}
