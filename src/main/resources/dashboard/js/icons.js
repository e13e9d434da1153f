// The shapes that accompany the colours, so that colour alone never carries a meaning.
const SPACE = 'http://www.w3.org/2000/svg';

/** Paths in a box of 16 by 16, drawn as lines; paths with a leading '!' are filled. */
const SHAPES = {
  planned: ['M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z'],
  ready: ['M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z', '!M8 6.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6z'],
  started: ['!M5 3l8 5l-8 5z'],
  replicating: ['M3 5h7.5M8 2.5L10.5 5L8 7.500', 'M13 11H5.500M8 8.500L5.500 11L8 13.500'],
  syncing: ['M13 8a5 5 0 0 1-9 3M3 8a5 5 0 0 1 9-3', 'M12.500 2v3.200h-3.200', 'M3.500 14v-3.200h3.200'],
  launching: ['M8 13.500V3', 'M3.800 7.200L8 3l4.200 4.200'],
  done: ['M3 8.500l3.500 3.500L13 4.500'],
  skipped: ['M3 3.500l4.500 4.500L3 12.500', 'M8.500 3.500l4.500 4.500L8.500 12.500'],
  failed: ['M4 4l8 8M12 4l-8 8'],
  stopped: ['!M4 4h8v8h-8z'],
  waiting: ['M8 2.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 1 0 0-11z', 'M8 5v3.300l2.200 1.400'],
  attention: ['M8 2.200L14.500 13.500h-13z', 'M8 6.500v3', '!M8 10.700a.9.9 0 1 0 0 1.800a.9.9 0 1 0 0-1.800z'],
  pause: ['M5.500 3.500v9M10.500 3.500v9'],
  live: ['!M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6z', 'M3.600 12.400a6.200 6.200 0 0 1 0-8.800', 'M12.400 3.600a6.200 6.200 0 0 1 0 8.800'],
  cut: ['M2.500 2.500l11 11', 'M3.600 12.400a6.200 6.200 0 0 1-.8-7.600', 'M12.400 3.600a6.200 6.200 0 0 1 .8 7.600'],
  close: ['M4 4l8 8M12 4l-8 8'],
  search: ['M7 2.500a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9z', 'M10.300 10.300l3.500 3.500'],
  up: ['M4 9.500L8 5.500l4 4'],
  down: ['M4 6.500l4 4l4-4'],
  right: ['M6.500 4l4 4l-4 4'],
  left: ['M9.500 4l-4 4l4 4'],
  light: ['M8 5.200a2.800 2.800 0 1 0 0 5.600a2.800 2.800 0 1 0 0-5.600z', 'M8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.400 3.400l.7.7M11.900 11.900l.7.7M3.400 12.600l.7-.7M11.900 4.100l.7-.7'],
  dark: ['M13 9.700A5.500 5.500 0 0 1 6.300 3a5.500 5.500 0 1 0 6.700 6.700z'],
  retry: ['M13 8a5 5 0 1 1-1.500-3.500', 'M12.500 2v3h-3'],
  copy: ['M6 6h7v7h-7z', 'M3 10V3h7'],
  runs: ['M3 4h10M3 8h10M3 12h6'],
  filter: ['M2.500 4h11M4.500 8h7M6.500 12h3'],
  call: ['M2.500 8h11M10 4.500L13.500 8L10 11.500'],
  state: ['M8 2.500a5.500 5.500 0 1 0 0 11a5.500 5.500 0 1 0 0-11z', 'M8 7.500v3.500', '!M8 4.500a.8.8 0 1 0 0 1.600a.8.8 0 1 0 0-1.600z'],
};

/** A decorative icon; the text beside it, or the label of its button, carries the meaning. */
export function icon(name) {
  const svg = document.createElementNS(SPACE, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', `icon i-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('focusable', 'false');
  for (const shape of SHAPES[name] ?? SHAPES.state) {
    const path = document.createElementNS(SPACE, 'path');
    const filled = shape.startsWith('!');
    path.setAttribute('d', filled ? shape.slice(1) : shape);
    path.setAttribute('class', filled ? 'solid' : 'line');
    svg.append(path);
  }
  return svg;
}

/** Replaces the icon in an element, only if it differs. */
export function swapIcon(holder, name) {
  if (holder.dataset.icon !== name) {
    holder.dataset.icon = name;
    holder.replaceChildren(icon(name));
  }
}
