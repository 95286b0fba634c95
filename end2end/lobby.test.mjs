// The check of devices and network: days before the interview by the same link, and in the lobby.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchBrowser, newPerson } from './support/browser.mjs';
import { goodbye, invite } from './support/meeting.mjs';
import { PATIENCE, enterAsGuest } from './support/people.mjs';
import { Server } from './support/server.mjs';
import { startSilence, startStun } from './support/stun.mjs';

let server;
let browser;

before(async () => {
  server = await Server.start();
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const day = 86_400_000;

/** Books an interview in some days, by a new account. */
async function booked(at, options = {}) {
  const host = await newPerson(browser, { name: 'Anna K.' });
  const invitation = await invite(host, at.url, {
    title: 'Backend engineer, round 2', startsAt: new Date(Date.now() + 3 * day), ...options,
  });
  await goodbye(host);
  return invitation;
}

/** Lets the test hear what the page plays by an audio context. */
function overhear() {
  window.loudest = 0;
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function overheard(target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      const analyser = new AnalyserNode(this.context);
      connect.call(this, analyser);
      const samples = new Float32Array(analyser.fftSize);
      const listen = () => {
        analyser.getFloatTimeDomainData(samples);
        window.loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), window.loudest);
        if (this.context.state !== 'closed') requestAnimationFrame(listen);
      };
      listen();
    }
    return connect.call(this, target, ...rest);
  };
}

/** Notes every address that the page asks. */
function noteRequests(person) {
  const hosts = new Set();
  const note = (address) => {
    if (/^(http|ws)s?:/.test(address)) hosts.add(new URL(address).host);
  };
  person.context.on('request', (request) => note(request.url()));
  person.page.on('websocket', (socket) => note(socket.url()));
  return hosts;
}

const part = (page, name) => page.locator(`[data-test="${name}"]`);
const says = (page, name, text) => part(page, name).getByText(text).waitFor({ timeout: PATIENCE });

/** Runs the test of the network and answers the verdict and what was found. */
async function testNetwork(page) {
  const route = part(page, 'route');
  await route.getByRole('button').click();
  await route.and(page.locator('[data-verdict]')).waitFor({ timeout: PATIENCE });
  const findings = await route.locator('.check-finding').evaluateAll((all) =>
    all.map((finding) => ({ severity: finding.dataset.severity, text: finding.innerText })));
  return { verdict: await route.getAttribute('data-verdict'), findings };
}

/** Waits until what was recorded has been played, and answers how long that was, in seconds. */
async function played(page) {
  await part(page, 'record').getByText('This is how you sound.').waitFor({ timeout: PATIENCE });
  await page.waitForFunction(() => document.querySelector('[data-test="record"] audio').ended, null, { timeout: PATIENCE });
  return page.locator('[data-test="record"] audio').evaluate((audio) => audio.currentTime);
}

async function openCheck(person, link) {
  person.expectProblem(/403/);
  await person.page.goto(link);
  assert.equal(await person.page.locator('[data-refusal="too_early"]').count(), 1);
  await person.page.locator('[data-action="check"]').click();
  await person.page.waitForURL('**/check?key=*');
  await person.page.locator('.lobby-switch:enabled').first().waitFor({ timeout: PATIENCE });
}

test('a guest who is days early hears themselves, hears the speaker and tests the network', async () => {
  const { guestLink } = await booked(server);
  const mei = await newPerson(browser, { name: 'Lin Mei' });
  await mei.context.addInitScript(overhear);
  const asked = noteRequests(mei);
  const { page } = mei;
  await openCheck(mei, guestLink);

  const record = part(page, 'record');
  await record.getByRole('button', { name: 'Record three seconds' }).click();
  await says(page, 'record', 'Recording: say something, three seconds.');
  await says(page, 'record', 'Recording: one more second.');
  const whole = await played(page);
  assert.ok(whole > 2.4 && whole < 3.8, `three seconds were recorded: ${whole}`);
  await record.getByRole('button', { name: 'Yes' }).click();
  await says(page, 'record', 'Good, this works.');

  await record.getByRole('button', { name: 'Record again' }).click();
  await says(page, 'record', 'Recording: two more seconds.');
  await record.getByRole('button', { name: 'Stop' }).click();
  const part1 = await played(page);
  assert.ok(part1 > 0.3 && part1 < 2.4, `stopped early: ${part1}`);
  await record.getByRole('button', { name: 'No' }).click();
  await says(page, 'record', /mute switch/);

  // The notes are for the speaker: nothing else may have sounded before.
  await page.evaluate(() => { window.loudest = 0; });
  const tone = part(page, 'tone');
  await tone.getByRole('button', { name: 'Play two notes' }).click();
  await tone.getByRole('group', { name: 'Did you hear two notes?' }).waitFor({ timeout: PATIENCE });
  const loudest = await page.evaluate(() => window.loudest);
  assert.ok(loudest > 0.1 && loudest < 0.6, `soft, and to be heard: ${loudest}`);
  await tone.getByRole('button', { name: 'Yes' }).click();

  const { verdict, findings } = await testNetwork(page);
  assert.equal(verdict, 'plain');
  assert.deepEqual(findings.map(({ severity }) => severity), ['good', 'good', 'good', 'plain'], JSON.stringify(findings));
  assert.match(findings[3].text, /offers no relay: people connect directly/);

  await part(page, 'report').getByRole('button').click();
  await says(page, 'report', 'Copied');
  const report = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(report, /Backend engineer, round 2/);
  assert.match(report, /Own recording: not heard\nNotes from the speaker: heard\n- The live connection/);

  assert.deepEqual([...asked], [new URL(guestLink).host], 'no other host is asked for anything');
  // The way back ends the devices with the page.
  await page.locator('.check-back').click();
  await page.locator('[data-refusal="too_early"]').waitFor();
  mei.assertClean();
  await mei.close();
});

