// Types over a selection and deletes one without the browser's own editing, which would put style attributes into the
// text to keep the look of what it removed; the page's policy forbids them.

import { EditorView } from '@codemirror/view';

export const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    const text = replacement(event);
    if (text === null || main.empty || view.composing || view.state.readOnly) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), {
        userEvent: text ? 'input.type' : 'delete.selection',
        scrollIntoView: true,
      });
    const handlers = text ? view.state.facet(EditorView.inputHandler) : [];
    if (!handlers.some((handle) => handle(view, main.from, main.to, text, insert))) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});

/** What the selection is to become, or null when the event is another. */
function replacement({ inputType, data }) {
  if (inputType === 'insertText') return data;
  return /^delete(Content|Word|SoftLine)/.test(inputType) ? '' : null;
}
