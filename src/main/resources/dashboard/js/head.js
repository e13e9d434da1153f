// The head of the page: run, state, connection, actions and tabs.
import { confirmAction } from './confirm.js';
import { attr, bdi, button, el, put, show } from './dom.js';
import { icon, swapIcon } from './icons.js';
import { announce } from './announce.js';
import { address, route, TABS } from './route.js';
import { store } from './store.js';
import { count, many } from './text.js';
import { isDark, switchTheme } from './theme.js';
import { clock, span, switchZone, zoneName } from './time.js';
import { ends, runState } from './vocabulary.js';

const TAB_NAMES = { overview: 'Overview', servers: 'Servers', problems: 'Problems', asked: 'Requests' };

export function makeHead(root, { onZone, onTheme }) {
  const runName = el('a.run-name', { href: '#/' });
  const state = el('span.chip.state', null, el('span'), el('span'));
  const link = el('span.link', null, el('span'), el('span'));
  const actions = makeActions();
  const theme = button('', () => { switchTheme(); onTheme(); }, { class: 'icon-button' });
  const zone = button('', () => { switchZone(); onZone(); }, { class: 'ghost small zone', title: 'Show times in UTC or in the local zone' });
  const runs = el('a.ghost.small.runs-link', { href: '#/runs' }, icon('runs'), el('span', null, 'Runs'));
  const tabs = makeTabs();
  const banner = el('div.banner', { hidden: true }, el('span.tone-attention', null, icon('cut')), el('p'));
  root.append(
    el('div.top', null,
      el('div.who', null, el('span.mark', null, 'sms-runner'), runName, state),
      el('div.tools', null, link, zone, theme, runs)),
    el('div.under', null, tabs.node, actions.node), banner);

  let announced = null;
  return () => {
    const { snapshot } = store;
    const page = route().page;
    const hasRun = Boolean(snapshot) && page === 'run';
    show(runName, hasRun);
    show(state, hasRun);
    show(tabs.node, hasRun);
    show(actions.node, hasRun);
    show(link, hasRun);
    swapIcon(theme, isDark() ? 'light' : 'dark');
    attr(theme, 'aria-label', isDark() ? 'Switch to the light theme' : 'Switch to the dark theme');
    attr(theme, 'title', isDark() ? 'Light theme' : 'Dark theme');
    put(zone, zoneName());
    attr(runs, 'aria-current', page === 'runs' ? 'page' : null);
    if (!hasRun) {
      show(banner, false);
      document.title = 'sms-runner';
      return;
    }
    const { run, counts } = snapshot;
    if (runName.textContent !== run.run_id) {
      runName.replaceChildren(bdi(run.run_id));
    }
    attr(runName, 'href', address(run.run_id));
    const standing = runState(run, counts.outcomes);
    attr(state.children[0], 'class', `tone-${standing.tone}`);
    swapIcon(state.children[0], standing.tone);
    put(state.children[1], standing.label);
    tabs.update(snapshot);
    actions.update(snapshot);
    putLink(link, banner);
    document.title = `${count(counts.rows - counts.open)}/${count(counts.rows)} ${standing.label} · ${run.run_id}`;
    announced = announceChange(announced, standing.label, counts);
  };
}

/** Announces changes of the run's state and of the connection; rows change too often. */
function announceChange(announced, label, counts) {
  const current = `${label} ${store.link.state}`;
  if (announced !== null && announced !== current) {
    const links = { lost: 'Disconnected; the data is stale.', live: 'Connected.', ended: 'The data is final.' };
    announce(`Run ${label.toLowerCase()}. ${links[store.link.state] ?? ''} ${many(counts.open, 'server')} open, ${many(ends(counts.outcomes).bad, 'server')} failed.`);
  }
  return store.link.state === 'connecting' ? announced : current;
}

function putLink(link, banner) {
  const { state, at, since } = store.link;
  const age = at ? span((Date.now() - at) / 1000) : null;
  const [shape, text] = link.children;
  const [tone, label] = {
    live: ['live', at && Date.now() - at > 12_000 ? `Live, last update ${age} ago` : 'Live'],
    ended: ['done', 'Final data'],
    lost: ['cut', age ? `Disconnected, data ${age} old` : 'Disconnected, no data'],
    connecting: ['waiting', 'Connecting …'],
  }[state];
  attr(link, 'class', `link is-${state}`);
  swapIcon(shape, tone);
  put(text, label);
  attr(link, 'title', at ? `Data of ${clock(at)}` : null);
  show(banner, state === 'lost');
  put(banner.lastElementChild, `Disconnected for ${span((Date.now() - since) / 1000)}; the page retries automatically. `
    + `${age ? `This data is ${age} old.` : 'There is no data yet.'} ${store.problem ?? 'The run may still continue: check with sms-runner status last in a terminal.'}`);
}

function makeTabs() {
  const links = TABS.map((tab) => el('a.tab', { 'data-tab': tab }, el('span', null, TAB_NAMES[tab]), el('span.count')));
  const node = el('nav.tabs', { 'aria-label': 'Views of the run' }, links);
  return {
    node,
    update({ run, counts, causes }) {
      const at = route().tab;
      const problems = counts.attention + (causes ?? []).reduce((all, cause) => all + cause.count, 0);
      const numbers = { servers: counts.rows, problems, asked: store.controls.length };
      links.forEach((link) => {
        const { tab } = link.dataset;
        attr(link, 'href', address(run.run_id, tab));
        attr(link, 'aria-current', tab === at ? 'page' : null);
        const number = numbers[tab] ?? 0;
        put(link.lastElementChild, number > 0 ? count(number) : '');
        show(link.lastElementChild, number > 0);
      });
    },
  };
}

function makeActions() {
  const pause = button('Pause starts', () => confirmAction('PAUSE'), { class: 'ghost' }, icon('pause'));
  const resume = button('Resume starts', () => confirmAction('RESUME'), { class: 'ghost' }, icon('started'));
  const retry = button('Retry all failed', () => confirmAction('RETRY_ALL'), { class: 'ghost' }, icon('retry'));
  const stop = button('Stop the run', () => confirmAction('STOP'), { class: 'ghost' }, icon('stopped'));
  const node = el('div.actions', { role: 'group', 'aria-label': 'Actions for the run' }, pause, resume, retry, stop);
  return {
    node,
    update({ can, controls_allowed: allowed }) {
      const live = store.link.state === 'live';
      const may = (action) => Boolean(allowed && can?.[action]);
      [[pause, 'pause'], [resume, 'resume'], [retry, 'retry_all'], [stop, 'stop']].forEach(([node_, action]) => {
        show(node_, may(action));
        node_.disabled = !live;
      });
    },
  };
}
