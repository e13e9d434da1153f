// Two charts over time, drawn by uPlot: servers by stage, stacked, and the rate of the calls. The same numbers are on the
// page as text and as a table.
import { attr, el, put, show } from './dom.js';
import { icon } from './icons.js';
import { blank, panel } from './parts.js';
import { address } from './route.js';
import { store } from './store.js';
import { count, rate } from './text.js';
import { colour } from './theme.js';
import { clock, hour, stamp, zoneName } from './time.js';
import { ENDS, ends, STAGES } from './vocabulary.js';

/** Layers from the bottom: ended rows first, rows that have not started last. */
const LAYERS = [...ENDS, ...[...STAGES].reverse()];
const LIVE_POINTS = 600;

/** Points received after the history was read. */
const live = { of: null, at: [], layers: new Map(), api: [], calls: null };

export function makeStages() {
  const holder = el('div.chart', { role: 'img' });
  const at = el('p.chart-at.quiet');
  const legend = el('ul.legend');
  const empty = blank('waiting', 'No changes yet', 'The chart starts with the first change of the run.');
  const table = makeTable();
  const node = panel('Servers by stage', 'stages-head', at, holder, empty, legend, table.node);
  node.classList.add('wide');
  const chart = makeChart(holder, 270, stackedOptions, (index) => putLegend(index));
  let data = null;

  legend.append(...LAYERS.map((layer) => el('li', null, el('a.legend-item', { title: layer.meaning },
    el(`span.swatch.fill-${layer.tone}`), el(`span.tone-${layer.tone}`, null, icon(layer.tone)), el('span', null, layer.short ?? layer.label), el('b')))));

  function putLegend(index) {
    if (!data || data.at.length === 0) {
      return;
    }
    const point = index ?? data.at.length - 1;
    const latest = store.snapshot.run.state === 'RUNNING' ? 'Now' : 'At the end';
    put(at, index === null ? `${latest}, ${clock(data.at[point] * 1000)}` : stamp(data.at[point] * 1000));
    LAYERS.forEach((layer, place) => put(legend.children[place].querySelector('b'), count(data.raw[place][point])));
  }

  return {
    node,
    redraw: chart.redraw,
    update(snapshot) {
      collect(snapshot);
      data = stages();
      const some = data.at.length > 1;
      show(empty, !some);
      show(holder, some);
      show(at, some);
      LAYERS.forEach((layer, place) => attr(legend.children[place].firstElementChild, 'href', linkOf(layer, snapshot.run.run_id)));
      if (some) {
        chart.draw([data.at, ...data.stacked]);
        attr(holder, 'aria-label', `Servers by stage over time. Now: ${LAYERS.map((layer, place) => `${layer.label} ${data.raw[place].at(-1)}`).join(', ')}.`);
        putLegend(chart.index());
        table.update(data);
      }
    },
  };
}

function linkOf(layer, id) {
  const query = { CLOSED_OK: { outcome: 'good' }, CLOSED_BAD: { outcome: 'bad' } }[layer.id] ?? { stage: layer.id };
  return address(id, 'servers', query);
}

/** The chart as an accessible table of a dozen instants, opened on demand. */
function makeTable() {
  const body = el('tbody');
  const node = el('details.folded', null, el('summary', null, 'As a table'),
    el('div.scroll', { tabindex: '0', role: 'region', 'aria-label': 'Servers by stage over time, as a table' },
      el('table.plain', null, el('thead', null, el('tr', null, el('th', { scope: 'col' }, 'Time'), LAYERS.map((layer) => el('th', { scope: 'col' }, layer.label)))), body)));
  let latest = null;
  const fill = () => {
    if (!node.open || !latest) {
      return;
    }
    const step = Math.max(1, Math.floor((latest.at.length - 1) / 12));
    const picked = latest.at.map((_, index) => index).filter((index) => (latest.at.length - 1 - index) % step === 0);
    body.replaceChildren(...picked.map((index) => el('tr', null,
      el('th', { scope: 'row' }, clock(latest.at[index] * 1000)), latest.raw.map((values) => el('td', null, count(values[index]))))));
  };
  node.addEventListener('toggle', fill);
  return { node, update: (data) => { latest = data; fill(); } };
}

export function makeApi() {
  const now_ = el('b');
  const limit = el('b');
  const throttled = el('b');
  const calls = el('b');
  const holder = el('div.chart', { role: 'img' });
  const empty = el('p.quiet', null, 'No calls measured yet.');
  const figure = (value, label, tone) => el('li', null, value, el('span', null, tone ? el(`i.dash.fill-${tone}`) : null, label));
  const node = panel('Calls to the service', 'api-head',
    el('ul.figures', null, figure(now_, 'calls/s now', 'calls'), figure(limit, 'learned limit/s', 'limit'),
      figure(throttled, '429 answers', 'throttled'), figure(calls, 'calls in all')), empty, holder);
  const chart = makeChart(holder, 310, apiOptions, () => {});
  return {
    node,
    redraw: chart.redraw,
    update({ api }) {
      put(now_, rate(api.per_second));
      put(limit, api.limit === null || api.limit === undefined ? '–' : rate(api.limit));
      put(throttled, count(api.throttled));
      put(calls, count(api.calls));
      const data = apiData();
      show(holder, data[0].length > 1);
      show(empty, data[0].length <= 1);
      attr(holder, 'aria-label', `Calls per second over time. Now ${rate(api.per_second)}, learned limit ${rate(api.limit)}, ${count(api.throttled)} answers 429.`);
      if (data[0].length > 1) {
        chart.draw(data);
      }
    },
  };
}

