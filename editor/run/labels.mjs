// The few sentences that become part of a run. The page gives them in the viewer's language; these stand in for
// those that it does not give.

const DEFAULTS = {
  /** After output that was cut. */
  cut: 'Further output was not kept.',
  /** The code's process is gone. */
  died: 'The code ended unexpectedly. It may have used too much memory.',
  /** It sent more messages than honest code can. */
  flooded: 'The code was stopped because it sent too much at once.',
  /** A pack could not be fetched or did not start. */
  unavailable: 'The language could not be loaded. Check the connection and run again.',
};

/** Those of `given` that are text, and defaults for the others. */
export function labelsOf(given = {}) {
  const labels = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS)) {
    if (typeof given[name] === 'string') labels[name] = given[name];
  }
  return labels;
}
