// Members of one room by socket.io's own client, with the way it reconnects by default:
// node returning.mjs SESSIONS URL COUNT. Says `welcomed PLACE` at every welcome.
import { readFileSync } from 'node:fs';

import { io } from 'socket.io-client';

const [file, url, count] = process.argv.slice(2);
const { sessions } = JSON.parse(readFileSync(file, 'utf8'));

sessions.slice(0, Number(count)).forEach(({ cookie }, place) => {
  // A connection of its own each, as in a browser of its own.
  const socket = io(url, { forceNew: true, extraHeaders: { cookie } });
  const join = { page: String(place), media: { microphone: true, camera: true, screen: false } };
  socket.on('connect', () => socket.emit('join', join));
  socket.on('welcome', () => console.log(`welcomed ${place}`));
});
