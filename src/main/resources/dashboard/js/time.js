// Readable instants and durations, in UTC (like the terminal and the logs) or in the browser's zone.
import { el, put, attr } from './dom.js';
import { keep, recall } from './preferences.js';

const LOCAL = Intl.DateTimeFormat().resolvedOptions().timeZone;
let zone = recall('zone') === 'local' ? LOCAL : 'UTC';
const CLEAR = 20 * 3600_000;
let skew = 0;
let forms = makeForms();

function makeForms() {
  const form = (options) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });
  return {
    day: form({ day: 'numeric', month: 'short' }),
    year: form({ day: 'numeric', month: 'short', year: 'numeric' }),
    minute: form({ hour: '2-digit', minute: '2-digit' }),
    second: form({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
  };
}

export function zoneName() {
  return zone;
}

export function switchZone() {
  zone = zone === 'UTC' ? LOCAL : 'UTC';
  keep('zone', zone === 'UTC' ? 'utc' : 'local');
  forms = makeForms();
}

/** Sets the clock of the page to the server's time. */
export function setServerTime(iso) {
  skew = iso ? Date.parse(iso) - Date.now() : 0;
}

export function now() {
  return Date.now() + skew;
}

function day(ms) {
  return forms.day.format(ms);
}

/** 22:31:05 today, 20 Nov 22:31 otherwise. */
export function clock(at) {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return day(ms) === day(now()) ? forms.second.format(ms) : `${day(ms)} ${forms.minute.format(ms)}`;
}

/** 22:31, with the day when the time alone is ambiguous. */
export function hour(at) {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return Math.abs(ms - now()) < CLEAR ? forms.minute.format(ms) : `${day(ms)} ${forms.minute.format(ms)}`;
}

/** 21 Nov 2026 22:31:05 UTC. */
export function stamp(at) {
  const ms = typeof at === 'number' ? at : Date.parse(at);
  return `${forms.year.format(ms)} ${forms.second.format(ms)} ${zone}`;
}

/** A span of seconds in its two largest units: 45 s, 3 min, 2 h 12 min, 3 d 4 h. */
export function span(seconds) {
  const all = Math.max(0, Math.round(seconds));
  if (all < 60) {
    return `${all} s`;
  }
  const minutes = Math.floor(all / 60);
  if (minutes < 60) {
    return minutes < 5 && all % 60 > 0 ? `${minutes} min ${all % 60} s` : `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  }
  return hours % 24 > 0 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${hours / 24} d`;
}

/** The age of an instant, without "ago". */
export function since(iso) {
  return iso ? span((now() - Date.parse(iso)) / 1000) : '';
}

/** Shows an instant in one of the forms above; the title has the exact instant. */
export function timeEl(iso, form = clock) {
  const node = el('time');
  putTime(node, iso, form);
  return node;
}

export function putTime(node, iso, form = clock) {
  put(node, iso ? form(iso) : '–');
  attr(node, 'datetime', iso);
  attr(node, 'title', iso ? `${stamp(iso)} (${iso})` : null);
}
