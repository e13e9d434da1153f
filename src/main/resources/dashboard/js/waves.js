// One line per wave: bar, counts and end.
import { attr, bdi, el, each, put, show } from './dom.js';
import { icon } from './icons.js';
import { bar, asText, panel, putBar } from './parts.js';
import { address } from './route.js';
import { count, many } from './text.js';
import { hour } from './time.js';
import { ends, parts } from './vocabulary.js';

/** Number of waves above which the page folds the completed ones. */
const MANY = 10;

export function makeWaves() {
  const open = el('ul.waves');
  const through = el('ul.waves');
  const summary = el('summary');
  const folded = el('details.folded', { hidden: true }, summary, through);
  const node = panel('Waves', 'waves-head', open, folded);
  node.classList.add('wide');
  return {
    node,
    update({ run, waves }) {
      const fold = waves.length > MANY;
      const isThrough = (wave) => fold && wave.open === 0 && ends(wave.outcomes).bad === 0;
      const update = (item, wave) => putWave(item, wave, run);
      each(open, waves.filter((wave) => !isThrough(wave)), (wave) => wave.name, makeWave, update);
      const done = waves.filter(isThrough);
      each(through, done, (wave) => wave.name, makeWave, update);
      show(folded, done.length > 0);
      put(summary, `${many(done.length, 'wave')} completed without failures`);
    },
  };
}

function makeWave(wave) {
  const name = el('span.wave-name');
  name.append(wave.name ? bdi(wave.name, wave.name) : el('i', null, 'no wave'));
  return el('li', null, el('a.wave', null, name, bar(), el('span.wave-count'),
    el('span.wave-bad', null, el('span.tone-failed', null, icon('failed')), el('span')),
    el('span.wave-eyes', { title: 'need attention' }, el('span.tone-attention', null, icon('attention')), el('span'), el('span.unseen', null, ' need attention')),
    el('span.wave-end.quiet')));
}

function putWave(item, wave, run) {
  const [, whole, number, bad, eyes, end] = item.firstElementChild.children;
  const all = parts(wave);
  const failed = ends(wave.outcomes).bad;
  attr(item.firstElementChild, 'href', address(run.run_id, 'servers', { wave: wave.name === '' ? '(none)' : wave.name }));
  putBar(whole, all, asText(all));
  put(number, `${count(wave.rows - wave.open)} of ${count(wave.rows)}`);
  bad.classList.toggle('is-none', failed === 0);
  put(bad.lastElementChild, failed > 0 ? `${count(failed)} failed` : '');
  eyes.classList.toggle('is-none', !wave.attention);
  put(eyes.children[1], count(wave.attention ?? 0));
  put(end, ending(wave, run));
}

function ending(wave, run) {
  if (wave.open === 0) {
    return wave.ended_at ? `ended ${hour(wave.ended_at)}` : 'ended';
  }
  if (wave.estimate_at) {
    return `about ${hour(wave.estimate_at)}`;
  }
  if (!wave.started_at) {
    return 'not started';
  }
  return run.ended_at ? 'left open' : 'under way';
}
