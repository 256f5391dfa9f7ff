// The error browser: a list that holds only the rows in sight, and one report.
(function browser() {
  const box = document.querySelector('.browser');
  if (!box) {
    for (const a of document.querySelectorAll('a[data-field]')) a.removeAttribute('href');
    return;
  }
  const form = box.querySelector('form'), list = box.querySelector('.list'), all = box.querySelector('.all');
  const found = box.querySelector('.found'), article = box.querySelector('.report');
  const rowHeight = 48, spare = 6; // rowHeight as in page.css
  const count = (n) => n.toLocaleString('en');
  const isError = (c) => c.outcome === 'missed' || c.outcome === 'extra' || c.outcome === 'confused';
  const plain = (code) => (code || '').replace(/\./g, '').toLowerCase();
  const reports = data.reports.map((report) => {
    const errors = report.codes.filter(isError);
    return {
      report, errors,
      words: [report.id, report.exam || '', report.text, report.note || ''].join('\n').toLowerCase(),
      wrong: Math.max(0, ...errors.map((c) => c.confidence || 0)),
    };
  });
  let kept = reports, at = 0;

  // Filters.
  function fill(select, values, prefix = '', label = '') {
    const options = [...new Set(values)].filter(Boolean).sort().map((v) => element('option', {value: prefix + v}, v));
    if (options.length) select.append(...(label ? [element('optgroup', {label}, ...options)] : options));
  }
  const errors = reports.flatMap((x) => x.errors);
  fill(form.kind, errors.map((c) => c.outcome), 'outcome:', 'Outcome');
  fill(form.kind, errors.map((c) => c.kind), 'kind:', 'Relation');
  fill(form.stage, errors.map((c) => c.stage));
  fill(form.tag, reports.flatMap((x) => x.report.tags || []));
  for (const select of [form.stage, form.tag]) select.parentElement.hidden = select.length < 2;

  const orders = {
    severity: (a, b) => b.report.severity - a.report.severity,
    count: (a, b) => b.errors.length - a.errors.length,
    confidence: (a, b) => b.wrong - a.wrong,
    id: (a, b) => a.report.id.localeCompare(b.report.id, 'en', {numeric: true}),
  };

  function update() {
    const [field, value] = form.kind.value.split(/:(.*)/s);
    const code = plain(form.code.value.trim()), words = form.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (c) => (!field || c[field] === value) && (!form.stage.value || c.stage === form.stage.value) &&
      (!code || plain(c.gold).startsWith(code) || plain(c.predicted).startsWith(code));
    kept = reports.filter((x) => x.errors.some(fits) && words.every((w) => x.words.includes(w)) &&
      (!form.tag.value || (x.report.tags || []).includes(form.tag.value)));
    kept.sort(orders[form.sort.value]);
    found.textContent = kept.length === reports.length ? `${count(kept.length)} reports` : `${count(kept.length)} of ${count(reports.length)} reports`;
    all.style.height = kept.length * rowHeight + 'px';
    list.scrollTop = 0;
    select(0);
  }

  // The list.
  const summary = (c) => element('span', {className: 'badge ' + c.outcome}, c.outcome === 'confused' ? `${c.gold} → ${c.predicted}` : `${c.outcome} ${c.gold || c.predicted}`);

  function option(i) {
    const {report, errors} = kept[i];
    const row = element('div', {
      role: 'option', id: 'option-' + i, className: 'option', 'aria-selected': i === at, 'aria-posinset': i + 1, 'aria-setsize': kept.length,
    }, element('span', {className: 'id'}, report.id || '(no id)'), element('span', {className: 'severity'}, String(Math.round(report.severity * 100) / 100)),
    element('span', {className: 'badges'}, ...errors.slice(0, 4).map(summary), errors.length > 4 ? ` +${errors.length - 4}` : ''));
    row.style.top = i * rowHeight + 'px';
    row.addEventListener('click', () => select(i));
    return row;
  }

  function draw() {
    const from = Math.max(0, Math.floor(list.scrollTop / rowHeight) - spare);
    const to = Math.min(kept.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + spare);
    all.replaceChildren(...Array.from({length: Math.max(0, to - from)}, (_, k) => option(from + k)));
    if (at >= from && at < to) list.setAttribute('aria-activedescendant', 'option-' + at);
    else list.removeAttribute('aria-activedescendant');
  }

  function select(i) {
    at = Math.max(0, Math.min(kept.length - 1, i));
    if (at * rowHeight < list.scrollTop) list.scrollTop = at * rowHeight;
    const below = (at + 1) * rowHeight - list.clientHeight;
    if (below > list.scrollTop) list.scrollTop = below;
    draw();
    if (kept.length) show(kept[at].report); else article.replaceChildren(element('p', {className: 'dim'}, 'No report fits the filters.'));
  }

  // The report. Marks of places that several codes share carry all of them.
  const worst = ['missed', 'extra', 'confused', 'hit', 'optional'];
  function marked(text, codes, field) {
    const cuts = new Set([0, text.length]);
    for (const c of codes) for (const [start, end] of c[field] || []) cuts.add(start).add(end);
    const places = [...cuts].sort((a, b) => a - b);
    return places.slice(0, -1).map((start, k) => {
      const words = text.slice(start, places[k + 1]);
      const here = codes.map((c, i) => i).filter((i) => (codes[i][field] || []).some(([from, to]) => from <= start && start < to));
      if (!here.length) return words;
      const outcome = worst.find((o) => here.some((i) => codes[i].outcome === o)) || 'hit';
      const mark = element('mark', {className: outcome}, words);
      mark.dataset.codes = here.join(' ');
      mark.dataset.doc = here.map((i) => `${codes[i].predicted || codes[i].gold} (${codes[i].outcome})`).join(', ');
      return mark;
    });
  }

  const systemName = (id) => (data.systems.find((s) => s.id === id) || {name: id}).name;
  const cell = (code, title) => element('td', {}, ...(code ? [element('b', {}, code), title ? ' ' + title : ''] : [element('span', {className: 'dim'}, '–')]));

  function codeRow(c, i) {
    const places = (c.inText || []).length + (c.inExam || []).length;
    const row = element('tr', {},
      element('td', {}, element('span', {className: 'badge ' + c.outcome}, c.outcome), c.kind ? ' ' + c.kind : ''),
      cell(c.gold, c.goldTitle), cell(c.predicted, c.predictedTitle),
      element('td', {className: 'num'}, c.confidence ? c.confidence.toFixed(3) : ''),
      element('td', {}, c.stage || ''), element('td', {}));
    if (places) {
      const button = element('button', {type: 'button', 'aria-pressed': false, 'aria-label': `Evidence of ${c.predicted || c.gold}`}, places === 1 ? '1 place' : `${places} places`);
      button.addEventListener('click', () => {
        const on = button.getAttribute('aria-pressed') !== 'true';
        for (const b of article.querySelectorAll('[aria-pressed]')) b.setAttribute('aria-pressed', b === button && on);
        light(on ? i : -1, true);
      });
      row.lastChild.append(button);
    }
    row.addEventListener('mouseenter', () => light(i));
    row.addEventListener('mouseleave', () => light(-1));
    return row;
  }

  // light shows the places of one code alone; -1 those of the pinned one, or all.
  function light(i, scroll = false) {
    if (i < 0) {
      const pinned = article.querySelector('tr:has([aria-pressed=true])');
      i = pinned ? Number(pinned.dataset.code) : -1;
    }
    let first = null;
    for (const mark of article.querySelectorAll('mark')) {
      const of = mark.dataset.codes.split(' ').includes(String(i));
      mark.classList.toggle('off', i >= 0 && !of);
      if (of && !first) first = mark;
    }
    if (scroll && first) first.scrollIntoView({block: 'nearest'});
  }

  function codeTable(report) {
    const heads = ['Outcome', 'Gold', 'Predicted', 'Confidence', 'Lost in', 'Evidence'];
    const table = element('table', {}, element('caption', {className: 'hidden'}, 'Gold and predicted codes'),
      element('thead', {}, element('tr', {}, ...heads.map((h) => element('th', {scope: 'col', className: h === 'Confidence' ? 'num' : ''}, h)))));
    const systems = [...new Set(report.codes.map((c) => c.system))];
    for (const system of systems) {
      const body = element('tbody', {}, element('tr', {className: 'group'}, element('th', {colSpan: heads.length, scope: 'rowgroup'}, systemName(system))));
      report.codes.forEach((c, i) => {
        if (c.system !== system) return;
        const row = codeRow(c, i);
        row.dataset.code = i;
        body.append(row);
      });
      table.append(body);
    }
    return element('div', {className: 'scroll', role: 'region', 'aria-label': 'Codes', tabIndex: 0}, table);
  }

  function show(report) {
    const step = (label, by, disabled) => {
      const button = element('button', {type: 'button', disabled}, label);
      button.addEventListener('click', () => {
        select(at + by);
        const again = [...article.querySelectorAll('header button')].find((b) => b.textContent === label);
        if (!again.disabled) again.focus();
      });
      return button;
    };
    article.replaceChildren(
      element('header', {}, element('h3', {}, report.id || '(no id)'), element('span', {className: 'dim'}, `${count(at + 1)} of ${count(kept.length)}`),
        step('Previous', -1, at === 0), step('Next', 1, at === kept.length - 1)),
      ...(report.note ? [element('p', {className: 'note'}, report.note)] : []),
      ...(report.tags ? [element('p', {className: 'tags'}, ...report.tags.map((t) => element('span', {className: 'tag'}, t)))] : []),
      codeTable(report),
      ...(report.exam ? [element('h4', {}, 'Exam name'), element('p', {className: 'exam'}, ...marked(report.exam, report.codes, 'inExam'))] : []),
      element('h4', {}, 'Text'),
      element('pre', {className: 'text', tabIndex: 0, role: 'region', 'aria-label': 'Report text'}, ...marked(report.text, report.codes, 'inText')));
  }

  // Keys and links.
  const keys = (event) => ({ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8, Home: 0, End: kept.length - 1})[event.key];
  list.addEventListener('keydown', (event) => {
    const to = keys(event);
    if (to === undefined) return;
    event.preventDefault();
    select(to);
  });
  document.addEventListener('keydown', (event) => {
    const by = {j: 1, k: -1}[event.key], seen = box.getBoundingClientRect();
    if (!by || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea')) return;
    if (seen.top < innerHeight && seen.bottom > 0) select(at + by);
  });
  list.addEventListener('scroll', draw, {passive: true});
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(update));
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-field]');
    if (!link) return;
    const {field, value} = link.dataset, control = form.elements[field];
    if (control.options && ![...control.options].some((o) => o.value === value)) { // no report here has it
      control.append(element('option', {value}, value));
      control.parentElement.hidden = false;
    }
    form.reset(); // which updates, once the value is there
    control.value = value;
  });
  new ResizeObserver(draw).observe(list);
  update();
})();
