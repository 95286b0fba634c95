// Draws where other people are: selections under the text, carets with names above it. Their colours are classes,
// because the policy of the page forbids style attributes.

import { EditorSelection, StateEffect, StateField } from '@codemirror/state';
import { RectangleMarker, layer } from '@codemirror/view';

/** Sets `{ peer, name, colour, anchor, head }`; the time tells a person who moved from text that moved. */
const setCursor = StateEffect.define();
const removeCursors = StateEffect.define();

const cursors = StateField.define({
  create: () => new Map(),
  update(before, transaction) {
    let after = before;
    if (transaction.docChanged && before.size > 0) {
      after = new Map([...before].map(([peer, cursor]) => [peer, moved(cursor, transaction.changes)]));
    }
    for (const effect of transaction.effects) {
      if (effect.is(setCursor)) after = new Map(after).set(effect.value.peer, effect.value);
      if (effect.is(removeCursors)) after = new Map([...after].filter(([peer]) => !effect.value(peer)));
    }
    return after;
  },
});

/** The extension that holds and draws the cursors. */
export const remoteCursors = [
  cursors,
  layer({
    above: false,
    class: 'people-selections',
    markers: (view) => [...view.state.field(cursors).values()].flatMap((cursor) => selectionMarkers(view, cursor)),
    update: changesCursors,
  }),
  layer({
    above: true,
    class: 'people-carets',
    markers: (view) => [...view.state.field(cursors).values()].flatMap((cursor) => caretMarkers(view, cursor)),
    update: changesCursors,
  }),
];

/** Shows where a person is now. */
export function showCursor(view, person, { anchor, head }) {
  const cursor = { ...person, anchor, head, at: performance.now() };
  view.dispatch({ effects: setCursor.of(cursor) });
}

/** Removes the cursors of those for whom `isGone` holds. */
export function hideCursors(view, isGone = () => true) {
  if ([...view.state.field(cursors).keys()].some(isGone)) view.dispatch({ effects: removeCursors.of(isGone) });
}

function moved(cursor, changes) {
  // Text typed at the caret was most likely typed by its owner.
  return { ...cursor, anchor: changes.mapPos(cursor.anchor, 1), head: changes.mapPos(cursor.head, 1) };
}

function changesCursors(update) {
  return update.startState.field(cursors) !== update.state.field(cursors) || update.docChanged;
}

function selectionMarkers(view, { anchor, head, colour }) {
  if (anchor === head) return [];
  const range = EditorSelection.range(anchor, head);
  return RectangleMarker.forRange(view, `selection person-${colour}`, range);
}

function caretMarkers(view, cursor) {
  const range = EditorSelection.cursor(cursor.head);
  return RectangleMarker.forRange(view, 'caret', range).map((place) => new Caret(cursor, place));
}

class Caret {
  constructor(cursor, { left, top, height }) {
    this.cursor = cursor;
    this.place = { left, top, height };
  }

  eq({ cursor, place }) {
    return this.isSamePerson(cursor) && Object.keys(place).every((side) => place[side] === this.place[side]);
  }

  /** Whether the old mark can be moved. After a move of the person a new one shows the name for a while again. */
  isSamePerson({ peer, name, colour, at }) {
    const { cursor } = this;
    return cursor.peer === peer && cursor.name === name && cursor.colour === colour && cursor.at === at;
  }

  draw() {
    const caret = document.createElement('div');
    const name = document.createElement('span');
    name.className = 'name';
    name.textContent = this.cursor.name;
    caret.append(name);
    this.#put(caret);
    return caret;
  }

  update(caret, before) {
    if (!this.isSamePerson(before.cursor)) return false;
    this.#put(caret);
    return true;
  }

  #put(caret) {
    const { left, top, height } = this.place;
    const under = top < height ? ' under' : '';
    caret.className = `caret person-${this.cursor.colour}${under}`;
    caret.style.left = `${left}px`;
    caret.style.top = `${top}px`;
    caret.style.height = `${height}px`;
  }
}
