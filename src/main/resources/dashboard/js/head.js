// The head of the page: which run, how it stands, whether the picture is live, what can be asked of the run, the tabs.
import { ask } from './ask.js';
import { attr, bdi, button, el, put, show } from './dom.js';
import { icon, swapIcon } from './icons.js';
import { say } from './say.js';
import { address, route, TABS } from './route.js';
import { store } from './store.js';
import { count, many } from './text.js';
import { isDark, switchTheme } from './theme.js';
import { clock, span, switchZone, zoneName } from './time.js';
import { ends, runState } from './words.js';

const TAB_NAMES = { overview: 'Overview', servers: 'Servers', problems: 'Problems', asked: 'Asked' };

export function makeHead(root, { onZone, onTheme }) {
  const runName = el('a.run-name', { href: '#/' });
  const state = el('span.chip.state', null, el('span'), el('span'));
  const link = el('span.link', null, el('span'), el('span'));
  const asks = makeAsks();
  const theme = button('', () => { switchTheme(); onTheme(); }, { class: 'icon-button' });
  const zone = button('', () => { switchZone(); onZone(); }, { class: 'ghost small zone', title: 'Times in UTC or in your own zone' });
  const runs = el('a.ghost.small.runs-link', { href: '#/runs' }, icon('runs'), el('span', null, 'Runs'));
  const tabs = makeTabs();
  const banner = el('div.banner', { hidden: true }, el('span.look-attention', null, icon('cut')), el('p'));
  root.append(
    el('div.top', null,
      el('div.who', null, el('span.mark', null, 'sms-runner'), runName, state),
      el('div.tools', null, link, zone, theme, runs)),
    el('div.under', null, tabs.node, asks.node), banner);

  let told = null;
  return () => {
    const { snapshot } = store;
    const page = route().page;
    const hasRun = Boolean(snapshot) && page === 'run';
    show(runName, hasRun);
    show(state, hasRun);
    show(tabs.node, hasRun);
    show(asks.node, hasRun);
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
    attr(state.children[0], 'class', `look-${standing.look}`);
    swapIcon(state.children[0], standing.look);
    put(state.children[1], standing.word);
    tabs.update(snapshot);
    asks.update(snapshot);
    putLink(link, banner);
    document.title = `${count(counts.rows - counts.open)}/${count(counts.rows)} ${standing.word} · ${run.run_id}`;
    told = tell(told, standing.word, counts);
  };
}

/** A change of the run's state, and of the link, is worth a sentence; each row is not. */
function tell(told, word, counts) {
  const now = `${word} ${store.link.state}`;
  if (told !== null && told !== now) {
    const words = { lost: 'Disconnected; the picture is getting old.', live: 'Connected.', ended: 'The picture is final.' };
    say(`Run ${word.toLowerCase()}. ${words[store.link.state] ?? ''} ${many(counts.open, 'server')} open, ${many(ends(counts.outcomes).bad, 'server')} failed.`);
  }
  return store.link.state === 'connecting' ? told : now;
}

function putLink(link, banner) {
  const { state, at, since } = store.link;
  const age = at ? span((Date.now() - at) / 1000) : null;
  const [shape, text] = link.children;
  const [look, words] = {
    live: ['live', at && Date.now() - at > 12_000 ? `Live, last news ${age} ago` : 'Live'],
    ended: ['done', 'Final picture'],
    lost: ['cut', `Disconnected, picture ${age ?? 'missing'} ${age ? 'old' : ''}`],
    connecting: ['waiting', 'Connecting …'],
  }[state];
  attr(link, 'class', `link is-${state}`);
  swapIcon(shape, look);
  put(text, words.trim());
  attr(link, 'title', at ? `The picture is of ${clock(at)}` : null);
  show(banner, state === 'lost');
  put(banner.lastElementChild, `Disconnected for ${span((Date.now() - since) / 1000)}; it is tried again by itself. `
    + `What you see is ${age ?? 'nothing yet'}${age ? ' old' : ''}. ${store.problem ?? 'The run may well go on: ask sms-runner status last in a terminal.'}`);
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

function makeAsks() {
  const pause = button('Pause starts', () => ask('PAUSE'), { class: 'ghost' }, icon('pause'));
  const resume = button('Resume starts', () => ask('RESUME'), { class: 'ghost' }, icon('started'));
  const retry = button('Retry all failed', () => ask('RETRY_ALL'), { class: 'ghost' }, icon('retry'));
  const stop = button('Stop the run', () => ask('STOP'), { class: 'ghost' }, icon('stopped'));
  const node = el('div.asks', { role: 'group', 'aria-label': 'Ask of the run' }, pause, resume, retry, stop);
  return {
    node,
    update({ can, controls_allowed: allowed }) {
      const live = store.link.state === 'live';
      const may = (what) => Boolean(allowed && can?.[what]);
      [[pause, 'pause'], [resume, 'resume'], [retry, 'retry_all'], [stop, 'stop']].forEach(([node_, what]) => {
        show(node_, may(what));
        node_.disabled = !live;
      });
    },
  };
}
