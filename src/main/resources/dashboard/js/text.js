// Foreign text for display: invisible characters become visible.
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with control characters and direction marks written out. */
export function visible(text) {
  return String(text ?? '').replace(HIDDEN, written);
}

function written(char) {
  return `\u27e8U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

const NUMBER = new Intl.NumberFormat('en-GB');
const ONE_DIGIT = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Formats 12345 as 12,345. */
export function count(number) {
  return number === null || number === undefined ? '–' : NUMBER.format(number);
}

/** Formats a number with one decimal. */
export function rate(number) {
  return number === null || number === undefined ? '–' : ONE_DIGIT.format(number);
}

/** 1 server, 2 servers. */
export function many(number, one, more = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : more}`;
}
