// What people do in the pages, in the order they do it; the tests say who and when.
import assert from 'node:assert/strict';

/** How long a condition may take on a slow machine, in milliseconds. */
export const PATIENCE = 120_000;

/** Makes an account and lands on the interviews. */
export async function signUp(person, base, userName, displayName = userName, { script = true } = {}) {
  const { page } = person;
  await page.goto(`${base}/sign-up`);
  const form = page.locator('form[action="/api/sign_up"]');
  // Alive, the page fills in the browser's time zone.
  if (script) await person.until(() => document.querySelector('input[name="time_zone"]').value !== '');
  await form.locator('input[name="user_name"]').fill(userName);
  await form.locator('input[name="display_name"]').fill(displayName);
  await form.locator('input[name="password"]').fill('correct horse battery');
  await form.locator('button').last().click();
  await page.waitForURL('**/interviews', { timeout: PATIENCE });
}

/** The wall clock of `zone` at `moment`, as datetime-local writes it. */
export function wallClock(moment, zone) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone, hourCycle: 'h23',
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
    }).formatToParts(moment).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/**
 * Books an interview and answers its number and links. `zone` is the account's; `waiting` is who waits
 * before the room: 1 nobody, 2 guests, 3 every interviewee.
 */
export async function book(person, base, { title, startsAt, zone = 'UTC', seats = 4, minutes = 60, waiting = 1 }) {
  const { page } = person;
  await page.goto(`${base}/interviews/new`);
  await page.locator('input[name="form[title]"]').fill(title);
  await page.locator('input[name="form[starts_at]"]').fill(wallClock(startsAt, zone));
  await page.locator('input[name="form[duration]"]').fill(String(minutes));
  await page.locator('input[name="form[seats]"]').fill(String(seats));
  await page.locator('select[name="form[waiting]"]').selectOption(String(waiting));
  await page.locator('form.booking button.primary').click();
  await page.waitForURL('**/interviews/*booked=1', { timeout: PATIENCE });
  const number = new URL(page.url()).pathname.split('/').pop();
  assert.match(number, /^\d{6}$/);
  return { number, guestLink: await guestLink(page) };
}

/** The general guest link on an interview's page, switched on if it is off. */
export async function guestLink(page) {
  const inputs = page.locator('#links input.link-text');
  await inputs.first().waitFor();
  for (const value of await inputs.evaluateAll((all) => all.map((input) => input.value))) {
    if (value.includes('key=')) return value;
  }
  throw new Error('no guest link on the page');
}

/** Opens the guest link and gives a name; ends in the lobby. */
export async function enterAsGuest(person, link, name) {
  const { page } = person;
  await page.goto(link);
  await giveName(page, name);
}

/** Gives a name on the guest page; ends in the lobby. */
export async function giveName(page, name) {
  const form = page.locator('form[action="/api/join_as_guest"]');
  await form.locator('input[name="name"]').fill(name);
  await form.locator('button').last().click();
  await lobby(page);
}

/** Waits until the lobby is there and alive. */
export async function lobby(page) {
  await page.locator('.lobby-way-in button:enabled').waitFor({ timeout: PATIENCE });
}

/** Presses Join in the lobby and waits until the room is live. */
export async function join(person) {
  const { page } = person;
  await page.locator('.lobby-way-in button').click();
  await live(page);
}

/** Waits until the room is live. */
export async function live(page) {
  await page.locator('[data-phase="live"]').waitFor({ timeout: PATIENCE });
}

/** Tiles of the others. */
export const OTHERS = '[data-peer]:not([data-me])';

/** Waits until `count` other people's tiles are connected. */
export async function connected(page, count, patience = PATIENCE) {
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-peer][data-link="connected"]').length === count,
    count,
    { timeout: patience },
  );
}

/** Waits until picture and sound of `count` others arrive and keep arriving. */
export async function mediaFlows(page, count) {
  const sample = () => page.evaluate(async () => {
    const videos = [...document.querySelectorAll('[data-peer]:not([data-me]) video')]
      .filter((video) => video.videoWidth > 0)
      .map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
    const audio = [];
    for (const connection of window.connectionsOfPage) {
      if (connection.connectionState !== 'connected') continue;
      for (const report of (await connection.getStats()).values()) {
        // The place for the sound of a screen is there from the start, and empty.
        const comes = report.type === 'inbound-rtp' && report.kind === 'audio' && report.packetsReceived > 0;
        if (comes) audio.push(report.packetsReceived);
      }
    }
    return { videos, audio };
  });
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
  const deadline = Date.now() + PATIENCE;
  let first;
  for (;;) {
    const now = await sample();
    if (now.videos.length === count && now.audio.length === count && now.audio.every((packets) => packets > 0)) {
      first ??= now;
      const grown = now.videos.every((frames, place) => frames >= (first.videos[place] ?? 0) + 10);
      if (grown && sum(now.audio) > sum(first.audio) + 10 * count) return;
    }
    assert.ok(Date.now() < deadline, `no media of ${count} others: ${JSON.stringify({ first, now })}`);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
  }
}

/** Writes to everyone. */
export async function write(page, text) {
  await page.locator('[data-chat] textarea').fill(text);
  await page.locator('[data-chat] textarea').press('Enter');
}

/** Waits until a chat message is read. */
export async function reads(page, text) {
  await page.locator('[data-message]', { hasText: text }).waitFor({ timeout: PATIENCE });
}
