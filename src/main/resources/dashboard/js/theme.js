// Light and dark: as the system says, until a person chooses.
import { keep } from './keep.js';

const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set();

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : system.matches;
}

export function switchTheme() {
  const next = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  keep('theme', next);
  listeners.forEach((listener) => listener());
}

/** What is drawn on a canvas does not follow by itself. */
export function onTheme(listener) {
  listeners.add(listener);
}

system.addEventListener('change', () => listeners.forEach((listener) => listener()));

const probe = document.createElement('i');
probe.hidden = true;

/** The colour that a custom property of the style sheet has now. */
export function colour(name) {
  if (!probe.isConnected) {
    document.body.append(probe);
  }
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}
