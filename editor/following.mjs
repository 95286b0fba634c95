// Keeps the view where another person looks, until the person at this page scrolls or types.

import { EditorView } from '@codemirror/view';

const LEAVING = ['Alt', 'Control', 'Escape', 'Meta', 'Shift', 'Tab'];

export class Following {
  #view;
  #onLost;
  #peer = null;

  constructor(view, onLost) {
    this.#view = view;
    this.#onLost = onLost;
    for (const type of ['wheel', 'touchmove', 'mousedown', 'keydown']) {
      view.scrollDOM.addEventListener(type, (event) => this.#handle(event), { passive: true });
    }
  }

  get peer() {
    return this.#peer;
  }

  follow(peer) {
    this.#peer = peer;
  }

  /** The person at this page goes their own way. */
  lose() {
    if (this.#peer === null) return;
    this.#peer = null;
    this.#onLost();
  }

  #handle(event) {
    // To copy something is not to go one's own way.
    const stays = event.type === 'keydown' && (event.ctrlKey || event.metaKey || LEAVING.includes(event.key));
    if (!stays) this.lose();
  }

  /** Goes where the followed person is. */
  go({ head, top }) {
    const view = this.#view;
    const line = view.state.doc.line(Math.min(top, view.state.doc.lines));
    const at = Math.min(head, view.state.doc.length);
    view.dispatch({ effects: EditorView.scrollIntoView(line.from, { y: 'start', yMargin: 0 }) });
    // Their window may be taller than this one.
    view.requestMeasure({
      read: () => isOutside(view, at),
      write: (outside) => {
        if (outside) queueMicrotask(() => view.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'nearest' }) }));
      },
    });
  }
}

/** The number of the first line in view. */
export function topLine(view) {
  const height = view.scrollDOM.getBoundingClientRect().top - view.documentTop;
  return view.state.doc.lineAt(view.lineBlockAtHeight(height + 2).from).number;
}

function isOutside(view, at) {
  const place = view.coordsAtPos(at);
  const { top, bottom } = view.scrollDOM.getBoundingClientRect();
  return !place || place.top < top || place.bottom > bottom;
}
