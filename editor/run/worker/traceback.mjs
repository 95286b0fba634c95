// Shortens a Python traceback to the frames of the code itself. Pure.

const FRAME = /^ {2}File "([^"]*)"/;
const OWN = /^\/lib\/python[^"]*\/(_pyodide|pyodide|asyncio)\/|^<exec>$/;

/** The traceback without the frames of what runs the code. */
export function frames(text) {
  const kept = [];
  let isOwn = false;
  for (const line of text.split('\n')) {
    const file = FRAME.exec(line)?.[1];
    if (file !== undefined) isOwn = OWN.test(file);
    else if (!line.startsWith('    ') && !line.startsWith('  [')) isOwn = false;
    if (!isOwn) kept.push(line);
  }
  return `${kept.join('\n').trimEnd()}\n`;
}
