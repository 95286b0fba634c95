// The inside of the sandbox's frame: starts the worker and stands between it and the page, so that the page never has
// to take in what a worker floods it with. Decides nothing else.

import { CAPTURED_CHARACTERS, CELL_CHARACTERS, MESSAGE_PARTS, WORKER_MESSAGES } from '../limits.mjs';

const FORWARD_MS = 100;

let page = null;
let worker = null;
let workerPort = null;
let isReady = false;
let messages = 0;
let characters = 0;
let queue = [];
let timer = null;

addEventListener('message', function meet(event) {
  if (event.source !== parent || event.ports.length !== 1) return;
  removeEventListener('message', meet);
  [page] = event.ports;
  page.onmessage = ({ data: [kind, ...rest] }) => ORDERS[kind](...rest);
});

const ORDERS = {
  start(script, files) {
    worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    const { port1, port2 } = new MessageChannel();
    workerPort = port1;
    workerPort.onmessage = (event) => take(event.data);
    workerPort.onmessageerror = () => end('flooded');
    // An error that code leaves behind is told by the worker itself.
    worker.onerror = () => {
      if (!isReady) end('died');
    };
    // It has no business to post by this way, and the code inside cannot, unless it finds one.
    worker.onmessage = () => count(0);
    worker.postMessage(files, [port2, ...Object.values(files)]);
  },
  run(task) {
    [messages, characters] = [0, 0];
    workerPort.postMessage(task);
  },
  ping(number) {
    page.postMessage(['pong', number]);
  },
};

/** Whether that was still within what a worker may send. */
function count(length) {
  messages += 1;
  characters += length;
  if (messages <= WORKER_MESSAGES && characters <= CELL_CHARACTERS) return true;
  end('flooded');
  return false;
}

function take(message) {
  if (!worker || !Array.isArray(message)) return;
  const [kind, first, second] = message;
  if (kind === 'parts') {
    if (!Array.isArray(first) || first.length > MESSAGE_PARTS || !first.every(isPart)) end('flooded');
    else if (count(first.reduce((sum, part) => sum + part[1].length, 0))) queueUp(first);
  } else if (kind === 'ready' && !isReady) {
    isReady = true;
    page.postMessage(message, first ? [first] : []);
  } else if (kind === 'broken') {
    end('died');
  } else if (kind === 'end') {
    forward();
    page.postMessage(['end', first === true, typeof second === 'string' ? second : null]);
  }
}

function isPart(part) {
  const isPair = Array.isArray(part) && part.length === 2 && part.every((value) => typeof value === 'string');
  return isPair && part[1].length <= CAPTURED_CHARACTERS;
}

function queueUp(parts) {
  if (queue.length + parts.length > MESSAGE_PARTS) forward();
  queue.push(...parts);
  timer ??= setTimeout(forward, FORWARD_MS);
}

function forward() {
  clearTimeout(timer);
  timer = null;
  if (queue.length === 0) return;
  page.postMessage(['parts', queue]);
  queue = [];
}

function end(reason) {
  worker?.terminate();
  worker = null;
  forward();
  page.postMessage([reason]);
}
