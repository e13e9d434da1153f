// Small pieces that several views show: a stage or outcome, a bar of counts, an empty place.
import { attr, bdi, el, put, show } from './dom.js';
import { icon, swapIcon } from './icons.js';
import { count, visible } from './text.js';
import { standing } from './words.js';

/** Shape, colour and word of a stage or an outcome. */
export function chip(look, word, title) {
  return el('span.chip', { title }, el(`span.look-${look}`, null, icon(look)), el('span', null, visible(word)));
}

/** The same, to be changed later with `putStanding`. */
export function standingChip() {
  return el('span.chip', null, el('span'), el('span'));
}

export function putStanding(node, server) {
  const { look, word, says } = standing(server);
  const [shape, text] = node.children;
  attr(shape, 'class', `look-${look}`);
  swapIcon(shape, look);
  put(text, visible(word));
  attr(node, 'title', says);
}

/** A bar of counts side by side; its label says the same in words. */
export function bar() {
  return el('div.bar', { role: 'img' });
}

export function putBar(node, parts, label) {
  if (node.children.length !== parts.length) {
    node.replaceChildren(...parts.map((part) => el(`span.fill-${part.look}`, { title: part.word })));
  }
  parts.forEach((part, index) => {
    const piece = node.children[index];
    show(piece, part.count > 0);
    piece.style.flexGrow = String(part.count);
    attr(piece, 'title', `${part.word}: ${count(part.count)}`);
  });
  attr(node, 'aria-label', label);
}

/** The counts of a bar in words, zeros left out. */
export function inWords(parts) {
  return parts.filter((part) => part.count > 0).map((part) => `${count(part.count)} ${part.word.toLowerCase()}`).join(', ');
}

/** What stands where there is nothing. */
export function blank(look, head, text) {
  return el('div.blank', null, el(`span.look-${look}`, null, icon(look)), el('p.blank-head', null, head), el('p', null, text));
}

export function panel(title, id, ...children) {
  return el('section.panel', { 'aria-labelledby': id },
    el('div.panel-head', null, el('h2', { id }, title)), ...children);
}

/** A command to copy. */
export function command(text) {
  const code = el('code', { tabindex: '0' });
  code.append(bdi(text));
  const copy = el('button.icon-button', { type: 'button', 'aria-label': 'Copy the command', title: 'Copy' }, icon('copy'));
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      swapIcon(copy, 'done');
      setTimeout(() => swapIcon(copy, 'copy'), 1500);
    } catch {
      getSelection().selectAllChildren(code);
    }
  });
  return el('span.command', null, code, copy);
}
