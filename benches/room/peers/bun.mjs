// Rooms on bun's WebSocket server with the settings it comes with: bun bun.mjs SESSIONS PORT
import { enter, leave, say } from './rooms.mjs';
import { openSessions } from './sessions.mjs';

const [file, port] = process.argv.slice(2);
const findSession = openSessions(file);

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: Number(port),
  fetch(request, server) {
    const session = findSession(request.headers.get('cookie') ?? '');
    if (!session || new URL(request.url).pathname !== `/ws/${session.room}`) {
      return new Response('not admitted', { status: 403 });
    }
    if (server.upgrade(request, { data: session })) return undefined;
    return new Response('a WebSocket is expected', { status: 426 });
  },
  websocket: {
    message(socket, text) {
      const session = socket.data;
      const message = JSON.parse(text);
      if (message.type === 'join') {
        const { welcome, joined } = enter(session, message, socket);
        server.publish(session.room, JSON.stringify({ type: 'peer_joined', ...joined }));
        socket.subscribe(session.room);
        socket.send(JSON.stringify({ type: 'welcome', ...welcome }));
      } else if (message.type === 'send_chat') {
        const said = say(session, message.text);
        if (said) server.publish(session.room, JSON.stringify({ type: 'chat_sent', ...said }));
      }
    },
    close(socket) {
      const session = socket.data;
      if (leave(session, socket)) {
        server.publish(session.room, JSON.stringify({ type: 'peer_left', peer: session.peer }));
      }
    },
  },
});

console.log(`listening on http://127.0.0.1:${server.port}`);
process.on('SIGTERM', () => process.exit(0));