/** Appends the current snapshot to the history. */
function collect({ now, event, counts, api, run }) {
  if (live.of !== store.history) {
    Object.assign(live, { of: store.history, at: [], layers: new Map(LAYERS.map((layer) => [layer.id, []])), api: [], calls: null, latest: null });
  }
  const over = run.state !== 'RUNNING';
  const point = over ? 'end' : `${now} ${event}`;
  const last = live.at.at(-1) ?? store.history?.at.at(-1) ?? 0;
  const at = over ? Math.max(last + 0.001, Date.parse(run.ended_at ?? now) / 1000) : Date.parse(now) / 1000;
  if (point === live.latest || at <= last || (over && !run.ended_at)) {
    return;
  }
  live.latest = point;
  const { good, bad } = ends(counts.outcomes);
  const value = { ...counts.stages, CLOSED_OK: good, CLOSED_BAD: bad };
  live.at.push(at);
  LAYERS.forEach((layer) => live.layers.get(layer.id).push(value[layer.id] ?? 0));
  live.api.push({ perSecond: api.per_second ?? 0, limit: api.limit ?? null, throttled: live.calls === null ? 0 : Math.max(0, api.throttled - live.calls) });
  live.calls = api.throttled;
  if (live.at.length > LIVE_POINTS) {
    thin();
  }
}

/** Drops every other point, since a page may be open all night. */
function thin() {
  const half = (values) => values.filter((_, index) => index % 2 === 1);
  live.at = half(live.at);
  live.layers.forEach((values, id) => live.layers.set(id, half(values)));
  live.api = half(live.api);
}

function stages() {
  const at = [...(store.history?.at ?? []), ...live.at];
  const raw = LAYERS.map((layer) => [...(store.history?.stages[layer.id] ?? []), ...(live.layers.get(layer.id) ?? [])]);
  const sums = at.map(() => 0);
  const stacked = raw.map((values) => values.map((value, index) => (sums[index] += value ?? 0)));
  return { at, raw, stacked: stacked.reverse() };
}

function apiData() {
  const past = store.history?.api ?? { at: [], per_second: [], limit: [], throttled: [] };
  const after = live.at.map((at, index) => [at, live.api[index]]).filter(([at]) => at > (past.at.at(-1) ?? 0));
  const join = (values, pick) => [...(values ?? []), ...after.map(([, one]) => pick(one))];
  return [
    [...past.at, ...after.map(([at]) => at)],
    join(past.per_second, (one) => one.perSecond),
    join(past.limit, (one) => one.limit),
    join(past.throttled, (one) => one.throttled).map((value) => (value > 0 ? value : null)),
  ];
}

/** A uPlot chart that follows the width of its container, the theme and the time zone. */
function makeChart(holder, height, options, onCursor) {
  let plot = null;
  let latest = null;
  let width = 0;
  const build = () => {
    plot?.destroy();
    plot = null;
    width = Math.floor(holder.clientWidth);
    if (width > 0 && latest) {
      plot = new uPlot({ width, height: width < 500 ? Math.min(height, 210) : height, ...options(onCursor) }, latest, holder);
    }
  };
  new ResizeObserver(() => {
    if (latest && Math.floor(holder.clientWidth) !== width) {
      build();
    }
  }).observe(holder);
  return {
    draw(data) {
      latest = data;
      if (plot) {
        plot.setData(data);
      } else {
        build();
      }
    },
    index: () => plot?.cursor.idx ?? null,
    redraw: build,
  };
}

function axes(grid, ink) {
  const font = '12px system-ui, sans-serif';
  const line = { stroke: grid, width: 1 };
  return {
    time: { stroke: ink, font, grid: { show: false }, ticks: line, values: (_plot, marks, _axis, _space, step) => marks.map((mark) => (step < 60 ? clock : hour)(mark * 1000)), space: 90 },
    number: { stroke: ink, font, grid: line, ticks: { show: false }, size: 44, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000] },
  };
}

const common = () => ({
  legend: { show: false },
  padding: [8, 8, 0, 0],
  tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zoneName()),
});

function stackedOptions(onCursor) {
  const { time, number } = axes(colour('grid'), colour('quiet'));
  const gap = colour('surface');
  const layer = ({ tone, label }) => ({ label, fill: colour(`fill-${tone}`), stroke: gap, width: 1, points: { show: false } });
  return {
    ...common(),
    scales: { y: { range: (_, min, max) => [0, Math.max(1, max)] } },
    axes: [time, number],
    series: [{}, ...[...LAYERS].reverse().map(layer)],
    cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
    hooks: { setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)] },
  };
}

function apiOptions() {
  const { time, number } = axes(colour('grid'), colour('quiet'));
  const bars = uPlot.paths.bars({ size: [0.8, 4, 2] });
  return {
    ...common(),
    scales: { y: { range: (_, min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [time, number],
    series: [{},
      { label: 'calls/s', stroke: colour('fill-calls'), width: 1.5, points: { show: false } },
      { label: 'limit', stroke: colour('fill-limit'), width: 1.5, dash: [5, 4], points: { show: false } },
      { label: '429', stroke: colour('fill-throttled'), fill: colour('fill-throttled'), width: 0, paths: bars, points: { show: false } }],
    cursor: { show: false },
  };
}
