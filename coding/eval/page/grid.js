// Tables: sort by any column, filter by words, leaf through by pages of rows.
(function grids() {
  const pageSize = 25, filterFrom = 10;
  const collator = new Intl.Collator('en', {numeric: true, sensitivity: 'base'});
  const numberOf = (text) => parseFloat(text.replace(/,/g, ''));

  // compare puts cells without a value last, whichever way the others go.
  function compare(a, b, number, falling) {
    if (number) {
      const [x, y] = [numberOf(a), numberOf(b)];
      if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y);
      return falling ? y - x : x - y;
    }
    return falling ? collator.compare(b, a) : collator.compare(a, b);
  }

  function enhance(grid) {
    const table = grid.querySelector('table'), body = table.tBodies[0];
    const rows = [...body.rows].map((row, place) => ({
      row, place, cells: [...row.cells].map((c) => c.textContent),
      words: [...row.cells].filter((c) => !c.classList.contains('num')).map((c) => c.textContent).join('\n').toLowerCase(), // of what is no number
    }));
    let kept = rows, first = 0;

    const status = element('span', {role: 'status'});
    const previous = element('button', {type: 'button', 'aria-label': 'Previous rows'}, '‹');
    const next = element('button', {type: 'button', 'aria-label': 'Next rows'}, '›');
    const show = () => {
      const last = Math.min(first + pageSize, kept.length);
      body.replaceChildren(...kept.slice(first, last).map((x) => x.row));
      const of = kept.length === rows.length ? `${rows.length.toLocaleString('en')} rows` : `${kept.length.toLocaleString('en')} of ${rows.length.toLocaleString('en')} rows`;
      status.textContent = kept.length > pageSize ? `${first + 1}–${last} of ${of}` : of;
      previous.hidden = next.hidden = kept.length <= pageSize;
      previous.disabled = first === 0;
      next.disabled = last === kept.length;
    };
    previous.addEventListener('click', () => { first -= pageSize; show(); });
    next.addEventListener('click', () => { first += pageSize; show(); });

    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, i) => {
      const number = head.classList.contains('num');
      const button = element('button', {type: 'button', className: 'sort'}, ...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const was = head.getAttribute('aria-sort');
        const falling = was ? was === 'ascending' : number;
        for (const h of heads) h.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
        rows.sort((a, b) => compare(a.cells[i], b.cells[i], number, falling) || a.place - b.place);
        kept = kept.length === rows.length ? rows : rows.filter((x) => kept.includes(x));
        first = 0;
        show();
      });
    });

    if (rows.length < filterFrom) return;
    const filter = element('input', {type: 'search', autocomplete: 'off', spellcheck: false});
    filter.addEventListener('input', () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      kept = rows.filter((x) => words.every((w) => x.words.includes(w)));
      first = 0;
      show();
    });
    const label = element('label', {}, 'Filter ', filter);
    filter.setAttribute('aria-label', 'Filter: ' + table.caption.textContent);
    grid.prepend(element('div', {className: 'tools'}, label, status, previous, next));
    show();
  }
  for (const grid of document.querySelectorAll('.grid')) enhance(grid);
})();
