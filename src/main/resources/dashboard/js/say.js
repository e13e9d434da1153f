// What a screen reader is told, and the short notices at the edge of the page. Sparing: one sentence at a time, and
// counts that grow are told at most every 15 seconds.
import { button, el } from './dom.js';
import { icon } from './icons.js';

const QUIET = 15_000;
let lastCount = 0;
let pending = null;

export function say(text) {
  document.getElementById('said').textContent = text;
}

/** A sentence about something that may change again soon. */
export function sayLater(text) {
  clearTimeout(pending);
  const wait = Math.max(700, lastCount + QUIET - Date.now());
  pending = setTimeout(() => {
    lastCount = Date.now();
    say(text);
  }, wait);
}

/** A notice that stays until it is read, or for a while. `look` gives its shape and colour. */
export function toast(text, look = 'state') {
  const close = button('', () => note.remove(), { class: 'icon-button', 'aria-label': 'Close this notice' }, icon('close'));
  const note = el('div.toast', null, el(`span.look-${look}`, null, icon(look)), el('p', null, text), close);
  document.getElementById('toasts').append(note);
  say(text);
  setTimeout(() => note.remove(), 20_000);
}
