// Filter and order of the server table. Pure functions: the same servers and query give the same list.
import { isOpen, outcome, STAGES } from './vocabulary.js';

const NO_WAVE = '(none)';
const PLACE = new Map([...STAGES.map((stage) => stage.id), 'CLOSED'].map((id, index) => [id, index]));

/** The sort key of each column; the second key is always the row. */
const KEYS = {
  row: (server) => server.row,
  name: (server) => server.nameRank,
  wave: (server) => server.waveRank,
  stage: (server) => `${PLACE.get(server.stage) ?? 9} ${server.outcome ?? ''}`,
  progress: (server) => (isOpen(server) ? server.done.percent ?? -1 : 1000),
  state: (server) => server.states,
  since: (server) => server.changed_at ?? '',
  attempts: (server) => server.attempts ?? 0,
  last: (server) => server.last,
};

export function matches({ q, wave, stage, outcome: ended, attention }) {
  const terms = (q ?? '').normalize('NFC').toLowerCase().split(/\s+/).filter((term) => term);
  const tests = [];
  if (terms.length > 0) {
    tests.push((server) => terms.every((term) => server.searchText.includes(term)));
  }
  if (wave) {
    tests.push((server) => (server.wave || NO_WAVE) === wave);
  }
  if (stage) {
    tests.push((server) => server.stage === stage);
  }
  if (ended) {
    tests.push(byOutcome(ended));
  }
  if (attention) {
    tests.push((server) => Boolean(server.attention));
  }
  return (server) => tests.every((test) => test(server));
}

function byOutcome(wanted) {
  switch (wanted) {
    case 'open': return isOpen;
    case 'good': return (server) => !isOpen(server) && Boolean(outcome(server.outcome).good);
    case 'bad': return (server) => !isOpen(server) && Boolean(outcome(server.outcome).bad);
    default: return (server) => server.outcome === wanted;
  }
}

/** @param sort a column; a leading minus reverses the direction */
export function order(sort) {
  const down = (sort ?? '').startsWith('-');
  const key = KEYS[down ? sort.slice(1) : sort] ?? KEYS.row;
  const sign = down ? -1 : 1;
  return (a, b) => {
    const x = key(a);
    const y = key(b);
    return x < y ? -sign : x > y ? sign : a.row - b.row;
  };
}

export function select(servers, query) {
  return [...servers].filter(matches(query)).sort(order(query.sort));
}
