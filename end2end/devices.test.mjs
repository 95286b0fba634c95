// The person's own devices during a call: others chosen, filters switched, and a screen that stays awake.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { goodbye, meet, settled } from './support/meeting.mjs';
import { OTHERS, PATIENCE, live, mediaFlows } from './support/people.mjs';
import { Server } from './support/server.mjs';
import { noteConnections, sameConnections } from './support/state.mjs';

let server;
let browser;

before(async () => {
  server = await Server.start();
  // Chromium's second fake camera films depth, which no connection carries; the third is taken.
  browser = await launchBrowser({ flags: ['--use-fake-device-for-media-stream=device-count=3'] });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Host and guest who see and hear each other, the guest with the settings open. */
async function meeting() {
  const host = await newPerson(browser, { name: 'Anna K.' });
  const guest = await newPerson(browser, { name: 'Lin Mei' });
  await meet(server.url, host, [guest]);
  await settled(host, guest);
  await guest.page.locator('[data-action="settings"]').click();
  return { host, guest };
}

/** The track that the page sends of that kind, and what its device does. */
const sent = (page, kind) => page.evaluate((kind) => {
  const [connection] = window.connectionsOfPage.filter(({ connectionState }) => connectionState === 'connected');
  const tracks = connection.getSenders().map(({ track }) => track);
  const track = tracks.find((track) => track?.kind === kind && track.readyState === 'live');
  return track && { id: track.id, enabled: track.enabled, asked: track.getConstraints(), does: track.getSettings() };
}, kind);

/** Waits until the page sends a track of that kind that `fits`. */
async function sends(page, kind, fits) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const now = await sent(page, kind);
    if (now && fits(now)) return now;
    assert.ok(Date.now() < deadline, `not sent: ${JSON.stringify(now)}`);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
  }
}

/** What was negotiated: the versions of the descriptions of both sides (RFC 8866, o=), and states passed through. */
const negotiated = (page) => page.evaluate(() => {
  const origin = ({ type, sdp }) => `${type} ${/^o=.*$/m.exec(sdp)[0]}`;
  return window.connectionsNoted.map(({ localDescription, remoteDescription }) => (
    [origin(localDescription), origin(remoteDescription)]));
});

/** Does `act`; nothing may be negotiated for it, and both go on seeing and hearing each other. */
async function withoutNegotiation({ host, guest }, act) {
  const pages = [host.page, guest.page];
  for (const page of pages) await noteConnections(page);
  const before = await Promise.all(pages.map(negotiated));
  await act();
  await settled(host, guest);
  await Promise.all(pages.map(sameConnections));
  assert.deepEqual(await Promise.all(pages.map(negotiated)), before, 'no offer was made');
}

/** Takes the last device of that list which is not in use; answers its id. */
async function takeAnother(page, list, inUse) {
  const select = page.locator('dialog[open] .device-picker', { hasText: list }).locator('select');
  const ids = await select.locator('option').evaluateAll((options) => options.map(({ value }) => value));
  const other = ids.findLast((id) => id !== '' && id !== 'default' && id !== inUse);
  assert.ok(other, `another one in ${ids}`);
  await select.selectOption(other);
  return other;
}

test('another camera and another microphone are taken in the call, and nothing is negotiated', async () => {
  const { host, guest } = await meeting();
  for (const [kind, list] of [['video', /^Camera/], ['audio', /^Microphone/]]) {
    await withoutNegotiation({ host, guest }, async () => {
      const before = await sent(guest.page, kind);
      const other = await takeAnother(guest.page, list, before.does.deviceId);
      const now = await sends(guest.page, kind, ({ does }) => does.deviceId === other);
      assert.notEqual(now.id, before.id, 'it is another track');
    });
  }

  // A muted one stays muted, whichever it is.
  const muted = host.page.locator(`${OTHERS} [data-muted]`);
  const control = guest.page.locator('[data-action="microphone"]');
  const press = () => control.evaluate((button) => button.click());
  await press();
  await muted.waitFor({ state: 'attached', timeout: PATIENCE });
  const other = await takeAnother(guest.page, /^Microphone/, (await sent(guest.page, 'audio')).does.deviceId);
  await guest.until(() => window.connectionsNoted.every((connection) => (
    connection.getSenders().every(({ track }) => track?.kind !== 'audio' || !track.enabled || track.readyState === 'ended'))));
  assert.equal(await muted.count(), 1);
  await press();
  await sends(guest.page, 'audio', ({ does, enabled }) => enabled && does.deviceId === other);
  await muted.waitFor({ state: 'detached', timeout: PATIENCE });
  await mediaFlows(host.page, 1);
  await goodbye(host, guest);
});

