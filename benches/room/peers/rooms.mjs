// Rooms as both peers keep them: who is in which, and what a newcomer and the others are told.

const LONGEST_CHAT = 2000;
const rooms = new Map();

/** Puts somebody into their room; answers what the newcomer and what the others hear. */
export function enter({ room: number, peer, name }, { page, media }, handle) {
  let room = rooms.get(number);
  if (!room) rooms.set(number, (room = { members: new Map(), said: 0 }));
  const member = { peer, name, page, media };
  const members = [...room.members.values()].filter((other) => other.member.peer !== peer);
  room.members.set(peer, { member, handle });
  return {
    welcome: { number, you: member, members: members.map((other) => other.member), now: Date.now() },
    joined: { member },
  };
}

/** The handle of somebody in the same room. */
export function find({ room }, peer) {
  return rooms.get(room)?.members.get(peer)?.handle;
}

/** What everybody in the room hears when somebody says this; null when it may not be said. */
export function say({ room: number, peer, name }, text) {
  const room = rooms.get(number);
  const trimmed = typeof text === 'string' ? text.trim() : '';
  if (!room?.members.has(peer) || trimmed === '' || trimmed.length > LONGEST_CHAT) return null;
  room.said += 1;
  return { message: { id: room.said, from: peer, name, text: trimmed, at: Date.now() } };
}

/** Takes somebody out whose socket is gone; false when a newer socket has taken over. */
export function leave({ room: number, peer }, handle) {
  const room = rooms.get(number);
  if (room?.members.get(peer)?.handle !== handle) return false;
  room.members.delete(peer);
  if (room.members.size === 0) rooms.delete(number);
  return true;
}
