// First frames and lost links in real browsers: node browser.mjs SESSIONS TRIALS. Colloquy and the mesh over socket.io
// take turns in blocks, because two pairs of cameras at once would slow each other down. Figures go out as lines.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { launchBrowser, newPerson } from '../../end2end/support/browser.mjs';
import { book, connected, enterAsGuest, join, lobby, signUp } from '../../end2end/support/people.mjs';
import { Server } from '../../end2end/support/server.mjs';

const BLOCK = 5;
const LINK_DOWN_MS = 10_000;
const LIMIT_MS = 60_000;

const [sessionsFile, trialsText] = process.argv.slice(2);
const trials = Number(trialsText);
const { sessions } = JSON.parse(readFileSync(sessionsFile, 'utf8'));

const tell = (of, name, value) => console.log(`figure ${JSON.stringify({ of, name, value })}`);

/** Notes in the page when its join button is clicked, and when the first frame of somebody else is there. */
function watchFrames({ button, remote }) {
  const now = () => performance.timeOrigin + performance.now();
  addEventListener('click', (event) => {
    if (event.target.closest?.(button)) window.clickedAt ??= now();
  }, true);
  const seen = new WeakSet();
  const note = () => { window.frameAt ??= now(); };
  const look = () => {
    for (const video of document.querySelectorAll(remote)) {
      if (seen.has(video)) continue;
      seen.add(video);
      video.requestVideoFrameCallback(note);
      video.addEventListener('loadeddata', note);
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) note();
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

/** Notes in the page when it was welcomed: every time that a socket or the mesh says so. */
function watchWelcomes() {
  window.welcomes = [];
  window.noteWelcome = () => window.welcomes.push(performance.timeOrigin + performance.now());
  window.WebSocket = class extends WebSocket {
    constructor(...options) {
      super(...options);
      this.addEventListener('message', ({ data }) => {
        if (typeof data === 'string' && data.startsWith('{"type":"welcome"')) window.noteWelcome();
      });
    }
  };
}

/** A way to a server that can be cut and mended, as a cable can. */
class Link {
  #sockets = new Set();
  #cut = false;

  static async to(port) {
    const link = new Link();
    link.server = net.createServer((near) => {
      if (link.#cut) return near.destroy();
      const far = net.connect(port, '127.0.0.1');
      for (const [socket, other] of [[near, far], [far, near]]) {
        link.#sockets.add(socket);
        socket.setNoDelay(true);
        socket.on('error', () => {});
        socket.on('close', () => { link.#sockets.delete(socket); other.destroy(); });
        socket.pipe(other);
      }
    });
    link.server.listen(0, '127.0.0.1');
    await once(link.server, 'listening');
    link.url = `http://127.0.0.1:${link.server.address().port}`;
    return link;
  }

  cut() {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend() {
    this.#cut = false;
  }

  close() {
    this.cut();
    this.server.close();
  }
}

/** The peer's server as a child. */
async function startPeer() {
  const script = new URL('peers/socketio.mjs', import.meta.url).pathname;
  const child = spawn('node', [script, sessionsFile, '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /listening on (http:\S+)/.exec(line);
    if (found) return { url: found[1], stop: () => child.kill('SIGKILL') };
  }
  throw new Error('the peer does not listen');
}

async function ownPicture(page, selector) {
  await page.waitForFunction(
    (selector) => document.querySelector(selector)?.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA,
    selector,
    { timeout: LIMIT_MS },
  );
}

/** Milliseconds from the click to the first frame. */
async function clickToFrame(page, button) {
  await page.locator(button).click();
  await page.waitForFunction(() => window.frameAt !== undefined, null, { timeout: LIMIT_MS });
  return page.evaluate(() => window.frameAt - window.clickedAt);
}

/** How either of the two is entered and left. `here` stays in the room, `comer` comes again and again. */
const contestants = {
  async colloquy(browser) {
    const server = await Server.start();
    const host = await newPerson(browser, { name: 'host' });
    await signUp(host, server.url, 'anna', 'Anna Host');
    const { number, guestLink } = await book(host, server.url, { title: 'Bench', startsAt: new Date(Date.now() + 5 * 60_000) });
    const button = '.lobby-way-in button';
    return {
      button,
      remote: '[data-peer]:not([data-me]) video',
      here: host,
      async comer(base = server.url) {
        const guest = await newPerson(browser, { name: 'guest' });
        await enterAsGuest(guest, guestLink.replace(/^https?:\/\/[^/]+/, base), 'Guest');
        return guest;
      },
      async stay() {
        await host.page.goto(`${server.url}/join/${number}`);
        await lobby(host.page);
        await join(host);
      },
      async again(guest, base = server.url) {
        await guest.page.goto(`${base}/join/${number}`);
        await lobby(guest.page);
        await ownPicture(guest.page, '.self-view video');
      },
      whole: (count) => connected(host.page, count),
      port: new URL(server.url).port,
      stop: () => server.close(),
    };
  },

  async peer(browser) {
    const server = await startPeer();
    const button = '#join:enabled';
    const person = async (place, base = server.url) => {
      const someone = await newPerson(browser, { name: `peer ${place}` });
      const [name, value] = sessions[place].cookie.split('=');
      await someone.context.addCookies([{ name, value, url: base }]);
      return someone;
    };
    const open = async (someone, base = server.url) => {
      await someone.page.goto(base);
      await ownPicture(someone.page, '#own');
    };
    const host = await person(0);
    return {
      button,
      remote: 'video[data-remote]',
      here: host,
      comer: (base) => person(1, base),
      async stay() {
        await open(host);
        await host.page.locator(button).click();
        await host.page.waitForFunction(() => window.socket?.connected, null, { timeout: LIMIT_MS });
      },
      again: open,
      whole: (count) => host.page.waitForFunction(
        (count) => document.querySelectorAll('video[data-remote]').length === count, count, { timeout: LIMIT_MS },
      ),
      port: new URL(server.url).port,
      stop: server.stop,
    };
  },
};

async function firstFrames(of, browser, count) {
  const room = await contestants[of](browser);
  try {
    await room.stay();
    const guest = await room.comer();
    await guest.context.addInitScript(watchFrames, { button: room.button, remote: room.remote });
    // The first time warms up what the browser keeps: programs, codecs, processes.
    for (let trial = 0; trial <= count; trial += 1) {
      await room.again(guest);
      const took = await clickToFrame(guest.page, room.button);
      assert.ok(took > 0, `${took} ms`);
      if (trial > 0) tell(of, 'first-frame', took);
      await room.whole(1);
      await guest.page.goto('about:blank');
      // Whoever stays has noticed.
      await pause(1000);
    }
    await guest.close();
    await room.here.close();
  } finally {
    await room.stop();
  }
}

async function lostLinks(of, browser, count) {
  const room = await contestants[of](browser);
  const link = await Link.to(room.port);
  try {
    const guest = await room.comer(link.url);
    await guest.context.addInitScript(watchWelcomes);
    await room.again(guest, link.url);
    await guest.page.locator(room.button).click();
    const welcomed = async (times) => {
      await guest.page.waitForFunction((times) => window.welcomes.length >= times, times, { timeout: LIMIT_MS });
      return guest.page.evaluate(() => window.welcomes.at(-1));
    };
    await welcomed(1);
    for (let trial = 1; trial <= count; trial += 1) {
      link.cut();
      // The browser learns it too, as from a lost Wi-Fi.
      await guest.context.setOffline(true);
      await pause(LINK_DOWN_MS + Math.random() * 1000);
      link.mend();
      const mended = performance.timeOrigin + performance.now();
      await guest.context.setOffline(false);
      tell(of, 'link-back', (await welcomed(trial + 1)) - mended);
      await pause(1000);
    }
    await guest.close();
    await room.here.close();
  } finally {
    link.close();
    await room.stop();
  }
}

for (let done = 0; done < trials; done += BLOCK) {
  const count = Math.min(BLOCK, trials - done);
  for (const measure of [firstFrames, lostLinks]) {
    for (const of of ['colloquy', 'peer']) {
      const browser = await launchBrowser();
      try {
        // A lost link takes ten seconds; three of a block show as much as five.
        await measure(of, browser, measure === lostLinks ? Math.min(count, 3) : count);
      } finally {
        await browser.close();
      }
    }
  }
}
