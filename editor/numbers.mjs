// The numbers of this page's updates: one count for each answer, whoever in the page sends them.

const last = new Map();

/** The number of the next update of this answer, counted from 1 as long as the page lives. */
export function nextNumber({ question, peer }) {
  const name = `${question}/${peer}`;
  const number = (last.get(name) ?? 0) + 1;
  last.set(name, number);
  return number;
}
