// Coverage-precision curves: one threshold, moved by pointer, keys or slider.
(function curves() {
  const tenths = (v) => (Math.round(v * 10) / 10).toFixed(1);
  const percent = (v) => tenths(v * 100) + ' %';
  const count = (n) => n.toLocaleString('en');
  const short = (v) => String(Math.round(v * 1e4) / 1e4);
  const precision = ([, automated, errors]) => automated ? 1 - errors / automated : 1;

  // words say what a point means, as (*PageCurve).words does.
  function words(curve, point) {
    const [threshold, automated, errors, low] = point;
    const perThousand = automated ? 1000 * errors / automated : 0;
    return [
      `Automated ${percent(automated / Math.max(curve.total, 1))}, ${tenths(perThousand)} errors per 1,000 automated.`,
      `Confidence ≥ ${short(threshold)}: ${count(automated)} of ${count(curve.total)} ${curve.unit}, ${count(errors)} of them wrong. ` +
      `Precision ${percent(precision(point))}; with ${short(curve.level * 100)} % confidence at least ${percent(low)}.`,
    ];
  }

  function enhance(box) {
    const curve = data.systems.find((s) => s.id === box.dataset.system).curve;
    const svg = box.querySelector('svg'), handle = svg.querySelector('.handle'), dot = handle.querySelector('circle');
    const range = box.querySelector('input[type=range]'), lead = box.querySelector('.lead'), details = box.querySelector('.details');
    const {x0, x1, y0, y1, low} = Object.fromEntries(Object.entries(svg.dataset).map(([k, v]) => [k, Number(v)]));
    const last = curve.points.length - 1;
    const coverage = (i) => curve.points[i][1] / Math.max(curve.total, 1);
    let at = Number(range.value);

    const move = (to) => {
      at = Math.max(0, Math.min(last, to));
      const point = curve.points[at];
      const height = Math.max(0, (precision(point) - low) / (1 - low));
      handle.setAttribute('transform', `translate(${x0 + coverage(at) * (x1 - x0)} 0)`);
      dot.setAttribute('cy', y0 + height * (y1 - y0));
      range.value = at;
      [lead.textContent, details.textContent] = words(curve, point);
      handle.setAttribute('aria-valuenow', at);
      for (const e of [handle, range]) e.setAttribute('aria-valuetext', lead.textContent + ' ' + details.textContent);
    };

    // nearest is the point whose coverage is closest to where the pointer is.
    const nearest = (event) => {
      const matrix = svg.getScreenCTM();
      const want = ((event.clientX - matrix.e) / matrix.a - x0) / (x1 - x0);
      let from = 0, to = last;
      while (from < to) {
        const middle = (from + to) >> 1;
        if (coverage(middle) < want) from = middle + 1; else to = middle;
      }
      return from > 0 && want - coverage(from - 1) < coverage(from) - want ? from - 1 : from;
    };
    svg.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      svg.setPointerCapture(event.pointerId);
      handle.focus({preventScroll: true});
      move(nearest(event));
    });
    svg.addEventListener('pointermove', (event) => { if (svg.hasPointerCapture(event.pointerId)) move(nearest(event)); });

    const leap = Math.max(1, Math.round(last / 20));
    handle.addEventListener('keydown', (event) => {
      const to = {ArrowRight: at + 1, ArrowUp: at + 1, ArrowLeft: at - 1, ArrowDown: at - 1, PageUp: at + leap, PageDown: at - leap, Home: 0, End: last}[event.key];
      if (to === undefined) return;
      event.preventDefault();
      move(to);
    });
    range.addEventListener('input', () => move(Number(range.value)));
    for (const button of box.querySelectorAll('[data-point]')) button.addEventListener('click', () => move(Number(button.dataset.point)));
    move(at);
  }
  for (const box of document.querySelectorAll('.curve')) enhance(box);
})();
