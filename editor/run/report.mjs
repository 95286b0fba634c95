// What a run has come to so far: its output, cut to what the wire takes, and the examples that were compared. Pure.

import {
  CAPTURED_CHARACTERS, ERROR_BYTES_WITH_EXAMPLES, REPORT_BYTES, REPORT_PARTS,
} from './limits.mjs';
import { beginning, cost, matches } from './text.mjs';

/** What a part costs besides its text: `{"stream":"error","text":""},`. */
const PART_BYTES = 30;
/** What a test costs besides its texts. */
const TEST_BYTES = 56;
/** Kept free for a last word. */
const LAST_WORD_BYTES = 600;
const MARK = '…';

/** What one execution printed, for the comparison with an example. */
export class Captured {
  #text = '';

  add(text) {
    if (this.#text.length < CAPTURED_CHARACTERS) this.#text += text.slice(0, CAPTURED_CHARACTERS - this.#text.length);
  }

  get text() {
    return this.#text;
  }
}

/** Output in the order in which it came, of which the first is kept. */
export class Output {
  parts = [];
  #left;
  #cutLine;
  #isCut = false;

  /** `cutLine` ends output that was cut. With examples, they get most of the room. */
  constructor(cutLine, withExamples) {
    const room = withExamples ? ERROR_BYTES_WITH_EXAMPLES : REPORT_BYTES;
    this.#cutLine = `\n${cutLine}`;
    this.#left = room - cost(this.#cutLine) - LAST_WORD_BYTES - 2 * PART_BYTES;
  }

  addText(stream, text) {
    if (this.#isCut || text === '') return;
    const last = this.parts.at(-1);
    const joins = last?.stream === stream;
    const room = this.#left - (joins ? 0 : PART_BYTES);
    const kept = this.#hasPlace(joins) ? beginning(text, room) : '';
    if (kept !== '') {
      this.#left = room - cost(kept);
      if (joins) last.text += kept;
      else this.parts.push({ stream, text: kept });
    }
    if (kept !== text) this.cut();
  }

  /** Fewer rows of a table that is too large; none, if not even its head has room. */
  addTable({ columns, rows, more }) {
    if (this.#isCut) return;
    for (let count = rows.length; ; count = Math.floor(count / 2)) {
      const text = JSON.stringify({ columns, rows: rows.slice(0, count), more: more + rows.length - count });
      const bytes = cost(text) + PART_BYTES;
      if (bytes <= this.#left && this.#hasPlace(false)) {
        this.#left -= bytes;
        this.parts.push({ stream: 'table', text });
        return;
      }
      if (count === 0) break;
    }
    this.cut();
  }

  /** A last word, for which there is always room. */
  close(line) {
    const text = beginning(line, LAST_WORD_BYTES - 2);
    const last = this.parts.at(-1);
    const isOpen = last && last.stream !== 'table' && !last.text.endsWith('\n');
    this.parts.push({ stream: 'error', text: isOpen ? `\n${text}` : text });
  }

  cut() {
    if (this.#isCut) return;
    this.#isCut = true;
    this.parts.push({ stream: 'error', text: this.#cutLine });
  }

  #hasPlace(joins) {
    return joins || this.parts.length < REPORT_PARTS;
  }
}

/** Compares one example. */
export function testOf(example, got, ok) {
  const { input, output: expected } = example;
  return { passed: ok && matches(got, expected), input, expected, got };
}

/** The tests with texts cut so that they fit beside the output, if they do not fit whole. */
export function fitting(tests) {
  const room = REPORT_BYTES - ERROR_BYTES_WITH_EXAMPLES - tests.length * TEST_BYTES;
  const whole = tests.reduce((sum, test) => sum + cost(test.input) + cost(test.expected) + cost(test.got), 0);
  if (whole <= room) return tests;
  const share = Math.floor(room / (3 * tests.length));
  const shorten = (text) => (cost(text) <= share ? text : beginning(text, share - cost(MARK)) + MARK);
  return tests.map(({ passed, input, expected, got }) => ({
    passed, input: shorten(input), expected: shorten(expected), got: shorten(got),
  }));
}
