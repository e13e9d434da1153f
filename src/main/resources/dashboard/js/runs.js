// The list of runs in the database, newest first.
import { readRuns } from './api.js';
import { bdi, el, each, put, show } from './dom.js';
import { icon, swapIcon } from './icons.js';
import { bar, blank, asText, panel, putBar } from './parts.js';
import { address } from './route.js';
import { store, touch } from './store.js';
import { count, many } from './text.js';
import { clock, span, now } from './time.js';
import { ends, ENDS, runState } from './vocabulary.js';

export async function loadRuns() {
  const { current, runs } = await readRuns();
  Object.assign(store, { current, runs });
  touch();
}

export function makeRuns() {
  const list = el('ul.runs');
  const none = blank('state', 'No runs yet', 'Start one with sms-runner run JOBFILE.');
  const node = panel('Runs', 'runs-head', list, none);
  return {
    node,
    update() {
      each(list, store.runs, (run) => run.run_id, makeItem, putItem);
      show(none, store.runs.length === 0);
    },
  };
}

function makeItem(run) {
  return el('li', null, el('a', { href: address(run.run_id) },
    el('span.run-id', null, bdi(run.run_id), el('span.here', { hidden: true }, 'served now')),
    el('span.chip', null, el('span'), el('span')),
    el('span.quiet.run-when'), bar(), el('span.run-counts')));
}

function putItem(item, run) {
  const [id, chip, when, whole, counts] = item.firstElementChild.children;
  show(id.lastElementChild, run.run_id === store.current);
  const { tone, label } = runState(run, run.outcomes);
  chip.firstElementChild.className = `tone-${tone}`;
  swapIcon(chip.firstElementChild, tone);
  put(chip.lastElementChild, label);
  const took = ((run.ended_at ? Date.parse(run.ended_at) : now()) - Date.parse(run.started_at)) / 1000;
  put(when, `${run.job}, ${clock(run.started_at)}${run.ended_at ? `, took ${span(took)}` : `, ${span(took)} ago`}`);
  const { good, bad } = ends(run.outcomes);
  const all = [{ ...ENDS[0], count: good }, { ...ENDS[1], count: bad }, { tone: 'planned', label: 'Open', count: Math.max(0, run.rows - good - bad) }];
  putBar(whole, all, asText(all));
  counts.replaceChildren(`${count(good)} of ${many(run.rows, 'server')}`, ...(bad > 0 ? [' · ', el('span.tone-failed', null, icon('failed')), ` ${count(bad)} failed`] : []));
}
