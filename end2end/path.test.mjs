// The path of sound and pictures is lost: it is found anew over other addresses, in the connections there are.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { goodbye, meet, settled } from './support/meeting.mjs';
import { PATIENCE, connected, live, reads, write } from './support/people.mjs';
import { Proxy } from './support/proxy.mjs';
import { Relay } from './support/relay.mjs';
import { Server } from './support/server.mjs';
import { comesTo, noteConnections, phase, sameConnections, state } from './support/state.mjs';

let server;
let browser;
let proxy;
let relay;
let people = [];

before(async () => {
  server = await Server.start();
  browser = await launchBrowser();
});

afterEach(async () => {
  for (const person of people) await person.close();
  people = [];
  await proxy?.close();
  relay?.close();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Host and guest, whose media has one path; both hear the server by a road of its own. */
async function meeting() {
  proxy = await Proxy.start(server.url);
  relay = new Relay();
  const host = await newPerson(browser, { name: 'Priya N.' });
  const guest = await newPerson(browser, { name: 'Tom B.' });
  people.push(host, guest);
  await relay.stand(guest, host);
  await meet(proxy.url, host, [guest]);
  await settled(host, guest);
  for (const { page } of people) await noteConnections(page);
  return { host, guest };
}

const each = (act) => Promise.all(people.map(({ page }, place) => act(page, place)));

/** The names under which a page's connections look for a path now (RFC 8839, ice-ufrag); new with every restart. */
const fragments = (page) => page.evaluate(() => window.connectionsNoted
  .map(({ localDescription }) => /^a=ice-ufrag:(.*)$/m.exec(localDescription.sdp)[1]));

/** Waits until the page knows that its media has no path. */
const knows = (page) => page.waitForFunction(() => window.connectionsNoted
  .every(({ connectionState }) => connectionState !== 'connected'), null, { timeout: PATIENCE, polling: 100 });

/** They see and hear each other again, in the same connections, which looked for a path anew. */
async function cameBack(states, names) {
  await each((page) => connected(page, 1));
  await settled(...people);
  await each(sameConnections);
  await each((page, place) => comesTo(page, states[place]));
  const now = await each(fragments);
  for (const place of [0, 1]) assert.notDeepEqual(now[place], names[place], 'ICE was restarted');
}

test('only the path of media is lost: ICE restarts, over the way to the server that lives on', async () => {
  const { host, guest } = await meeting();
  const [states, names] = [await each(state), await each(fragments)];
  const { passed } = proxy;
  relay.cut();
  await each((page) => page.locator('[data-link="reconnecting"]').waitFor({ timeout: PATIENCE }));
  await each((page) => phase(page, 'live'));
  relay.mend();
  await cameBack(states, names);
  assert.equal(proxy.passed, passed, 'no way to the server was opened anew');
  await goodbye(host, guest);
});

test('another network, with other addresses: the way to the server and the path of media are found anew', async () => {
  const { host, guest } = await meeting();
  await write(host.page, 'Before');
  await reads(guest.page, 'Before');
  const [states, names] = [await each(state), await each(fragments)];
  guest.expectProblem(/WebSocket connection|ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  // Out of one network ...
  relay.cut();
  await guest.context.setOffline(true);
  proxy.drop();
  await phase(guest.page, 'reconnecting');
  await each(knows);
  // ... and into the next.
  relay.mend();
  await guest.context.setOffline(false);
  await live(guest.page);
  await cameBack(states, names);
  await write(guest.page, 'Back');
  await reads(host.page, 'Back');
  await goodbye(host, guest);
});