/** Waits until that page hears more: packets come, and there is sound in them. */
async function hearsMore(page) {
  const heard = () => page.evaluate(async () => {
    const sum = { packetsReceived: 0, totalAudioEnergy: 0 };
    for (const connection of window.connectionsNoted) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
        for (const name of Object.keys(sum)) sum[name] += report[name] ?? 0;
      }
    }
    return sum;
  });
  const before = await heard();
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const now = await heard();
    const more = now.packetsReceived > before.packetsReceived + 50 && now.totalAudioEnergy > before.totalAudioEnergy;
    if (more) return;
    assert.ok(Date.now() < deadline, `no more sound: ${JSON.stringify({ before, now })}`);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
  }
}

test('noise suppression and echo cancellation are switched in the call, and the sound goes on', async () => {
  const { host, guest } = await meeting();
  const wanted = { noiseSuppression: true, echoCancellation: true };
  const works = ({ asked, does }) => Object.entries(wanted)
    .every(([filter, on]) => asked[filter] === on && Boolean(does[filter]) === on);
  await sends(guest.page, 'audio', works);
  const switches = [
    ['noise-suppression', 'noiseSuppression'], ['echo-cancellation', 'echoCancellation'], ['noise-suppression', 'noiseSuppression'],
  ];
  for (const [name, filter] of switches) {
    await withoutNegotiation({ host, guest }, async () => {
      wanted[filter] = !wanted[filter];
      const box = guest.page.locator(`[data-filter="${name}"]`);
      await box.setChecked(wanted[filter]);
      await sends(guest.page, 'audio', works);
      await hearsMore(host.page);
      assert.equal(await box.isChecked(), wanted[filter]);
    });
  }
  await goodbye(host, guest);
});

/**
 * Lets the page take itself for hidden, or for shown again: tabs of a browser without a window never are. What a
 * browser does when it hides a page, it lets go of its locks, is done in its place.
 */
const see = ({ page }, visible) => page.evaluate(async (visible) => {
  Object.defineProperties(document, {
    hidden: { configurable: true, get: () => !visible },
    visibilityState: { configurable: true, get: () => (visible ? 'visible' : 'hidden') },
  });
  if (!visible) await Promise.all(window.locks.map((lock) => lock.release()));
  document.dispatchEvent(new Event('visibilitychange'));
}, visible);

test('the screen is kept awake in the room, again after the page was hidden, and no longer once it is left', async () => {
  const host = await newPerson(browser, {
    name: 'David R.', permissions: ['camera', 'microphone', 'screen-wake-lock'],
  });
  await host.context.addInitScript(() => {
    window.locks = [];
    const { request } = WakeLock.prototype;
    WakeLock.prototype.request = async function note(kind) {
      const lock = await request.call(this, kind);
      window.locks.push(lock);
      return lock;
    };
  });
  const held = (count, asked) => host.until(([count, asked]) => (
    window.locks.length === asked && window.locks.filter(({ released }) => !released).length === count
  ), [count, asked]);
  await meet(server.url, host, []);
  await held(1, 1);
  assert.equal(await host.page.evaluate(() => window.locks[0].type), 'screen');
  await see(host, false);
  await held(0, 1);
  await see(host, true);
  await held(1, 2);
  await live(host.page);
  await host.page.locator('[data-action="leave"]').click();
  await host.page.locator('[data-phase="over"]').waitFor({ timeout: PATIENCE });
  await held(0, 2);
  await see(host, false);
  await see(host, true);
  await held(0, 2);
  await goodbye(host);
});
