// A path for sound and pictures between two pages that a test can cut while the server is heard all the time.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4 } from 'node:net';

const HERE = '127.0.0.1';

export class Relay {
  #open = true;
  /** By the address that they lead to. */
  #ways = new Map();

  /**
   * Leads everything between the pages of these two through here, from the next page they load on: `one` is told
   * of ways instead of the addresses of `other`, and `other` is told of none, so that it can only answer.
   */
  async stand(one, other) {
    await one.context.exposeBinding('wayTo', (_source, address, port) => this.#wayTo(address, port));
    await other.context.exposeBinding('wayTo', () => null);
    for (const { context } of [one, other]) await context.addInitScript(changeCandidates);
  }

  /** Ends every way for good; those that are asked for later lead nowhere before `mend`. */
  cut() {
    this.#open = false;
    this.close();
  }

  /** Lets the ways that were asked for since `cut`, and later ones, lead somewhere. */
  mend() {
    this.#open = true;
  }

  close() {
    for (const way of this.#ways.values()) way.then(({ sockets }) => sockets.forEach((socket) => socket.close()));
    this.#ways.clear();
  }

  /** The port of the way that leads to that address; null for an address that has none. */
  async #wayTo(address, port) {
    if (!isIPv4(address)) return null;
    const key = `${address}:${port}`;
    if (!this.#ways.has(key)) this.#ways.set(key, this.#makeWay(address, port));
    return (await this.#ways.get(key)).port;
  }

  /** Everybody who sends to the way gets a socket of their own towards its end, as behind a home's router. */
  async #makeWay(address, port) {
    const front = createSocket('udp4');
    const backs = new Map();
    const sockets = [front];
    front.on('message', (bytes, from) => {
      if (!this.#open) return;
      const key = `${from.address}:${from.port}`;
      if (!backs.has(key)) {
        const back = createSocket('udp4');
        back.on('message', (answer) => {
          if (this.#open) front.send(answer, from.port, from.address);
        });
        backs.set(key, back);
        sockets.push(back);
      }
      backs.get(key).send(bytes, port, address);
    });
    front.bind(0, HERE);
    await once(front, 'listening');
    return { port: front.address().port, sockets };
  }
}

/** In the page: puts ways in the place of the other side's addresses, and leaves out those that have none. */
function changeCandidates() {
  const { addIceCandidate, setRemoteDescription } = RTCPeerConnection.prototype;
  // RFC 8839: "candidate:" foundation, component, transport, priority, address, port, "typ" ...
  const change = async (candidate) => {
    const words = candidate.split(' ');
    const [, , transport, , address, port] = words;
    const way = transport.toLowerCase() === 'udp' ? await window.wayTo(address, Number(port)) : null;
    return way === null ? null : words.with(4, '127.0.0.1').with(5, String(way)).join(' ');
  };
  RTCPeerConnection.prototype.addIceCandidate = async function (init) {
    const candidate = init?.candidate ? await change(init.candidate) : '';
    if (candidate !== null) await addIceCandidate.call(this, { ...init, candidate });
  };
  RTCPeerConnection.prototype.setRemoteDescription = async function ({ type, sdp }) {
    const lines = await Promise.all(sdp.split('\r\n').map((line) => (
      line.startsWith('a=candidate:') ? change(line) : line)));
    await setRemoteDescription.call(this, { type, sdp: lines.filter((line) => line !== null).join('\r\n') });
  };
}
