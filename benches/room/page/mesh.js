// A video mesh as the examples of simple-peer build it: camera first, then join; the newcomer calls everybody.
/* global io, SimplePeer */

const others = document.querySelector('#others');
const button = document.querySelector('#join');
const peers = new Map();
let socket;

const opened = navigator.mediaDevices
  .getUserMedia({ audio: true, video: { width: { ideal: 1280 }, height: { ideal: 720 } } })
  .then((stream) => {
    document.querySelector('#own').srcObject = stream;
    button.disabled = false;
    return stream;
  });

button.addEventListener('click', async () => {
  const stream = await opened;
  socket = io();
  window.socket = socket;
  socket.on('connect', () => {
    socket.emit('join', { page: crypto.randomUUID(), media: { microphone: true, camera: true, screen: false } });
  });
  socket.on('welcome', ({ members }) => {
    window.noteWelcome?.();
    for (const { peer } of members) if (!peers.has(peer)) connect(peer, stream, true);
  });
  socket.on('signal', ({ from, data }) => {
    (peers.get(from) ?? connect(from, stream, false)).signal(data);
  });
  socket.on('peer_left', ({ peer }) => drop(peer));
});

function connect(peer, stream, initiator) {
  const connection = new SimplePeer({ initiator, stream, config: { iceServers: [] } });
  peers.set(peer, connection);
  connection.on('signal', (data) => socket.emit('signal', { to: peer, data }));
  connection.on('error', () => { if (peers.get(peer) === connection) drop(peer); });
  connection.on('stream', (remote) => {
    const video = document.createElement('video');
    Object.assign(video, { autoplay: true, playsInline: true, srcObject: remote, width: 320 });
    video.dataset.remote = peer;
    others.append(video);
  });
  return connection;
}

function drop(peer) {
  peers.get(peer)?.destroy();
  peers.delete(peer);
  document.querySelector(`[data-remote="${peer}"]`)?.remove();
}
