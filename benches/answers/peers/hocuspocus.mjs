// Hocuspocus with the settings it comes with: node hocuspocus.mjs PORT [FILE]. Without FILE it keeps nothing. With it,
// every update is a row there, committed before Hocuspocus applies it and tells its sender that it is saved.
import { Server } from '@hocuspocus/server';

const [port, file] = process.argv.slice(2);
const STATE_VECTOR = 0;

/** Opens the log and answers the function that adds to it; each row is a transaction of its own. */
async function openLog() {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE log (id INTEGER PRIMARY KEY, document TEXT, at INTEGER, data BLOB)');
  const insert = database.prepare('INSERT INTO log (document, at, data) VALUES (?, ?, ?)');
  return async ({ documentName, type, payload }) => {
    if (type !== STATE_VECTOR) insert.run(documentName, Date.now(), payload);
  };
}

const hooks = file ? { beforeSync: await openLog() } : {};
const server = new Server({ address: '127.0.0.1', port: Number(port), quiet: true, ...hooks });
await server.listen();
console.log(`listening on http://127.0.0.1:${server.address.port}`);
