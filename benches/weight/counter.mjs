// A road between browser and server that counts the bytes which come down it.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class Counter {
  /** Bytes towards the browser, head lines and WebSocket frames included. */
  bytes = 0;
  #server;
  #open = new Set();

  /** Starts one before the server at `target`. */
  static async start(target) {
    const counter = new Counter();
    const { hostname, port } = new URL(target);
    counter.#server = createServer((browser) => counter.#lead(browser, connect(Number(port), hostname)));
    counter.#server.listen(0, '127.0.0.1');
    await once(counter.#server, 'listening');
    return counter;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  close() {
    this.#server.close();
    for (const end of this.#open) end.destroy();
  }

  #lead(browser, server) {
    server.on('data', (bytes) => { this.bytes += bytes.length; });
    browser.pipe(server).pipe(browser);
    for (const [end, other] of [[browser, server], [server, browser]]) {
      this.#open.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        this.#open.delete(end);
        other.destroy();
      });
    }
  }
}
