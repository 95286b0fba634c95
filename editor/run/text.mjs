// Measures, cuts and compares text as it will travel: as JSON in UTF-8.

const encoder = new TextEncoder();
/** Of whole characters, none is one. */
const HALF = /\p{Surrogate}/gu;

/** The text without halves of characters, which UTF-8 cannot say. */
export function wellFormed(text) {
  return text.replace(HALF, '\uFFFD');
}

/** How many bytes the text takes between the quotes of JSON. */
export function cost(text) {
  return encoder.encode(JSON.stringify(text)).length - 2;
}

/** The longest beginning of `text` that costs at most `bytes`. */
export function beginning(text, bytes) {
  if (cost(text) <= bytes) return text;
  let [least, most] = [0, Math.min(text.length, Math.max(bytes, 0))];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (cost(text.slice(0, middle)) <= bytes) least = middle;
    else most = middle - 1;
  }
  return wellFormed(text.slice(0, least)).replace(/\uFFFD$/, '');
}

/** What is compared: white space at the ends of lines and after the last one does not count. */
export function comparable(text) {
  return text.replace(/[^\S\n]+$/gm, '').replace(/\s+$/, '');
}

/** Whether an execution gave what was expected. */
export function matches(got, expected) {
  return comparable(got) === comparable(expected);
}
