// The first view: progress, outcomes and problems of the run.
import { makeApi, makeStages } from './charts.js';
import { attr, bdi, el, put, show } from './dom.js';
import { icon } from './icons.js';
import { bar, command, asText, putBar } from './parts.js';
import { makeNeeds } from './problems.js';
import { address } from './route.js';
import { store } from './store.js';
import { count, many } from './text.js';
import { clock, hour, putTime, since, span, now } from './time.js';
import { makeWaves } from './waves.js';
import { ends, parts, STAGES } from './vocabulary.js';

export function makeOverview() {
  const facts = makeFacts();
  const hero = makeHero();
  const stages = makeStages();
  const api = makeApi();
  const waves = makeWaves();
  const needs = makeNeeds();
  const node = el('div.overview', null, hero.node, facts.node,
    el('div.pair', null, stages.node, api.node), el('div.pair', null, waves.node, needs.node));
  const all = [facts, hero, stages, api, waves, needs];
  return { node, update: () => all.forEach((view) => view.update(store.snapshot)), redraw: () => { stages.redraw(); api.redraw(); } };
}

/** The large figures, legible from a distance. */
function makeHero() {
  const closed = el('strong.big');
  const ofAll = el('span.of');
  const whole = bar();
  const tiles = el('ul.tiles');
  const ending = el('p.ending');
  const basis = el('p.quiet');
  const window_ = el('p.window');
  const next = el('p.next');
  const node = el('section.hero', { 'aria-label': 'Progress of the run' },
    el('div.hero-line', null,
      el('p.closed', null, closed, ofAll),
      el('div.hero-when', null, ending, basis, window_, next)),
    whole, tiles);
  return {
    node,
    update({ run, counts, estimate, window: times }) {
      const all = parts(counts);
      put(closed, count(counts.rows - counts.open));
      put(ofAll, ` of ${many(counts.rows, 'server')} ended`);
      putBar(whole, all, asText(all) || 'No servers yet');
      putTiles(tiles, run, counts);
      putEnding(ending, basis, run, estimate);
      putWindow(window_, times);
      putNext(next, run);
    },
  };
}

function putTiles(list, run, counts) {
  const { good, bad } = ends(counts.outcomes);
  const tiles = [
    ['done', 'Reached the goal', good, { outcome: 'good' }],
    ['failed', 'Failed or rejected', bad, { outcome: 'bad' }],
    ['attention', 'Need attention', counts.attention, { attention: 1 }],
    ...[...STAGES].reverse().map((one) => [one.tone, one.label, counts.stages?.[one.id] ?? 0, { stage: one.id }]),
  ];
  if (list.children.length === 0) {
    list.append(...tiles.map(([tone, label]) => el('li', null, el(`a.tile.tone-${tone}`, null, icon(tone), el('b'), el('span', null, label)))));
  }
  tiles.forEach(([, , number, query], index) => {
    const tile = list.children[index].firstElementChild;
    put(tile.querySelector('b'), count(number));
    tile.classList.toggle('is-zero', number === 0);
    attr(tile, 'href', address(run.run_id, 'servers', query));
  });
}

function putEnding(ending, basis, run, estimate) {
  if (run.ended_at) {
    put(ending, `Ended ${clock(run.ended_at)}, after ${span((Date.parse(run.ended_at) - Date.parse(run.created_at)) / 1000)}`);
    put(basis, '');
  } else if (estimate?.ends_at) {
    const left = (Date.parse(estimate.ends_at) - now()) / 1000;
    put(ending, left > 0 ? `Ends about ${hour(estimate.ends_at)}, in ${span(left)}` : `Expected to end by now (${hour(estimate.ends_at)})`);
    put(basis, estimate.basis ?? '');
  } else {
    put(ending, 'No estimate yet');
    put(basis, estimate?.basis ?? '');
  }
}

function putWindow(node, times) {
  show(node, Boolean(times));
  if (!times) {
    return;
  }
  const until = (at) => span((Date.parse(at) - now()) / 1000);
  const state = {
    before: () => `opens in ${until(times.opens)}`,
    open: () => `open, closes in ${until(times.closes)}${times.last_launch ? `, last launch ${hour(times.last_launch)}` : ''}`,
    after: () => 'over',
  }[times.state] ?? (() => times.state);
  put(node, `Launch window ${hour(times.opens)} to ${hour(times.closes)} (agreed in ${times.zone}): ${state()}`);
}

function makeFacts() {
  const fields = ['Job file', 'Inventory', 'Since', 'Working on it', 'Reports', 'Waiting'];
  const values = fields.map(() => el('dd'));
  const node = el('dl.facts', null, fields.map((field, index) => el('div', null, el('dt', null, field), values[index])));
  const [job, inventory, created, holder, reports, waiting] = values;
  const time = el('time');
  const ago = el('span.quiet');
  created.append(time, ago);
  let shown = null;
  return {
    node,
    update({ run, waiting: kinds }) {
      put(waiting, waitingText(kinds));
      const written = JSON.stringify([run.job, run.job_file, run.inventory_file, run.holder, run.report_directory, run.rerun_of, run.strict]);
      putTime(time, run.created_at, clock);
      put(ago, `${since(run.created_at)} ago`);
      if (written === shown) {
        return;
      }
      shown = written;
      job.replaceChildren(path(run.job_file), el('span.quiet', null, `${run.job}${run.strict ? ', strict' : ''}`, ...rerunOf(run)));
      inventory.replaceChildren(path(run.inventory_file));
      holder.replaceChildren(...holderOf(run.holder));
      reports.replaceChildren(path(run.report_directory));
    },
  };
}

/** The last two elements of a path; the title has the whole path. */
function path(text) {
  const short = String(text ?? '–').split('/').slice(-2).join('/');
  return bdi(short, text ?? '');
}

/** The number of open servers per obstacle, the most frequent first. */
function waitingText(kinds) {
  const sorted = Object.entries(kinds ?? {}).sort(([, a], [, b]) => b - a);
  return sorted.length === 0 ? 'no server' : sorted.map(([kind, number]) => `${count(number)} ${kind}`).join(', ');
}

function rerunOf(run) {
  return run.rerun_of ? [', rerun of ', el('a', { href: address(run.rerun_of) }, bdi(run.rerun_of))] : [];
}

function holderOf(holder) {
  if (!holder) {
    return ['no process'];
  }
  const time = el('span.quiet', null, `process ${holder.pid}${holder.since ? `, since ${clock(holder.since)}` : ''}`);
  return [bdi(holder.host), time];
}

/** The next step for the operator; none while the run is under way. */
function putNext(node, { state, next }) {
  const text = next ?? (state === 'FINISHED' ? 'nothing left to do' : '');
  show(node, text !== '');
  if (node.dataset.text !== text) {
    node.dataset.text = text;
    node.replaceChildren(el('span.quiet', null, 'Next: '), next ? command(text) : bdi(text));
  }
}
