// The limits of a run, in one place. What they protect is the page around the sandbox, and the room.

/** What output and tests of a run may be together, as JSON in UTF-8: what the wire takes, less what else a run says. */
export const REPORT_BYTES = 31 * 1024;
/** The share of that which errors may take when examples are run. */
export const ERROR_BYTES_WITH_EXAMPLES = 8 * 1024;
/** So many parts a report may have; streams that alternate quickly make many. */
export const REPORT_PARTS = 400;
/** How many characters of an execution's output are looked at. No example expects as much. */
export const CAPTURED_CHARACTERS = 64 * 1024;
/** How long an execution may take, unless the caller says otherwise. */
export const DEFAULT_LIMIT_MS = 5_000;
/** How long a language may take to start, its download apart. */
export const START_LIMIT_MS = 60_000;
/** How often a running execution is reported at most. */
export const REPORT_INTERVAL_MS = 250;

/** What one sandbox may send to its page during one execution. Honest ones stay far below. */
export const CELL_MESSAGES = 1_000;
export const CELL_CHARACTERS = 4 * CAPTURED_CHARACTERS;
/** What one worker may send to its sandbox, and how many parts a message may have. */
export const WORKER_MESSAGES = 4_000;
export const MESSAGE_PARTS = 1_000;

/** Of a table, the rest is counted. */
export const TABLE_ROWS = 200;
export const TABLE_COLUMNS = 60;
export const CELL_TEXT = 500;
/** What one table may be as JSON. */
export const TABLE_CHARACTERS = 16 * 1024;
