// The server of y-websocket as its own program starts it, without a store: node y-websocket.mjs PORT
import { createServer } from 'node:http';

import { setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';

const server = createServer();
new WebSocketServer({ server }).on('connection', setupWSConnection);
server.listen(Number(process.argv[2]), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
process.on('SIGTERM', () => process.exit(0));
