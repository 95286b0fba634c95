// A room with people in it, which is where most tests begin, and how they end.
import { PATIENCE, book, connected, enterAsGuest, join, lobby, mediaFlows, signUp } from './people.mjs';

let accounts = 0;

/**
 * Makes an account for `host`, shown as they are called, and books an interview that begins now; answers its
 * number and links. `booking` is as for `book`.
 */
export async function invite(host, base, booking = {}) {
  accounts += 1;
  await signUp(host, base, `host${accounts}`, host.name);
  return book(host, base, { title: `Interview of ${host.name}`, startsAt: new Date(), ...booking });
}

/** Brings somebody with an account, or with a seat of this browser's, to the lobby. */
export async function enter({ page }, base, number) {
  await page.goto(`${base}/join/${number}`);
  await lobby(page);
}

/**
 * Brings `host` and `guests` into a room, in this order, all connected; answers as `invite`. Guests come by
 * `road`, an address in front of the server's.
 */
export async function meet(base, host, guests, { road = base, patience = PATIENCE, ...booking } = {}) {
  const invitation = await invite(host, base, booking);
  const { pathname, search } = new URL(invitation.guestLink);
  for (const guest of guests) await enterAsGuest(guest, `${road}${pathname}${search}`, guest.name);
  await enter(host, base, invitation.number);
  const everyone = [host, ...guests];
  for (const person of everyone) await join(person);
  await Promise.all(everyone.map(({ page }) => connected(page, guests.length, patience)));
  return invitation;
}

/** Waits until each of these, who are all there are, sees and hears all others. */
export async function settled(...everyone) {
  const others = everyone.length - 1;
  await Promise.all(everyone.map(({ page }) => connected(page, others)));
  await Promise.all(everyone.map(({ page }) => mediaFlows(page, others)));
}

/** Fails if anything went wrong in a browser of theirs, and closes it. */
export async function goodbye(...people) {
  for (const person of people) {
    person.assertClean();
    await person.close();
  }
}
