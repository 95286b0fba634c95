// What a person's room looks like, to be compared before and after; and whether its media lives on.
import assert from 'node:assert/strict';

import { PATIENCE } from './people.mjs';

/** Everything of a live room that must outlive a reload or a loss. */
export async function state(page) {
  return page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const words = (name) => document.querySelector(`[data-action="${name}"]`)?.innerText.trim();
    return {
      seat: document.querySelector('[data-me]').dataset.peer,
      host: document.querySelector('[data-action="end"]') !== null,
      tab: document.querySelector('[role="tab"][aria-selected="true"]').id,
      side: document.querySelector('.room').dataset.side,
      microphone: words('microphone'),
      camera: words('camera'),
      members: all('[data-peer]').map((tile) => tile.dataset.peer).sort(),
      chat: all('[data-message]').map((said) => said.querySelector('.room-message-text').innerText),
      draft: document.querySelector('[data-chat] textarea').value,
    };
  });
}

/** Waits until the state is `expected`. */
export async function comesTo(page, expected) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const now = await state(page);
    try {
      assert.deepEqual(now, expected);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
  }
}

/** Notes the connections that work now, to ask for them later. */
export async function noteConnections(page) {
  await page.evaluate(() => {
    window.connectionsNoted = window.connectionsOfPage.filter(
      (connection) => connection.connectionState === 'connected',
    );
    window.connectionsThen = window.connectionsOfPage.length;
  });
}

/** The connections noted, and no others, still work. */
export async function sameConnections(page) {
  const found = await page.evaluate(() => ({
    working: window.connectionsNoted.map((connection) => connection.connectionState),
    made: window.connectionsOfPage.length - window.connectionsThen,
  }));
  assert.ok(found.working.length > 0, 'connections were noted');
  assert.ok(found.working.every((now) => now === 'connected'), `${found.working}`);
  assert.equal(found.made, 0, 'no connection was made anew');
}

/** Pictures decoded so far, of all connections together. */
export async function decoded(page) {
  return page.evaluate(async () => {
    let frames = 0;
    for (const connection of window.connectionsOfPage) {
      if (connection.connectionState !== 'connected') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded;
      }
    }
    return frames;
  });
}

/** Waits until so many more pictures were decoded. */
export async function decodesMore(page, more) {
  const before = await decoded(page);
  const deadline = Date.now() + 2 * PATIENCE;
  while (await decoded(page) < before + more) {
    assert.ok(Date.now() < deadline, `no ${more} more pictures`);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
  }
}

/** Waits for the phase of that name. */
export async function phase(page, name) {
  await page.locator(`[data-phase="${name}"]`).waitFor({ timeout: PATIENCE });
}

/** Waits until the server is heard by that way: `web_socket` or `http`. */
export async function transport(page, name) {
  await page.locator(`[data-testid="connection"][data-transport="${name}"]`).waitFor({ timeout: 2 * PATIENCE });
}

/** Waits until so many messages are unread; none means no number is shown. */
export async function unread(page, count) {
  await page.waitForFunction((count) => {
    const shown = document.querySelector('#room-tab-chat .room-unread')?.innerText ?? '0';
    return Number(shown) === count;
  }, count, { timeout: PATIENCE });
}
