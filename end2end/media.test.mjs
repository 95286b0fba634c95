// Media that adapts: six people under one cap, a shared screen, pins and views, pictures that pause.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { goodbye, meet } from './support/meeting.mjs';
import { OTHERS, PATIENCE as USUAL_PATIENCE } from './support/people.mjs';
import { Server } from './support/server.mjs';

/** Six pages keep a small machine busier than two. */
const PATIENCE = 2 * USUAL_PATIENCE;
/** What one page may send in all, in kbit/s. */
const CEILING = 3_000;

let server;
let browser;

before(async () => {
  server = await Server.start();
  // Thirty pictures at a time on two cores, without hardware to code or to draw them.
  browser = await launchBrowser({ flags: ['--use-fake-device-for-media-stream=fps=5'] });
});

// Six pages that a failed test left behind would make the others fail, too.
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

after(async () => {
  await browser?.close();
  await server?.close();
});

/** A room with a host and guests of these names, all connected. */
async function room(hostName, guestNames, looks = {}) {
  const host = await newPerson(browser, { name: hostName, ...looks });
  await addScreen(host);
  const guests = [];
  for (const name of guestNames) guests.push(await newPerson(browser, { name, ...looks }));
  await meet(server.url, host, guests, { seats: 8, patience: PATIENCE });
  return { host, guests, everyone: [host, ...guests] };
}

/**
 * Headless browsers have no screen: what is shared is a canvas of 1920 by 1080 with moving text, and a
 * tone. All that follows, from the track on, is the page's own.
 */
async function addScreen(person) {
  await person.context.addInitScript(() => {
    if (!navigator.mediaDevices) return;
    navigator.mediaDevices.getDisplayMedia = async (constraints) => {
      window.askedForScreen = constraints;
      const canvas = document.createElement('canvas');
      canvas.width = 1920;
      canvas.height = 1080;
      const pen = canvas.getContext('2d');
      let line = 0;
      const draw = () => {
        pen.fillStyle = '#ffffff';
        pen.fillRect(0, 0, 1920, 1080);
        pen.fillStyle = '#101010';
        pen.font = '28px monospace';
        for (let row = 1; row <= 30; row += 1) pen.fillText(`${line + row}: fn main() { println!("hello"); }`, 60, row * 34);
        line += 1;
      };
      draw();
      setInterval(draw, 200);
      const stream = canvas.captureStream(10);
      const context = new AudioContext();
      const tone = context.createOscillator();
      const out = context.createMediaStreamDestination();
      tone.connect(out);
      tone.start();
      stream.addTrack(out.stream.getAudioTracks()[0]);
      window.sharedScreen = stream;
      return stream;
    };
  });
}

/** How many frames of each of these videos were shown. */
const shownFrames = (page, videos) => page.locator(videos)
  .evaluateAll((all) => all.map((video) => video.getVideoPlaybackQuality().totalVideoFrames));

/** Waits until all `count` videos have shown ten frames more than they have now. */
async function flows(page, videos, count) {
  await page.waitForFunction(([videos, count]) => {
    const all = [...document.querySelectorAll(videos)];
    if (all.length !== count || all.some((video) => video.videoWidth === 0)) return false;
    const frames = all.map((video) => video.getVideoPlaybackQuality().totalVideoFrames);
    window.framesBefore ??= {};
    const before = window.framesBefore[videos] ??= frames;
    return frames.every((number, place) => number >= (before[place] ?? 0) + 10);
  }, [videos, count], { timeout: PATIENCE, polling: 200 });
  await page.evaluate((videos) => { delete window.framesBefore[videos]; }, videos);
}

/** Waits until no new picture was decoded for two seconds. */
async function standsStill(page) {
  await page.waitForFunction(async () => {
    let frames = 0;
    for (const connection of window.connectionsOfPage) {
      if (connection.connectionState !== 'connected') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0;
      }
    }
    const now = performance.now();
    if (window.stillAt?.frames !== frames) window.stillAt = { frames, since: now };
    return now - window.stillAt.since > 2000;
  }, null, { timeout: PATIENCE, polling: 200 });
}

/** What a page sends by all its connections over that time, in kbit/s, and the most it says itself. */
async function uplink(page, milliseconds) {
  return page.evaluate(async (milliseconds) => {
    const sent = async () => {
      let bytes = 0;
      for (const connection of window.connectionsOfPage) {
        for (const report of (await connection.getStats()).values()) {
          // Headers of IPv4 and UDP come on top of what the browser counts.
          if (report.type === 'transport') bytes += report.bytesSent + 28 * (report.packetsSent ?? 0);
        }
      }
      return bytes;
    };
    const began = performance.now();
    const before = await sent();
    let most = 0;
    while (performance.now() - began < milliseconds) {
      most = Math.max(most, Number(document.querySelector('[data-uplink]').dataset.uplink));
      await new Promise((resolve) => { requestAnimationFrame(resolve); });
    }
    return { measured: ((await sent() - before) * 8) / (performance.now() - began), said: most };
  }, milliseconds);
}

