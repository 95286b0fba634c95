// Rooms on socket.io with the settings it comes with: node socketio.mjs SESSIONS PORT. Serves the page of the mesh too.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

import { Server } from 'socket.io';

import { enter, find, leave, say } from './rooms.mjs';
import { openSessions } from './sessions.mjs';

const [file, port] = process.argv.slice(2);
const findSession = openSessions(file);
const read = (path) => readFileSync(new URL(path, import.meta.url));
const files = new Map([
  ['/', ['text/html; charset=utf-8', read('../page/index.html')]],
  ['/mesh.js', ['text/javascript', read('../page/mesh.js')]],
  ['/simplepeer.js', ['text/javascript', read('../node_modules/simple-peer/simplepeer.min.js')]],
]);

const http = createServer((request, response) => {
  const [type, body] = files.get(request.url) ?? [];
  if (body) response.writeHead(200, { 'content-type': type }).end(body);
  else response.writeHead(404).end();
});

const io = new Server(http);
io.use((socket, next) => {
  socket.data.session = findSession(socket.handshake.headers.cookie);
  next(socket.data.session ? undefined : new Error('not admitted'));
});
io.on('connection', (socket) => {
  const { session } = socket.data;
  socket.on('join', (joining) => {
    const { welcome, joined } = enter(session, joining, socket);
    socket.to(session.room).emit('peer_joined', joined);
    socket.join(session.room);
    socket.emit('welcome', welcome);
  });
  socket.on('send_chat', ({ text }) => {
    const said = say(session, text);
    if (said) io.to(session.room).emit('chat_sent', said);
  });
  socket.on('signal', ({ to, data }) => {
    find(session, to)?.emit('signal', { from: session.peer, data });
  });
  socket.on('disconnect', () => {
    if (leave(session, socket)) io.to(session.room).emit('peer_left', { peer: session.peer });
  });
});

http.listen(Number(port), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${http.address().port}`);
});
process.on('SIGTERM', () => process.exit(0));
