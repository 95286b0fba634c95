// A road between browser and server that a test can cut, mend, silence, and forbid to WebSockets.

import { createServer, request } from 'node:http';

export class Proxy {
  /** What happens to WebSockets: `pass`, `refuse` (403) or `swallow` (no answer, ever). */
  sockets = 'pass';
  /** How many WebSockets got through. */
  passed = 0;
  /** Every path that was asked for. */
  paths = [];
  #target;
  #server = null;
  #port = 0;
  #open = new Set();
  /** The two ends of every WebSocket that got through. */
  #pairs = new Set();

  /** Starts one before the server at `target`. */
  static async start(target) {
    const proxy = new Proxy();
    proxy.#target = new URL(target);
    await proxy.mend();
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Ends every connection and lets no new one in. */
  async cut() {
    const server = this.#server;
    this.#server = null;
    const closed = new Promise((resolve) => { server.close(resolve); });
    for (const socket of this.#open) socket.destroy();
    await closed;
  }

  /** Lets connections in, on the same port as before. */
  async mend() {
    const server = createServer((incoming, outgoing) => this.#pass(incoming, outgoing));
    server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
    server.on('upgrade', (incoming, socket, head) => this.#upgrade(incoming, socket, head));
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = server.address().port;
    this.#server = server;
  }

  async close() {
    if (this.#server) await this.cut();
  }

  /** Ends the WebSockets and hanging requests that are open now; new ones may come at once. */
  drop() {
    for (const socket of this.#open) socket.destroy();
  }

  /**
   * Loses from now on whatever the WebSockets that are open now carry, and does not let either end know: so a
   * network goes that was left without a word. New ones may come.
   */
  hush() {
    for (const [socket, other] of this.#pairs) {
      socket.unpipe(other);
      other.unpipe(socket);
      socket.resume();
      other.resume();
    }
    this.#pairs.clear();
  }

  #ask(incoming) {
    const { hostname, port } = this.#target;
    return request({
      hostname, port, agent: false,
      method: incoming.method, path: incoming.url, headers: incoming.headers,
    });
  }

  #pass(incoming, outgoing) {
    this.paths.push(incoming.url);
    const asked = this.#ask(incoming);
    asked.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    asked.on('error', () => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502).end();
    });
    outgoing.on('close', () => asked.destroy());
    incoming.pipe(asked);
  }

  #upgrade(incoming, socket, head) {
    socket.on('error', () => socket.destroy());
    if (this.sockets === 'swallow') return;
    if (this.sockets === 'refuse') {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
      return;
    }
    const asked = this.#ask(incoming);
    const give = (answer) => {
      const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
      for (let at = 0; at < answer.rawHeaders.length; at += 2) {
        lines.push(`${answer.rawHeaders[at]}: ${answer.rawHeaders[at + 1]}`);
      }
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    };
    asked.on('upgrade', (answer, other, otherHead) => {
      this.passed += 1;
      give(answer);
      socket.write(otherHead);
      other.write(head);
      const pair = [socket, other];
      this.#pairs.add(pair);
      const end = () => {
        // A silenced one hears nothing of the other's end.
        if (this.#pairs.delete(pair)) socket.destroy();
      };
      other.on('error', end);
      other.on('close', end);
      socket.on('close', () => other.destroy());
      other.pipe(socket).pipe(other);
    });
    asked.on('response', (answer) => {
      give(answer);
      answer.pipe(socket);
    });
    asked.on('error', () => socket.destroy());
    asked.end();
  }
}
