// Opens browsers with a fake camera and microphone, and people in them who notice every problem.

import assert from 'node:assert/strict';

import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Fake devices, yet no --use-fake-ui-for-media-stream: it would grant what a person's permissions deny.
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
  // A sound that starts without a click is what a room is for; nobody clicks in a headless window.
  '--autoplay-policy=no-user-gesture-required',
];

/** Longer than any single wait takes on a slow machine. */
const WAIT_LIMIT_MS = 60_000;

/** Starts a browser; close it with `browser.close()`. `flags` are further command line flags. */
export async function launchBrowser({ flags = [] } = {}) {
  const executablePath = process.env.CHROMIUM;
  assert.ok(executablePath, 'CHROMIUM is not set: run `cargo xtask test browser`');
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}

/**
 * Stops every process of a browser, as a machine does that falls asleep: no timer runs, nothing that comes in is
 * read, and no connection is closed. Answers how to wake it; a browser that is not woken cannot be closed.
 */
export async function putToSleep(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const signal = (name) => {
    for (const { id } of processInfo) process.kill(id, name);
  };
  signal('SIGSTOP');
  return () => signal('SIGCONT');
}

/**
 * A person: a browser context of their own (cookies, storage, permissions) with one page.
 * A camera or microphone that is not in `permissions` is denied to the page.
 */
export async function newPerson(
  browser,
  {
    name,
    baseURL,
    viewport = { width: 1440, height: 900 },
    locale = 'en-GB',
    timezone = 'Europe/London',
    colorScheme = 'light',
    javaScriptEnabled = true,
    permissions = ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
  },
) {
  const context = await browser.newContext({
    baseURL,
    viewport,
    locale,
    timezoneId: timezone,
    colorScheme,
    javaScriptEnabled,
    permissions,
  });
  context.setDefaultTimeout(WAIT_LIMIT_MS);
  const person = new Person(name, context);
  await person.watch();
  person.page = await context.newPage();
  return person;
}

class Person {
  /** Console errors, page errors and violations of the content security policy, as they came. */
  problems = [];
  #expected = [];

  constructor(name, context) {
    this.name = name;
    this.context = context;
  }

  /** Collects the problems of every page of this person. */
  async watch() {
    const note = (kind, text) => this.problems.push(`${this.name}: ${kind}: ${text}`);
    this.context.on('console', (message) => {
      if (message.type() !== 'error') return;
      note('console', `${message.text()} (${message.location().url})`);
    });
    this.context.on('weberror', (error) => note('page', error.error().stack ?? error.error()));
    this.context.on('page', (page) => page.on('crash', () => note('page', 'it crashed')));
    await this.context.exposeBinding('noteViolation', (_source, text) => note('policy', text));
    await this.context.addInitScript(() => {
      // Lets tests ask the page's connections what arrived.
      window.connectionsOfPage = [];
      window.RTCPeerConnection = class extends RTCPeerConnection {
        constructor(...options) {
          super(...options);
          window.connectionsOfPage.push(this);
        }
      };
      document.addEventListener('securitypolicyviolation', (event) => {
        window.noteViolation(`${event.violatedDirective} refused ${event.blockedURI}`);
      });
    });
  }

  /** Lets a problem pass that the test provokes, such as the console's line about a 404 page. */
  expectProblem(pattern) {
    this.#expected.push(pattern);
  }

  /** Fails if anything went wrong in this person's browser that was not expected. */
  assertClean() {
    const unexpected = this.problems.filter(
      (problem) => !this.#expected.some((pattern) => pattern.test(problem)),
    );
    assert.deepEqual(unexpected, [], `${this.name}'s browser had problems`);
  }

  /** Waits until `predicate`, run in the page with `argument`, is true. */
  async until(predicate, argument) {
    await this.page.waitForFunction(predicate, argument, { polling: 100 });
  }

  async close() {
    await this.context.close();
  }
}