test('six people see each other in all thirty directions, each under the cap', async () => {
  const { everyone } = await room('Anna', ['Mei', 'Wei', 'Tom', 'Priya', 'Ren'], { viewport: { width: 400, height: 480 } });
  await Promise.all(everyone.map(({ page }) => flows(page, `${OTHERS} video`, 5)));
  const rates = await Promise.all(everyone.map(({ page }) => uplink(page, 12_000)));
  for (const [place, { measured, said }] of rates.entries()) {
    assert.ok(measured > 0 && measured < CEILING, `${everyone[place].name} sends ${measured} kbit/s`);
    assert.ok(said > 0 && said < CEILING, `${everyone[place].name} says ${said} kbit/s`);
  }
  console.log('uplinks in kbit/s:', rates.map(({ measured, said }) => `${Math.round(measured)} (at most ${said})`).join(', '));
  await Promise.all(everyone.map(({ page }) => flows(page, `${OTHERS} video`, 5)));
  // A quality sign on every tile.
  await everyone[0].page.waitForFunction(
    () => document.querySelectorAll('.room-quality[data-grade]').length === 5, null, { timeout: PATIENCE },
  );
  await goodbye(...everyone);
});

test('a shared screen is large and readable, the camera goes on, and it ends', async () => {
  const { host, guests: [guest], everyone } = await room('David', ['Lin Mei']);
  await flows(guest.page, `${OTHERS} video`, 1);
  await host.page.locator('[data-action="share"]').click();
  const screen = guest.page.locator('[data-screen]');
  await screen.waitFor({ timeout: PATIENCE });
  assert.equal(await screen.getAttribute('data-place'), 'main', 'large by itself');
  await flows(guest.page, '[data-screen] video', 1);
  await guest.page.waitForFunction(() => document.querySelector('[data-screen] video').videoHeight >= 1080, null, { timeout: PATIENCE });
  await flows(guest.page, `${OTHERS} video`, 1);
  await guest.page.waitForFunction(() => {
    const sound = document.querySelector('[data-screen] audio');
    return sound && !sound.paused && !sound.muted && sound.currentTime > 0.5;
  }, null, { timeout: PATIENCE });
  assert.equal(await host.page.locator('[data-own-screen]').count(), 1, 'told on one own tile');
  assert.equal(await host.page.locator('[data-screen]').count(), 0, 'no hall of mirrors');
  assert.equal(await host.page.evaluate(() => window.sharedScreen.getVideoTracks()[0].contentHint), 'detail');

  await host.page.locator('[data-action="share"]').click();
  await screen.waitFor({ state: 'detached', timeout: PATIENCE });
  assert.equal(await guest.page.locator('[data-place="main"]').count(), 0, 'back to the grid');

  // The browser's own bar ends a share as well; a reload offers it again.
  await host.page.locator('[data-action="share"]').click();
  await screen.waitFor({ timeout: PATIENCE });
  await host.page.evaluate(() => {
    const [track] = window.sharedScreen.getVideoTracks();
    track.stop();
    track.dispatchEvent(new Event('ended'));
  });
  await screen.waitFor({ state: 'detached', timeout: PATIENCE });
  await host.page.locator('[data-action="share"]').click();
  await screen.waitFor({ timeout: PATIENCE });
  await host.page.reload();
  await host.page.locator('[data-notice="share"] [data-action="share-again"]').click({ timeout: PATIENCE });
  await screen.waitFor({ timeout: PATIENCE });
  await flows(guest.page, '[data-screen] video', 1);
  await goodbye(...everyone);
});

test('somebody is pinned, unpinned, and large in the speaker view', async () => {
  const { host, everyone } = await room('Priya', ['Tom', 'Ren']);
  const tile = host.page.locator('[aria-label="Ren"][data-peer]');
  const before = await shownFrames(host.page, `${OTHERS} video`);
  await tile.hover();
  await tile.locator('[data-action="pin"]').click();
  await host.page.locator('[aria-label="Ren"][data-place="main"]').waitFor({ timeout: PATIENCE });
  const [large, small] = await Promise.all(['Ren', 'Tom']
    .map((name) => host.page.locator(`[aria-label="${name}"][data-peer]`).boundingBox()));
  assert.ok(large.height > 2 * small.height, 'the pinned one is large');
  assert.ok(large.x + large.width <= small.x, 'the others stand beside it');
  await flows(host.page, `${OTHERS} video`, 2);
  const now = await shownFrames(host.page, `${OTHERS} video`);
  assert.ok(now.every((frames, place) => frames > before[place]), 'no picture started anew');
  await tile.hover();
  await tile.locator('[data-action="pin"]').click();
  await host.page.locator('[data-arranged="grid"]').waitFor({ timeout: PATIENCE });

  await host.page.locator('[data-action="layout"]').click();
  await host.page.locator(`${OTHERS}[data-place="main"]`).waitFor({ timeout: PATIENCE });
  await host.page.locator('[data-action="layout"]').click();
  await host.page.locator('[data-arranged="grid"]').waitFor({ timeout: PATIENCE });
  await goodbye(...everyone);
});

test('who is not on screen is not sent, and comes back when shown; without a camera one sees initials', async () => {
  const { host, guests: [guest], everyone } = await room('Ruth', ['Jo'], { viewport: { width: 390, height: 844 } });
  await flows(host.page, `${OTHERS} video`, 1);
  const tabs = host.page.locator('.room-narrow-tabs button');
  await tabs.nth(1).click();
  await standsStill(host.page);
  await tabs.nth(0).click();
  await flows(host.page, `${OTHERS} video`, 1);

  await guest.page.locator('[data-action="camera"]').click();
  const tile = host.page.locator(`${OTHERS}[data-camera="off"]`);
  await tile.waitFor({ timeout: PATIENCE });
  assert.equal(await tile.locator('.room-initials').innerText(), 'J');
  assert.equal(await tile.locator('video').evaluate((video) => getComputedStyle(video).visibility), 'hidden');
  await goodbye(...everyone);
});
