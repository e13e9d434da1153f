// Builders of elements. Text from data is set through textContent and never parsed as HTML.
import { visible } from './text.js';

/**
 * Creates an element. `spec` is a tag with classes ('p.lead.quiet'). `props` are attributes: 'on' holds listeners, and null,
 * undefined and false omit an attribute. The remaining arguments are child nodes or text.
 */
export function el(spec, props, ...children) {
  const [tag, ...classes] = spec.split('.');
  const node = document.createElement(tag);
  if (classes.length > 0) {
    node.className = classes.join(' ');
  }
  for (const [key, value] of Object.entries(props ?? {})) {
    if (key === 'on') {
      Object.entries(value).forEach(([type, listener]) => node.addEventListener(type, listener));
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A foreign text, isolated so that its direction cannot affect the text around it. */
export function bdi(text, title) {
  const node = el('bdi', { title: title ? visible(title) : null });
  node.textContent = visible(text);
  return node;
}

/** Sets the text only if it changed, so that selections and screen readers are not disturbed. */
export function put(node, text) {
  const next = text === null || text === undefined ? '' : String(text);
  if (node.textContent !== next) {
    node.textContent = next;
  }
}

export function attr(node, name, value) {
  if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

export function show(node, yes) {
  if (node.hidden === yes) {
    node.hidden = !yes;
  }
}

/**
 * Synchronizes the children of `parent` with `items` by key. Existing elements stay, and so does the focus. `update` gets the
 * element and its item.
 */
export function each(parent, items, key, create, update) {
  const there = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = String(key(item));
    let node = there.get(name);
    if (node) {
      there.delete(name);
    } else {
      node = create(item);
      node.dataset.key = name;
    }
    update(node, item);
    if (node === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(node, place);
    }
  }
  there.forEach((node) => node.remove());
}

export function button(label, listener, props = {}, ...children) {
  const { class: classes, ...rest } = props;
  return el(classes ? `button.${classes}` : 'button', { type: 'button', ...rest, on: { click: listener } }, ...children, label);
}