test('where sockets are blocked the check says that plain HTTP stands in', async () => {
  const { guestLink } = await booked(server);
  const mei = await newPerson(browser, { name: 'Lin Mei' });
  await mei.page.routeWebSocket(/\/check\/socket$/, (socket) => socket.close());
  await openCheck(mei, guestLink);
  const { verdict, findings } = await testNetwork(mei.page);
  assert.equal(verdict, 'limited');
  assert.equal(findings[0].severity, 'limited');
  assert.match(findings[0].text, /Limited .*everything works over plain HTTP, a little slower/);
  assert.match(findings[1].text, /Plain HTTP works/);
  mei.assertClean();
  await mei.close();
});

test('without devices, without WebRTC and without an answer the check is still of use', async () => {
  const { guestLink } = await booked(server);
  const mei = await newPerson(browser, { name: 'Lin Mei', permissions: [] });
  await mei.context.addInitScript(() => { delete window.RTCPeerConnection; });
  await openCheck(mei, guestLink);
  const { page } = mei;
  await page.locator('.media-notice').first().waitFor({ timeout: PATIENCE });
  await says(page, 'record', 'Switch the microphone on to record.');
  assert.ok(await part(page, 'record').getByRole('button').isDisabled());
  await part(page, 'tone').getByRole('button', { name: 'Play two notes' }).click();
  await part(page, 'tone').getByRole('group').waitFor({ timeout: PATIENCE });
  let { verdict, findings } = await testNetwork(page);
  assert.equal(verdict, 'bad');
  assert.match(findings.at(-1).text, /no WebRTC/);
  assert.match(findings.at(-1).text, /Use a current Chrome, Edge, Firefox or Safari/);

  mei.expectProblem(/ERR_FAILED/);
  await page.routeWebSocket(/\/check\/socket$/, (socket) => socket.close());
  await page.route('**/check/http', (request) => request.abort());
  await part(page, 'route').getByRole('button', { name: 'Test again' }).click();
  await says(page, 'route', /The server cannot be reached/);
  mei.assertClean();
  await mei.close();
});

test('STUN servers are tried, and their silence is told with what to do', async (context) => {
  const stun = await startStun();
  const silence = await startSilence();
  const options = (...hosts) => hosts.flatMap(({ host }) => ['--ice-server', `stun:${host}`]);
  const both = await Server.start({ options: options(stun, silence) });
  const blocked = await Server.start({ options: options(silence) });
  context.after(async () => {
    for (const each of [both, blocked, stun, silence]) await each.close();
  });

  const expected = [[both, 'limited', /Sound and picture can go directly/], [blocked, 'bad', /UDP is blocked and there is no relay[\s\S]*hotspot/]];
  for (const [at, worst, words] of expected) {
    const { guestLink } = await booked(at);
    const mei = await newPerson(browser, { name: 'Lin Mei' });
    await openCheck(mei, guestLink);
    const { verdict, findings } = await testNetwork(mei.page);
    const texts = findings.map(({ text }) => text);
    assert.equal(verdict, worst, texts.join('\n'));
    assert.match(texts.at(-1), words);
    assert.ok(texts.includes(`Limited ${silence.host} does not answer by UDP.`), texts.join('\n'));
    assert.equal(texts.includes(`Good ${stun.host} answers by UDP.`), at === both, texts.join('\n'));
    mei.assertClean();
    await mei.close();
  }
});

test('the lobby keeps the same tests folded away', async () => {
  const { guestLink } = await booked(server, { startsAt: new Date() });
  const mei = await newPerson(browser, { name: 'Lin Mei' });
  const { page } = mei;
  await page.goto(guestLink);
  assert.match(await page.locator('[data-action="check"]').getAttribute('href'), /\/check\?key=/);
  await enterAsGuest(mei, guestLink, 'Lin Mei');
  assert.equal(await part(page, 'route').isVisible(), false);
  await page.locator('.check-details summary').click();
  const { verdict } = await testNetwork(page);
  assert.equal(verdict, 'plain');
  mei.assertClean();
  await mei.close();
});
