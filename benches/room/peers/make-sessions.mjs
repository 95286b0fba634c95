// Makes the peers' sessions: node make-sessions.mjs FILE ROOMS SEATS
import { createHmac, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';

const [file, rooms, seats] = process.argv.slice(2);
const secret = randomBytes(32).toString('hex');
const expires = Date.now() + 24 * 60 * 60 * 1000;
const sessions = [];
for (let room = 0; room < Number(rooms); room += 1) {
  for (let place = 0; place < Number(seats); place += 1) {
    const id = randomBytes(16).toString('base64url');
    const signature = createHmac('sha256', secret).update(id).digest('base64url');
    sessions.push({
      id,
      cookie: `session=${id}.${signature}`,
      room: String(100_000 + room),
      peer: sessions.length + 1,
      name: place === 0 ? 'Anna Host' : `Guest ${place}`,
      expires,
    });
  }
}
writeFileSync(file, JSON.stringify({ secret, sessions }));
