// Elements without markup: all data goes in as text, so nothing in an event can become HTML.

/**
 * Makes an element. In `props`, `class`, `data-*`, `aria-*` and other attributes are set as such, a function under `on*` listens,
 * `share` fills a bar; null and false leave a property out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (name === 'share') {
      node.style.setProperty('--share', String(Math.min(1, Math.max(0, value || 0))));
    } else {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

/** A bar of length `share`, 0 to 1; decoration: its number stands beside it. */
export function bar(share, odd = false) {
  return el('span', {class: odd ? 'bar odd' : 'bar', 'aria-hidden': 'true'}, el('span', {share}));
}

export const byId = id => document.getElementById(id);

/** Sets a text only where it changed, so that screen readers and the layout are left in peace. */
export function say(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
