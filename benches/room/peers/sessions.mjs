// Who a cookie belongs to: a signed session id, looked up in a store. The store is in memory, as the examples of
// both frameworks have it; a database would cost these servers more.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Reads the sessions and answers the function that finds one by a Cookie header, or null. */
export function openSessions(file) {
  const { secret, sessions } = JSON.parse(readFileSync(file, 'utf8'));
  const store = new Map(sessions.map(({ cookie, ...session }) => [session.id, session]));
  return (header = '') => {
    const pair = header.split(';').map((text) => text.trim()).find((text) => text.startsWith('session='));
    const [id, signature] = (pair ?? '').slice('session='.length).split('.');
    if (!id || !signature) return null;
    const expected = createHmac('sha256', secret).update(id).digest();
    const given = Buffer.from(signature, 'base64url');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const session = store.get(id);
    return session && session.expires > Date.now() ? session : null;
  };
}
