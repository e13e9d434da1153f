// Keeps the store like the server's ledger: loads a run, then takes what changed since, and starts over when the connection
// is lost for good. A stream that is cut is opened again by the browser, which tells the number of the last event it saw.
import { readControls, readHistory, readRun, readServers, streamOf } from './api.js';
import { linkIs, store, takeAllServers, takeServers, takeSnapshot, touch } from './store.js';

/** After this long without a word the server is asked for one; the browser does not tell comments of the stream. */
const SILENCE = 20_000;
/** A cut of this length is nothing to tell: the server ends each stream now and then. */
const BLINK = 5_000;
const SLOWEST = 15_000;

let source = null;
let timer = null;
let blink = null;
let watchdog = null;
let tries = 0;
let generation = 0;
let noSession = () => {};

export function onNoSession(listener) {
  noSession = listener;
}

/** Follows a run from now on, and no other. */
export function follow(id) {
  leave();
  tries = 0;
  linkIs('connecting');
  begin(id, generation);
}

export function leave() {
  generation += 1;
  quiet();
}

function quiet() {
  source?.close();
  source = null;
  [timer, blink].forEach(clearTimeout);
  blink = null;
  clearInterval(watchdog);
}

async function begin(id, mine) {
  try {
    const event = await load(id, mine);
    if (mine === generation) {
      tries = 0;
      linkIs('live', Date.now());
      listen(id, mine, event);
    }
  } catch (problem) {
    if (mine === generation) {
      lost(id, mine, problem);
    }
  }
}

/** Reads everything; the number of the last event that the servers contain is where the stream goes on. */
async function load(id, mine) {
  const [servers, snapshot, history, { controls }] = await Promise.all(
    [readServers(id), readRun(id), readHistory(id), readControls(id)]);
  if (mine === generation) {
    takeAllServers(servers);
    takeSnapshot(snapshot);
    Object.assign(store, { history, controls, problem: null });
  }
  return servers.event;
}

function listen(id, mine, event) {
  source = new EventSource(streamOf(id, event));
  const guarded = (listener) => (message) => mine === generation && listener(message);
  source.addEventListener('open', guarded(() => opened(id)));
  source.addEventListener('change', guarded((message) => changed(JSON.parse(message.data))));
  source.addEventListener('end', guarded(ended));
  source.addEventListener('error', guarded(() => cut(id, mine)));
  watchdog = setInterval(() => signOfLife(id, mine), 5_000);
}

function opened(id) {
  clearTimeout(blink);
  blink = null;
  if (store.link.state === 'lost') {
    follow(id);
  }
}

function changed({ servers, snapshot }) {
  takeServers(servers ?? []);
  if (snapshot) {
    takeSnapshot(snapshot);
  }
  linkIs('live', Date.now());
}

/** The browser opens a cut stream again by itself, but not one that the server refused. */
function cut(id, mine) {
  if (source.readyState === EventSource.CLOSED) {
    lost(id, mine, null);
  } else {
    blink ??= setTimeout(() => mine === generation && linkIs('lost'), BLINK);
  }
}

async function signOfLife(id, mine) {
  if (store.link.state !== 'live' || Date.now() - store.link.at < SILENCE) {
    return;
  }
  try {
    const snapshot = await readRun(id);
    if (mine === generation) {
      takeSnapshot(snapshot);
      linkIs('live', Date.now());
    }
  } catch (problem) {
    if (mine === generation) {
      lost(id, mine, problem);
    }
  }
}

/** The run has ended: its last changes came before this, and the process that serves the page may end with it. */
function ended() {
  quiet();
  linkIs('ended', Date.now());
}

function lost(id, mine, problem) {
  quiet();
  if (problem?.status === 401) {
    noSession();
    return;
  }
  store.problem = problem?.status ? problem.message : null;
  linkIs('lost');
  tries += 1;
  const wait = Math.min(SLOWEST, 500 * 2 ** tries) * (0.7 + 0.6 * Math.random());
  timer = setTimeout(() => begin(id, mine), wait);
  touch();
}

/** Reads again what people asked for, and what has become of it. */
export async function refreshControls() {
  const id = store.runId;
  const { controls } = await readControls(id);
  if (id === store.runId) {
    store.controls = controls;
    touch();
  }
  return controls;
}

/** The browser knows sooner than a timer that there is a network again. */
addEventListener('online', () => {
  if (store.link.state === 'lost' && store.runId) {
    follow(store.runId);
  }
});
