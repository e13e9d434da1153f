// Keeps the store like the server's ledger: opens the stream of a run, loads the run, then takes its changes as they come,
// and starts over when the connection is lost. The stream is opened first and its changes are held back until the run is
// loaded, so that none falls between the two.
import { readControls, readHistory, readRun, readServers, streamOf } from './api.js';
import { linkIs, store, takeAllServers, takeServers, takeSnapshot, touch } from './store.js';

/** After this long without a word the server is asked for one; the browser does not tell comments of the stream. */
const SILENCE = 20_000;
const SLOWEST = 15_000;
const OPENS_WITHIN = 3_000;

let source = null;
let held = null;
let timer = null;
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
  clearTimeout(timer);
  clearInterval(watchdog);
}

async function begin(id, mine) {
  try {
    const snapshot = await readRun(id);
    if (mine === generation) {
      await listen(id, mine);
      await load(id, mine, snapshot);
    }
  } catch (problem) {
    if (mine === generation) {
      lost(id, mine, problem);
    }
  }
}

function listen(id, mine) {
  held = [];
  source?.close();
  source = new EventSource(streamOf(id));
  const guarded = (listener) => (event) => mine === generation && listener(event);
  source.addEventListener('change', guarded((event) => changed(JSON.parse(event.data))));
  source.addEventListener('end', guarded(() => ended(id, mine)));
  source.addEventListener('error', guarded(() => lost(id, mine, null)));
  watchdog = setInterval(() => signOfLife(id, mine), 5_000);
  return new Promise((resolve) => {
    source.addEventListener('open', resolve);
    setTimeout(resolve, OPENS_WITHIN);
  });
}

async function load(id, mine, snapshot) {
  const [servers, history, { controls }] = await Promise.all([readServers(id), readHistory(id), readControls(id)]);
  if (mine !== generation) {
    return;
  }
  takeAllServers(servers);
  takeSnapshot(snapshot);
  Object.assign(store, { history, controls, problem: null });
  const missed = held ?? [];
  held = null;
  tries = 0;
  linkIs(store.link.state === 'ended' ? 'ended' : 'live', Date.now());
  missed.filter((change) => change.event >= servers.event).forEach(changed);
}

function changed(change) {
  if (held) {
    held.push(change);
    return;
  }
  takeServers(change.servers ?? []);
  if (change.snapshot) {
    takeSnapshot(change.snapshot);
  }
  linkIs('live', Date.now());
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

/** The run has ended: its last picture is read once more, then nothing changes any more. */
async function ended(id, mine) {
  quiet();
  linkIs('ended');
  try {
    await load(id, mine, await readRun(id));
  } catch {
    // The process may end with its run; what came over the stream is the last picture.
    held?.forEach((change) => takeServers(change.servers ?? []));
  }
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
