// Starts and stops the server under test. Each one has a data folder and a port of its own.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const LISTENING = /listening on (http:\/\/127\.0\.0\.1:(\d+))/;
const START_LIMIT_MS = 60_000;
// Longer than the server gives its rooms and requests to finish.
const STOP_LIMIT_MS = 20_000;

export class Server {
  /** Every line that the server printed, also before a restart. */
  log = [];
  #options;
  #variables;
  #folder;
  #process = null;
  #address = '127.0.0.1:0';

  /**
   * Starts a server with an empty database.
   * `options` are further options of `colloquy serve`, `variables` further environment variables.
   */
  static async start({ options = [], variables = {} } = {}) {
    const server = new Server();
    server.#options = options;
    server.#variables = variables;
    server.#folder = await mkdtemp(join(tmpdir(), 'colloquy-'));
    await server.#launch();
    return server;
  }

  /** `http://127.0.0.1:PORT`; the same after a restart. */
  get url() {
    return `http://${this.#address}`;
  }

  get processId() {
    return this.#process?.pid;
  }

  /** Stops it as an operator would, and starts it on the same port and data. */
  async restart() {
    await this.stop();
    await this.#launch();
  }

  /** Starts it again after `stop` or `kill9`, on the same port and data. */
  async startAgain() {
    assert.equal(this.#process, null, 'the server is running');
    await this.#launch();
  }

  /** Ends it with SIGTERM and waits until it has drained. */
  async stop() {
    const code = await this.#end('SIGTERM');
    if (code !== null) assert.equal(code, 0, `the server ended with ${code}:\n${this.#lastLines()}`);
  }

  /** Ends it as a crash or a power cut would. */
  async kill9() {
    await this.#end('SIGKILL');
  }

  /**
   * Ends it for good, removes its data, and fails if it ever panicked or logged an error.
   * `except` is a pattern of error lines that the test provokes.
   */
  async close({ except = null } = {}) {
    try {
      await this.stop();
    } finally {
      await this.kill9();
      await rm(this.#folder, { recursive: true, force: true });
    }
    const bad = this.log.filter((line) => /\bpanicked\b|\bERROR\b/.test(line) && !except?.test(line));
    assert.deepEqual(bad, [], 'the server logged errors');
  }

  async #launch() {
    const binary = process.env.COLLOQUY_BINARY;
    assert.ok(binary, 'COLLOQUY_BINARY is not set: run `cargo xtask test browser`');
    const environment = { ...process.env, NO_COLOR: '1', ...this.#variables };
    if (!('DATABASE_URL' in this.#variables)) delete environment.DATABASE_URL;
    const folder = ['--data-dir', join(this.#folder, 'data')];
    // It is started in its own folder, so that it finds neither a checkout nor its .env beside it.
    const child = spawn(binary, ['serve', '--addr', this.#address, ...folder, ...this.#options], {
      cwd: this.#folder,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    await new Promise((resolve, reject) => {
      const fail = (why) => {
        clearTimeout(limit);
        child.kill('SIGKILL');
        reject(new Error(`the server ${why}:\n${this.#lastLines()}`));
      };
      const limit = setTimeout(fail, START_LIMIT_MS, 'does not listen');
      child.once('error', (error) => fail(`does not start (${error.message})`));
      child.once('exit', (code, signal) => fail(`ended with ${code ?? signal} before it listened`));
      const read = (line) => {
        this.log.push(line);
        const found = LISTENING.exec(line);
        if (!found) return;
        clearTimeout(limit);
        this.#address = `127.0.0.1:${found[2]}`;
        resolve();
      };
      createInterface({ input: child.stdout }).on('line', read);
      createInterface({ input: child.stderr }).on('line', read);
    });
  }

  /** The exit code; null if it was ended by the signal or was not running. */
  async #end(signal) {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    // Every line that was printed has been read when the streams are closed, which is after the exit.
    const closed = once(child, 'close');
    child.kill(signal);
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    const [code, endedBy] = await closed;
    clearTimeout(limit);
    assert.equal(endedBy ?? signal, signal, `the server did not stop:\n${this.#lastLines()}`);
    return code;
  }

  #lastLines() {
    return this.log.slice(-40).join('\n');
  }
}
