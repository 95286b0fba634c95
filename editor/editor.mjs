// The editor of one answer as the page uses it. Ties document, view, cursors and settings together; decides no right.

import { Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { ySyncAnnotation } from 'y-codemirror.next';
import { UndoManager } from 'yjs';

import { hideCursors, showCursor } from './cursors.mjs';
import { AnswerDocument } from './document.mjs';
import { Following, topLine } from './following.mjs';
import { PRESENCE, UPDATE, encodePresence } from './frames.mjs';
import { Kept } from './kept.mjs';
import { loadKeys } from './keys.mjs';
import { loadLanguage } from './languages.mjs';
import { LONGEST_ANSWER } from './limit.mjs';
import { noteOpen } from './open.mjs';
import { PresenceSender, decodePlace, encodePlace } from './presence.mjs';
import { LEAVE, setup } from './setup.mjs';
import { applySettings, dress } from './theme.mjs';

export { hasWaiting, sendWaiting } from './waiting.mjs';

/**
 * Opens an answer inside `host`. The options:
 * - `scope` names whose browser keeps what is not saved; `question` and `peer` name the answer
 * - `kind`: `coding` or `text`; `readOnly`
 * - `me`: the peer at this page; `people`: `{ peer, name, colour }` with colours from 0 to 7
 * - `settings`: `{ fontSize, theme: auto | light | dark, keys: default | vim | emacs }`
 * - `labels`: `{ name, leave, phrases }`: what the editor is called, how one leaves it by keyboard, and CodeMirror's
 *   English phrases in the person's language
 * - `starters`: `{ language, code }`; `languages`: `{ name, label }`, those that may be chosen
 * - `send(bytes)` says whether there was a way to the server
 * - `onState` hears `{ saved, waiting, kept, loaded, language, length, tooLong }` after every change: `kept` is whether
 *   the browser keeps what waits, `tooLong` whether an edit was refused or the text is longer than allowed
 * - `onFollowLost()`: the person at this page goes their own way
 */
export function openAnswer(host, options) {
  return new AnswerEditor(host, options);
}

class AnswerEditor {
  #options;
  #answer;
  #document;
  #view;
  #frame;
  #undoManager;
  #following;
  #presence;
  #people;
  /** What people last said of where they are, by peer. */
  #places = new Map();
  #slots = { access: new Compartment(), language: new Compartment(), keys: new Compartment() };
  #shown = { language: null, keys: 'default', writable: false };
  #tooLong = false;
  #telling = false;
  #closed = false;
  #forgetOpen;

  constructor(host, options) {
    const { scope, question, peer } = options;
    this.#options = options;
    this.#answer = { question, peer };
    this.#people = new Map(options.people.map((person) => [person.peer, person]));
    this.#forgetOpen = noteOpen(scope, this.#answer);
    this.#document = new AnswerDocument(this.#answer, new Kept(scope), {
      send: options.send,
      onChange: () => this.#handleChange(),
    });
    this.#undoManager = new UndoManager(this.#document.text);
    this.#presence = new PresenceSender((state) => options.send(encodePresence(this.#answer, state)));
    this.#frame = makeFrame(host, options);
    this.#view = this.#makeView();
    this.#following = new Following(this.#view, options.onFollowLost ?? (() => {}));
    this.#view.scrollDOM.addEventListener('scroll', () => this.#tellPlace(), { passive: true });
    this.setSettings(options.settings);
    this.#showLanguage();
  }

  receive(bytes) {
    const frame = this.#document.receive(bytes);
    if (frame?.kind === PRESENCE) this.#handlePresence(frame);
    // Where somebody is may lie in text that has only come now.
    if (frame?.kind === UPDATE) for (const [peer, place] of this.#places) if (!place.shown) this.#showPlace(peer);
  }

  /** There is a way to the server, and it knows that this page looks at this answer. */
  online() {
    this.#presence.reset();
    this.#document.online();
  }

  offline() {
    this.#document.offline();
    this.#places.clear();
    hideCursors(this.#view);
  }

  setPeople(people) {
    this.#people = new Map(people.map((person) => [person.peer, person]));
    hideCursors(this.#view, (peer) => !this.#people.has(peer));
    for (const peer of this.#places.keys()) this.#showPlace(peer);
  }

  setSettings(settings) {
    applySettings(this.#frame, settings);
    this.#view.requestMeasure();
    this.#showKeys(settings.keys ?? 'default');
  }

  /** Chooses a language for everybody. Its starter replaces a text to which nobody has added anything. */
  setLanguage(name) {
    const { starters, languages, readOnly } = this.#options;
    const { doc, settings, text, language, loaded } = this.#document;
    const known = !languages || languages.some((other) => other.name === name);
    if (readOnly || !loaded || !known || name === language) return;
    const code = (of) => starters.find((starter) => starter.language === of)?.code ?? '';
    const current = text.toString();
    const untouched = current.trim() === '' || current === code(language);
    doc.transact(() => settings.set('language', name));
    if (untouched && current !== code(name)) {
      this.#view.dispatch({ changes: { from: 0, to: current.length, insert: code(name) }, selection: { anchor: 0 } });
    }
  }

  text() {
    return this.#document.text.toString();
  }

  /** Keeps the view where this peer is, until `onFollowLost`; null ends it. */
  follow(peer) {
    this.#following.follow(peer);
    const place = this.#decode(peer);
    if (place) this.#following.go(place);
  }

  focus() {
    this.#view.focus();
  }

  close() {
    if (this.#closed) return;
    this.#presence.close();
    this.#document.close();
    this.#closed = true;
    this.#undoManager.destroy();
    this.#view.destroy();
    this.#frame.getRootNode().replaceChildren();
    this.#forgetOpen();
  }

  #makeView() {
    const { kind, labels } = this.#options;
    const { access, language, keys } = this.#slots;
    const { text } = this.#document;
    const state = EditorState.create({
      doc: text.toString(),
      extensions: [
        keys.of([]),
        setup({
          kind,
          text,
          undoManager: this.#undoManager,
          labels,
          onVerdict: (refused) => this.#handleVerdict(refused),
        }),
        access.of(writable(false)),
        language.of([]),
        EditorView.updateListener.of((update) => this.#handleUpdate(update)),
      ],
    });
    return new EditorView({ state, root: this.#frame.getRootNode(), parent: this.#frame });
  }

  #handleUpdate(update) {
    const own = update.transactions.some((transaction) => !transaction.annotation(ySyncAnnotation));
    if (update.docChanged && own) this.#following.lose();
    if (update.docChanged || update.selectionSet || update.focusChanged) this.#tellPlace();
  }

  /** The document, the connection or what is saved is another. */
  #handleChange() {
    if (this.#closed || !this.#view) return;
    const may = this.#document.loaded && !this.#options.readOnly;
    if (may !== this.#shown.writable) {
      this.#shown.writable = may;
      // Not within an update of the view, from which a change of the document may come.
      this.#soon(() => this.#configure('access', writable(may)));
    }
    this.#showLanguage();
    this.#tellState();
  }

  #handleVerdict(refused) {
    if (refused === this.#tooLong) return;
    this.#tooLong = refused;
    this.#tellState();
  }

  #tellState() {
    if (this.#telling) return;
    this.#telling = true;
    this.#soon(() => {
      this.#telling = false;
      const { saved, waiting, kept, loaded, language, text } = this.#document;
      const { length } = text;
      const tooLong = this.#tooLong || length > LONGEST_ANSWER;
      this.#options.onState({ saved, waiting, kept, loaded, language, length, tooLong });
    });
  }

  #tellPlace() {
    if (!this.#document.loaded || this.#closed) return;
    this.#presence.set(() => {
      const { anchor, head } = this.#view.state.selection.main;
      return encodePlace(this.#document.text, { anchor, head, top: topLine(this.#view) });
    });
  }

  #handlePresence({ from, state }) {
    if (from === this.#options.me) return;
    if (state.length === 0) {
      this.#places.delete(from);
      hideCursors(this.#view, (peer) => peer === from);
    } else {
      this.#places.set(from, { state, shown: false });
      this.#showPlace(from);
    }
  }

  #showPlace(peer) {
    const person = this.#people.get(peer);
    const place = person && this.#decode(peer);
    if (!place) return;
    this.#places.get(peer).shown = true;
    showCursor(this.#view, person, place);
    if (this.#following.peer === peer) this.#following.go(place);
  }

  #decode(peer) {
    const place = this.#places.get(peer);
    return place ? decodePlace(this.#document.text, place.state) : null;
  }

  async #showLanguage() {
    const { language } = this.#document;
    const name = this.#options.kind === 'text' ? 'markdown' : language;
    if (name === this.#shown.language) return;
    this.#shown.language = name;
    const extension = await loadLanguage(name);
    if (name === this.#shown.language) this.#configure('language', extension);
  }

  async #showKeys(name) {
    if (name === this.#shown.keys) return;
    this.#shown.keys = name;
    const extension = await loadKeys(name);
    if (name === this.#shown.keys) this.#configure('keys', extension);
  }

  #configure(slot, extension) {
    if (!this.#closed) this.#view.dispatch({ effects: this.#slots[slot].reconfigure(extension) });
  }

  #soon(work) {
    queueMicrotask(() => {
      if (!this.#closed) work();
    });
  }
}

function writable(may) {
  return [EditorState.readOnly.of(!may), EditorView.editable.of(may)];
}

/** The element around the view, in a shadow root of its own, with the sentence about leaving by keyboard. */
function makeFrame(host, { kind, labels }) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  dress(root);
  const frame = document.createElement('div');
  frame.className = 'answer';
  frame.dataset.kind = kind;
  const leave = document.createElement('p');
  leave.id = LEAVE;
  leave.hidden = true;
  leave.textContent = labels.leave ?? '';
  frame.append(leave);
  root.replaceChildren(frame);
  return frame;
}
