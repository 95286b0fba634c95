// Python: CPython as Pyodide brings it, started anew for each execution, from the memory of a started one if there
// is one.

import { finish, serve, write } from './line.mjs';
import { boundMemory } from './memory.mjs';
import { frames } from './traceback.mjs';
import { loadPyodide } from 'pyodide';

const MEMORY_MEGABYTES = 512;
/** It has no address; what is asked for there is handed over. */
const FOLDER = 'https://pack.invalid/';
const TYPES = { wasm: 'application/wasm', zip: 'application/zip' };
const PACKAGES = {
  info: { abi_version: '2026_0', arch: 'wasm32', platform: 'emscripten_5_0_3', python: '3.14.2' },
  packages: {},
};

let python = null;

// Its event loop throws what it also answers with; the answer is enough.
for (const kind of ['error', 'unhandledrejection']) {
  self.addEventListener(kind, (event) => event.preventDefault());
}

async function boot({ snapshot, ...files }) {
  boundMemory(MEMORY_MEGABYTES);
  quieten();
  const fetchOfBrowser = self.fetch;
  self.fetch = async (address) => {
    const name = String(address).slice(FOLDER.length);
    return new Response(files[name], { headers: { 'content-type': TYPES[name.split('.').pop()] } });
  };
  const module = new Blob([files['pyodide.asm.mjs']], { type: 'text/javascript' });
  const { default: createPyodideModule } = await import(URL.createObjectURL(module));
  python = await loadPyodide({
    createPyodideModule,
    indexURL: FOLDER,
    lockFileContents: PACKAGES,
    packageBaseUrl: FOLDER,
    env: { HOME: '/home/user', PYTHONUNBUFFERED: '1' },
    ...(snapshot ? { _loadSnapshot: snapshot } : { _makeSnapshot: true }),
  });
  self.fetch = fetchOfBrowser;
  // An interpreter that exits or breaks never answers.
  python._api.on_fatal = (error) => {
    if (typeof error?.status !== 'number') write('error', `${error?.message ?? error}\n`);
    finish(error?.status === 0);
  };
  return snapshot ? null : python.makeMemorySnapshot().buffer;
}

/** Pyodide's own remarks are for nobody here, and its sockets would wait for ever for the network there is not. */
function quieten() {
  self.console = new Proxy({}, { get: () => () => {} });
  self.WebSocket = function refused() {
    throw new Error('there is no network');
  };
}

async function run({ code, input }) {
  connect(input);
  try {
    await python.runPythonAsync(code, { filename: 'main.py' });
    end(true);
  } catch (error) {
    explain(error);
  }
}

/** Standard input is all there is of it; what is printed goes out as it comes. */
function connect(input) {
  const bytes = new TextEncoder().encode(input);
  let at = 0;
  python.setStdin({
    isatty: false,
    read(buffer) {
      const part = bytes.subarray(at, at + buffer.length);
      buffer.set(part);
      at += part.length;
      return part.length;
    },
  });
  const writer = (stream) => {
    const decoder = new TextDecoder();
    return {
      isatty: false,
      write(buffer) {
        write(stream, decoder.decode(buffer, { stream: true }));
        return buffer.length;
      },
    };
  };
  python.setStdout(writer('out'));
  python.setStderr(writer('error'));
  python.runPython('import sys; sys.stdout.reconfigure(write_through=True); del sys');
}

function end(ok) {
  try {
    python.runPython('import sys; sys.stdout.flush(); sys.stderr.flush()');
  } catch {
    // The code may have closed them, or broken the interpreter.
  }
  finish(ok);
}

function explain(error) {
  const text = String(error?.message ?? error);
  if (error?.type !== 'SystemExit') {
    write('error', frames(text));
    end(false);
    return;
  }
  const said = /SystemExit(?:: ([^\n]*))?\s*$/.exec(text)?.[1] ?? '';
  const isNumber = /^-?\d+$/.test(said);
  if (said !== '' && said !== 'None' && !isNumber) write('error', `${said}\n`);
  end(said === '' || said === 'None' || Number(said) === 0);
}

serve(boot, run);
