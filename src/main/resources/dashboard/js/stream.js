// Keeps the store in step with the ledger: loads a run, applies the streamed changes, and reloads after a lost connection.
// The browser reopens an interrupted stream by itself and sends the number of the last event that it received.
import { readControls, readHistory, readRun, readServers, streamOf } from './api.js';
import { linkIs, store, takeAllServers, takeServers, takeSnapshot, touch } from './store.js';

/** Silence after which the page polls the server; the browser does not report comments of the stream. */
const SILENCE = 20_000;
/** Interruptions up to this length are not shown, since the server ends each stream regularly. */
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

/** Follows this run and no other. */
export function follow(id) {
  leave();
  tries = 0;
  linkIs('connecting');
  connect(id, generation);
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

async function connect(id, mine) {
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

/** Reads the whole run and returns the number of the last event it contains, where the stream continues. */
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
  watchdog = setInterval(() => heartbeat(id, mine), 5_000);
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

/** The browser reopens an interrupted stream by itself, but not one that the server refused. */
function cut(id, mine) {
  if (source.readyState === EventSource.CLOSED) {
    lost(id, mine, null);
  } else {
    blink ??= setTimeout(() => mine === generation && linkIs('lost'), BLINK);
  }
}

async function heartbeat(id, mine) {
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

/** Stops after the end of the run, since the process that serves the page may end with it. */
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
  timer = setTimeout(() => connect(id, mine), wait);
  touch();
}

/** Reads the requests and their answers again. */
export async function refreshControls() {
  const id = store.runId;
  const { controls } = await readControls(id);
  if (id === store.runId) {
    store.controls = controls;
    touch();
  }
  return controls;
}

/** The browser detects a restored network sooner than a timer would. */
addEventListener('online', () => {
  if (store.link.state === 'lost' && store.runId) {
    follow(store.runId);
  }
});
