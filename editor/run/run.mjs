// Runs code in a sandbox of this browser and tells what comes of it. What it tells was made by the code itself: it is
// text to be shown, and no proof of anything.

import { CellEnd } from './cell.mjs';
import { labelsOf } from './labels.mjs';
import { DEFAULT_LIMIT_MS, REPORT_INTERVAL_MS } from './limits.mjs';
import { loadPack } from './packs.mjs';
import { Captured, fitting, Output, testOf } from './report.mjs';
import { dropCell, prepareCell, takeCell } from './warm.mjs';

/** The languages that can be run, by the names of the protocol. */
export const LANGUAGES = ['javascript', 'typescript', 'python', 'sql'];
/** Those that take seconds to start: one is kept ready after a run. */
const SLOW = new Set(['python']);

/**
 * Starts a run; nothing is thrown, everything is told by `onChange`, at most four times a second and once at the end:
 * `{ state: 'running' | 'done' | 'failed' | 'timed_out' | 'stopped', milliseconds, output: [{ stream: 'out' |
 * 'error' | 'table', text }], tests: [{ passed, input, expected, got }] }`. The text of a table is JSON: `{ columns:
 * [text], rows: [[text or null]], more }`, where `more` rows are not shown.
 *
 * `onProgress` hears `{ loaded, total }` in bytes while the language is fetched. With `examples`, each is run for
 * itself with its input, and `stdin` is not used. `limitMs` holds for each execution. `labels` are the sentences of
 * labels.mjs.
 */
export function startRun(options) {
  const run = new Run(options);
  run.start();
  return { stop: () => run.stop() };
}

class Run {
  #options;
  #labels;
  #output;
  #tests = [];
  #state = 'running';
  #spent = 0;
  #begun = null;
  #cell = null;
  #told = -Infinity;
  #timer = null;

  constructor(options) {
    this.#options = { stdin: '', limitMs: DEFAULT_LIMIT_MS, onProgress: () => {}, ...options };
    this.#options.examples = options.examples ?? [];
    this.#labels = labelsOf(options.labels);
    this.#output = new Output(this.#labels.cut, this.#options.examples.length > 0);
  }

  async start() {
    this.#changed();
    const { language, examples, stdin, onProgress } = this.#options;
    try {
      if (!LANGUAGES.includes(language)) throw new Error(`${language} does not run here`);
      const pack = await loadPack(language, onProgress);
      if (examples.length === 0) await this.#runOnce(pack, stdin);
      else await this.#runExamples(pack, examples);
      if (SLOW.has(language)) prepareCell(language, pack);
    } catch {
      this.#fail(this.#labels.unavailable);
    }
  }

  stop() {
    this.#end('stopped');
  }

  async #runOnce(pack, stdin) {
    const { state } = await this.#execute(pack, stdin);
    this.#end(state);
  }

  /** One after the other, each in a sandbox of its own. One that did not end by itself ends the run. */
  async #runExamples(pack, examples) {
    for (const [place, example] of examples.entries()) {
      const isLast = place === examples.length - 1;
      const { state, got, isLost } = await this.#execute(pack, example.input, !isLast);
      if (this.#state !== 'running') break;
      this.#tests.push(testOf(example, got, state === 'done'));
      this.#changed();
      if (state === 'timed_out' || isLost) {
        this.#end(state);
        break;
      }
    }
    this.#end('done');
    if (!SLOW.has(this.#options.language)) dropCell(this.#options.language);
  }

  /** Runs the code once with that input: how it ended, and what it printed, or the last result of SQL. */
  async #execute(pack, input, hasNext = false) {
    const { language, code, limitMs } = this.#options;
    if (this.#state !== 'running') return { state: 'stopped', got: '' };
    const cell = takeCell(language, pack);
    this.#cell = cell;
    const captured = new Captured();
    let timer = null;
    try {
      await cell.ready;
      if (hasNext) prepareCell(language, pack);
      this.#begun = performance.now();
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, limitMs, 'late');
      });
      const end = await Promise.race([cell.run({ code, input }, (parts) => this.#print(parts, captured)), late]);
      if (end !== 'late') return { state: end.ok ? 'done' : 'failed', got: end.result ?? captured.text };
      if (cell.seemsDead) throw new CellEnd('died');
      return { state: 'timed_out', got: captured.text };
    } catch (error) {
      this.#explain(error);
      return { state: 'failed', got: captured.text, isLost: true };
    } finally {
      clearTimeout(timer);
      cell.close();
      this.#cell = null;
      if (this.#begun !== null) this.#spent += performance.now() - this.#begun;
      this.#begun = null;
    }
  }

  #print(parts, captured) {
    if (this.#state !== 'running') return;
    const withExamples = this.#options.examples.length > 0;
    for (const { stream, text, table } of parts) {
      if (stream === 'out') captured.add(text);
      // What an example prints stands beside the example.
      if (stream === 'error' || (!withExamples && stream === 'out')) this.#output.addText(stream, text);
      if (stream === 'table' && !withExamples) this.#output.addTable(table);
    }
    this.#changed();
  }

  #explain(error) {
    if (this.#state !== 'running') return;
    const reason = error instanceof CellEnd ? error.reason : 'late';
    const lines = { died: this.#labels.died, flooded: this.#labels.flooded, late: this.#labels.unavailable };
    this.#output.close(lines[reason] ?? this.#labels.died);
  }

  #fail(line) {
    if (this.#state === 'running') this.#output.close(line);
    this.#end('failed');
  }

  #end(state) {
    if (this.#state !== 'running') return;
    this.#state = state;
    clearTimeout(this.#timer);
    this.#tell();
    this.#cell?.close();
  }

  #changed() {
    if (this.#state !== 'running' || this.#timer !== null) return;
    const wait = Math.max(0, this.#told + REPORT_INTERVAL_MS - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#tell();
    }, wait);
  }

  #tell() {
    this.#told = performance.now();
    const running = this.#begun === null ? 0 : this.#told - this.#begun;
    this.#options.onChange({
      state: this.#state,
      milliseconds: Math.round(this.#spent + running),
      output: this.#output.parts.map((part) => ({ ...part })),
      tests: fitting(this.#tests),
    });
  }
}
