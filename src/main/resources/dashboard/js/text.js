// Text that others wrote, made harmless to the eye: what cannot be seen is shown.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with control characters and marks of direction written out. */
export function visible(text) {
  return String(text ?? '').replace(HIDDEN, written);
}

function written(char) {
  return `\u27e8U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

const NUMBER = new Intl.NumberFormat('en-GB');
const ONE_DIGIT = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 12345 as 12,345. */
export function count(number) {
  return number === null || number === undefined ? '–' : NUMBER.format(number);
}

/** With one digit after the point. */
export function rate(number) {
  return number === null || number === undefined ? '–' : ONE_DIGIT.format(number);
}

/** 1 server, 2 servers. */
export function many(number, one, more = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : more}`;
}
