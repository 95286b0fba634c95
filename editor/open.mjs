// Which answers are open in this page, so that nobody else sends what they keep.

const open = new Map();

export function isOpen(scope, answer) {
  return open.has(name(scope, answer));
}

/** Notes that an answer is open; call what comes back when it is no more. */
export function noteOpen(scope, answer) {
  const key = name(scope, answer);
  open.set(key, (open.get(key) ?? 0) + 1);
  return () => {
    const left = open.get(key) - 1;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  };
}

function name(scope, { question, peer }) {
  return `${scope}/${question}/${peer}`;
}
