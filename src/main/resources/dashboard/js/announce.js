// Announcements for screen readers, and short notices at the edge of the page: one sentence at a time, and growing counts at
// most every 15 seconds.
import { button, el } from './dom.js';
import { icon } from './icons.js';

const QUIET = 15_000;
let lastCount = 0;
let pending = null;

export function announce(text) {
  document.getElementById('announcement').textContent = text;
}

/** Announces a value that may change again soon, after a delay. */
export function announceLater(text) {
  clearTimeout(pending);
  const wait = Math.max(700, lastCount + QUIET - Date.now());
  pending = setTimeout(() => {
    lastCount = Date.now();
    announce(text);
  }, wait);
}

/** Shows a notice for a while, or until the operator closes it. `tone` selects its shape and colour. */
export function toast(text, tone = 'state') {
  const close = button('', () => note.remove(), { class: 'icon-button', 'aria-label': 'Close this notice' }, icon('close'));
  const note = el('div.toast', null, el(`span.tone-${tone}`, null, icon(tone)), el('p', null, text), close);
  document.getElementById('toasts').append(note);
  announce(text);
  setTimeout(() => note.remove(), 20_000);
}
