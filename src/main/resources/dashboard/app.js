// Assembles the page: session, address, views and the timer that updates ages.
import { openSession } from './js/api.js';
import { makeRequests } from './js/requests.js';
import { makeDrawer } from './js/drawer.js';
import { makeHead } from './js/head.js';
import { makeProblems } from './js/problems.js';
import { makeOverview } from './js/overview.js';
import { blank } from './js/parts.js';
import { address, go, replace, route } from './js/route.js';
import { loadRuns, makeRuns } from './js/runs.js';
import { makeServers } from './js/servers.js';
import { forgetRun, store, touch, watch } from './js/store.js';
import { follow, leave, onNoSession } from './js/stream.js';
import { onTheme } from './js/theme.js';

const main = document.getElementById('main');
const views = {};
let shown = null;

const head = makeHead(document.getElementById('head'), { onZone: redraw, onTheme: redraw });
const step = (by) => {
  const next = views.servers?.grid.neighbour(by);
  if (next) {
    views.servers.grid.revealKey(next.row);
    showRow(next.row, true);
  }
};
step.has = (by) => route().tab === 'servers' && Boolean(views.servers?.grid.neighbour(by));
const drawer = makeDrawer(document.getElementById('drawer'), { close: () => showRow(null), step });

const MAKERS = {
  overview: makeOverview,
  servers: () => makeServers({ open: (row) => showRow(row) }),
  problems: makeProblems,
  asked: makeRequests,
  runs: makeRuns,
};

/** Puts the row of the drawer into the address, so that Back closes it. */
function showRow(row, quietly = false) {
  const page = route();
  const query = Object.fromEntries(page.query);
  query.row = row;
  const to = address(store.runId, page.tab, query);
  if (quietly || row === null) {
    replace(to);
    moved();
  } else {
    go(to);
  }
}

function view(name) {
  views[name] ??= MAKERS[name]();
  if (shown !== name) {
    shown = name;
    main.dataset.view = name;
    main.replaceChildren(views[name].node);
    document.documentElement.scrollTop = 0;
  }
  return views[name];
}

function render() {
  head();
  const page = route();
  if (page.page === 'runs') {
    view('runs').update();
  } else if (store.snapshot && store.columns.length > 0) {
    view(page.tab).update();
    if (page.tab === 'servers' && drawer.isOpen()) {
      views.servers.grid.choose(drawer.row());
    }
    drawer.update();
  } else if (store.link.state === 'lost') {
    message('cut', 'No connection', store.problem ?? 'The process that serves this page does not answer. The page retries automatically.');
  } else {
    message('waiting', 'Loading …', '');
  }
}

function message(tone, title, text) {
  if (shown === `message ${title}`) {
    return;
  }
  shown = `message ${title}`;
  main.dataset.view = 'message';
  main.replaceChildren(blank(tone, title, text));
}

/** Follows a changed address: another run, view or row. */
async function moved() {
  const page = route();
  if (page.page === 'runs') {
    drawer.show(null);
    await loadRuns().catch(failed);
    touch();
    return;
  }
  if (!page.id) {
    await loadRuns().catch(failed);
    const id = store.current ?? store.runs[0]?.run_id;
    replace(id ? address(id) : '#/runs');
    await moved();
    return;
  }
  if (page.id !== store.runId) {
    forgetRun(page.id);
    follow(page.id);
  }
  drawer.show(page.query.get('row') ? Number(page.query.get('row')) : null);
  touch();
}

function failed(problem) {
  if (problem.status === 401) {
    noSession();
  }
  throw problem;
}

/** Replaces the page by a hint: without the token there is no data. */
function noSession() {
  leave();
  forgetRun(null);
  shown = 'session';
  main.dataset.view = 'message';
  main.replaceChildren(blank('attention', 'Open the address that the terminal printed',
    'It ends with a token that opens this page in this browser. A token is valid for one process: after a restart of sms-runner, open the new address.'));
}

function redraw() {
  views.overview?.redraw();
  views.servers?.refresh();
  drawer.redraw();
  touch();
}

/** Exchanges the token, which is in the fragment and so reaches no server, for a cookie that scripts cannot read. */
async function session() {
  const token = location.hash.slice(1);
  if (!token || token.startsWith('/')) {
    return;
  }
  replace('#/');
  await openSession(token);
}

document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
onNoSession(noSession);
onTheme(redraw);
watch(() => shown !== 'session' && render());
addEventListener('hashchange', () => (location.hash.startsWith('#/') || location.hash === '' ? moved() : location.reload()));
setInterval(() => {
  views.servers?.refresh();
  touch();
}, 1_000);

session().then(moved).catch((problem) => {
  if (problem.status === 401 || problem.status === 403) {
    noSession();
  } else {
    message('cut', 'No connection', `${problem.message} Reload the page to try again.`);
  }
});
