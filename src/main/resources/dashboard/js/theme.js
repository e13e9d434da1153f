// The theme: light or dark as the system is set, until the operator chooses.
import { keep } from './preferences.js';

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

/** Registers a listener, since drawings on a canvas do not follow the theme by themselves. */
export function onTheme(listener) {
  listeners.add(listener);
}

system.addEventListener('change', () => listeners.forEach((listener) => listener()));

const probe = document.createElement('i');
probe.hidden = true;

/** The current colour of a custom property of the style sheet. */
export function colour(name) {
  if (!probe.isConnected) {
    document.body.append(probe);
  }
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}
