'use strict';
// What all parts of the page share: colours, explanations, tabs, copying.
document.documentElement.classList.add('js');
const data = JSON.parse(document.getElementById('data').textContent);

// element makes an element with properties and children, which are never HTML.
function element(tag, properties = {}, ...children) {
  const e = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key in e) e[key] = value; else e.setAttribute(key, value);
  }
  e.append(...children);
  return e;
}

(function theme() {
  const button = document.getElementById('theme'), key = 'radcode-colours';
  const system = matchMedia('(prefers-color-scheme: dark)');
  let chosen = null;
  try { chosen = localStorage.getItem(key); } catch { /* not every browser stores for files */ }
  const dark = () => chosen ? chosen === 'dark' : system.matches;
  const show = () => {
    if (chosen) document.documentElement.dataset.theme = chosen;
    button.setAttribute('aria-pressed', dark());
  };
  button.addEventListener('click', () => {
    chosen = dark() ? 'light' : 'dark';
    try { localStorage.setItem(key, chosen); } catch { /* see above */ }
    show();
  });
  system.addEventListener('change', show);
  show();
})();

// Explanations come as titles, for pages without script; here they open on
// hover, on focus and on tap, and Escape closes them.
(function tips() {
  const tip = document.getElementById('tip');
  for (const e of document.querySelectorAll('main [title]')) {
    e.dataset.doc = e.title;
    e.setAttribute('aria-description', e.title);
    e.removeAttribute('title');
  }
  const hide = () => { tip.hidden = true; };
  const show = (event) => {
    const e = event.target.closest('[data-doc]');
    if (!e) return hide();
    tip.textContent = e.dataset.doc;
    tip.hidden = false;
    const at = e.getBoundingClientRect(), size = tip.getBoundingClientRect();
    const below = at.bottom + 6 + size.height <= innerHeight;
    tip.style.left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - size.width - 8)) + 'px';
    tip.style.top = (below ? at.bottom + 6 : Math.max(8, at.top - size.height - 6)) + 'px';
  };
  for (const name of ['mouseover', 'focusin', 'click']) document.addEventListener(name, show);
  document.addEventListener('focusout', hide);
  document.addEventListener('scroll', hide, {passive: true, capture: true});
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
})();

(function tabs() {
  let n = 0;
  for (const group of document.querySelectorAll('.tabs')) {
    const panels = [...group.querySelectorAll(':scope > .panel')];
    if (panels.length < 2) continue;
    const list = element('div', {className: 'tablist', role: 'tablist', 'aria-label': 'Code system'});
    const buttons = panels.map((panel) => {
      panel.id = 'panel-' + ++n;
      const button = element('button', {type: 'button', role: 'tab', id: 'tab-' + n, 'aria-controls': panel.id}, panel.dataset.name);
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', button.id);
      return button;
    });
    const select = (i) => buttons.forEach((button, k) => {
      button.setAttribute('aria-selected', k === i);
      button.tabIndex = k === i ? 0 : -1;
      panels[k].classList.toggle('away', k !== i);
    });
    buttons.forEach((button, i) => button.addEventListener('click', () => select(i)));
    list.addEventListener('keydown', (event) => {
      const i = buttons.indexOf(event.target), last = buttons.length - 1;
      const to = {ArrowRight: i === last ? 0 : i + 1, ArrowLeft: i === 0 ? last : i - 1, Home: 0, End: last}[event.key];
      if (to === undefined) return;
      event.preventDefault();
      select(to);
      buttons[to].focus();
    });
    list.append(...buttons);
    group.prepend(list);
    group.classList.add('tabbed');
    select(0);
  }
})();

(function copying() {
  const button = document.getElementById('copy');
  if (!button) return;
  const said = document.getElementById('copied');
  const byHand = (text) => { // where the clipboard is closed to files
    const area = element('textarea', {value: text, readOnly: true});
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  };
  button.addEventListener('click', async () => {
    const text = [...document.querySelectorAll('.manifest > div')]
      .map((row) => row.querySelector('dt').textContent + ': ' + row.querySelector('dd').textContent + '\n').join('');
    let done = true;
    try { await navigator.clipboard.writeText(text); } catch { done = byHand(text); }
    said.textContent = done ? 'Copied.' : 'Copying is not allowed here.';
  });
})();
