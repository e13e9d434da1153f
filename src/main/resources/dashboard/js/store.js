// The state of the page. Views read it; the store notifies them of changes at most once per frame.
import { setServerTime } from './time.js';
import { detailOf, progressOf, rawStates } from './vocabulary.js';

export const store = {
  runs: [],
  current: null,
  runId: null,
  snapshot: null,
  columns: [],
  /** Servers by row number. A changed server is a new object, so that views can compare identities. */
  servers: new Map(),
  history: null,
  controls: [],
  /** connecting, live, ended or lost; `at` is the time of the latest data by this browser's clock. */
  link: { state: 'connecting', at: null, since: Date.now() },
};

const listeners = new Set();
let scheduled = false;

export function watch(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function touch() {
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      listeners.forEach((listener) => listener());
    });
  }
}

export function forgetRun(id) {
  Object.assign(store, { runId: id, snapshot: null, columns: [], servers: new Map(), history: null, controls: [] });
  touch();
}

export function linkIs(state, at) {
  if (store.link.state !== state) {
    store.link = { state, at: store.link.at, since: Date.now() };
  }
  if (at) {
    store.link.at = at;
  }
  touch();
}

export function takeSnapshot(snapshot) {
  store.snapshot = snapshot;
  setServerTime(snapshot.now);
  touch();
}

export function takeAllServers({ columns, servers }) {
  store.columns = columns;
  store.servers = new Map(servers.map((values) => server(values)).map((one) => [one.row, one]));
  rank();
  touch();
}

export function takeServers(rows) {
  for (const values of rows) {
    const next = server(values);
    const before = store.servers.get(next.row);
    next.nameRank = before?.nameRank ?? store.servers.size;
    next.waveRank = before?.waveRank ?? store.servers.size;
    store.servers.set(next.row, next);
  }
  touch();
}

/** Converts an array in column order to an object, with the values that filters and sort orders use repeatedly. */
function server(values) {
  const one = {};
  store.columns.forEach((column, index) => {
    one[column] = values[index];
  });
  one.can ??= [];
  one.done = progressOf(one.progress);
  one.states = rawStates(one);
  one.last = detailOf(one);
  one.searchText = [one.server_name, one.row, one.wave, one.task_id, one.states, one.last, one.error_code, one.error_text, one.reason]
    .join('\n').normalize('NFC').toLowerCase();
  return one;
}

const NATURAL = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Ranks names and waves once, since they do not change. */
function rank() {
  const all = [...store.servers.values()];
  const order = (key, field) => [...all].sort((a, b) => NATURAL.compare(a[key] ?? '', b[key] ?? '') || a.row - b.row)
    .forEach((one, index) => { one[field] = index; });
  order('server_name', 'nameRank');
  order('wave', 'waveRank');
}
