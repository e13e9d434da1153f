// Small elements shared by the views: a stage or outcome, a bar of counts, a placeholder.
import { attr, bdi, el, put, show } from './dom.js';
import { icon, swapIcon } from './icons.js';
import { count, visible } from './text.js';
import { standing } from './vocabulary.js';

/** Shape, colour and label of a stage or an outcome. */
export function chip(tone, label, title) {
  return el('span.chip', { title }, el(`span.tone-${tone}`, null, icon(tone)), el('span', null, visible(label)));
}

/** An empty chip for `putStanding`. */
export function standingChip() {
  return el('span.chip', null, el('span'), el('span'));
}

export function putStanding(node, server) {
  const { tone, label, meaning } = standing(server);
  const [shape, text] = node.children;
  attr(shape, 'class', `tone-${tone}`);
  swapIcon(shape, tone);
  put(text, visible(label));
  attr(node, 'title', meaning);
}

/** A bar of counts side by side; its label has the same counts as text. */
export function bar() {
  return el('div.bar', { role: 'img' });
}

export function putBar(node, parts, label) {
  if (node.children.length !== parts.length) {
    node.replaceChildren(...parts.map((part) => el(`span.fill-${part.tone}`, { title: part.label })));
  }
  parts.forEach((part, index) => {
    const piece = node.children[index];
    show(piece, part.count > 0);
    piece.style.flexGrow = String(part.count);
    attr(piece, 'title', `${part.label}: ${count(part.count)}`);
  });
  attr(node, 'aria-label', label);
}

/** The counts of a bar as text, without zeros. */
export function asText(parts) {
  return parts.filter((part) => part.count > 0).map((part) => `${count(part.count)} ${part.label.toLowerCase()}`).join(', ');
}

/** A placeholder for an empty list. */
export function blank(tone, head, text) {
  return el('div.blank', null, el(`span.tone-${tone}`, null, icon(tone)), el('p.blank-head', null, head), el('p', null, text));
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
