'use strict';
// Opens a page in Chromium, uses it, and prints what it saw as JSON; what it
// should have seen is decided by page_browser_test.go.
// node check.js PAGE.html CHROMIUM FOLDER: playwright-core is in
// $RADCODE_BROWSER/node_modules, screenshots go to FOLDER.
const path = require('node:path');
const {pathToFileURL} = require('node:url');
const {chromium} = require(path.join(process.env.RADCODE_BROWSER, 'node_modules', 'playwright-core'));
const [page, executablePath, folder] = process.argv.slice(2);
const url = pathToFileURL(path.resolve(page)).href;
const seen = {console: [], requests: []};

async function open(browser, options) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  tab.on('console', (m) => seen.console.push(m.text()));
  tab.on('pageerror', (e) => seen.console.push(e.message));
  tab.on('request', (r) => { if (r.url() !== url && !r.url().startsWith('data:')) seen.requests.push(r.url()); });
  await tab.goto(url);
  return tab;
}

const words = async (curve) => [await curve.locator('.lead').textContent(), await curve.locator('.details').textContent()];

// curve moves the threshold in every way there is.
async function curve(tab) {
  const box = tab.locator('.curve').first(), range = box.locator('input[type=range]'), handle = box.locator('.handle');
  const out = {first: await words(box), all: []};
  const last = Number(await range.getAttribute('max'));
  for (let i = 0; i <= last; i++) {
    await range.fill(String(i));
    out.all.push(await words(box));
  }
  const plot = await box.locator('svg .axis').boundingBox();
  const y = plot.y + plot.height / 2, at = (share) => plot.x + plot.width * share;
  await tab.mouse.move(at(0.5), y);
  await tab.mouse.down();
  await tab.mouse.move(at(0.25), y, {steps: 4});
  out.dragged = await words(box);
  await tab.mouse.up();
  await tab.mouse.move(at(0.9), y);
  out.released = await words(box);
  await handle.press('ArrowRight');
  out.right = await words(box);
  await handle.press('Home');
  out.home = await words(box);
  out.value = [await handle.getAttribute('aria-valuenow'), await handle.getAttribute('aria-valuetext'), await range.inputValue()];
  await box.locator('[data-point]').first().click();
  out.target = await words(box);
  return out;
}

// table sorts, leafs and filters the first table of codes.
async function table(tab) {
  const grid = tab.locator('#labels .grid').first();
  const support = grid.locator('th', {hasText: 'Support'});
  const column = () => grid.locator('tbody td:nth-child(3)').allTextContents();
  const out = {};
  await support.locator('button').click();
  out.falling = await column();
  out.fallingSort = await support.getAttribute('aria-sort');
  await grid.getByRole('button', {name: 'Next rows'}).click();
  out.second = await column();
  await support.locator('button').press('Enter');
  out.rising = await column();
  out.risingSort = await support.getAttribute('aria-sort');
  await grid.locator('th', {hasText: 'Precision'}).locator('button').click();
  out.precisions = await grid.locator('tbody td:nth-child(8)').allTextContents();
  await grid.getByRole('searchbox').fill('number 12');
  out.filtered = await grid.locator('tbody td:nth-child(2)').allTextContents();
  out.status = await grid.getByRole('status').textContent();
  const tabs = tab.locator('#labels [role=tab]');
  await tabs.first().press('ArrowRight');
  out.tab = await tabs.nth(1).getAttribute('aria-selected');
  out.panels = await tab.locator('#labels .panel').evaluateAll((all) => all.map((p) => p.offsetHeight > 0));
  return out;
}

// errors uses the error browser.
async function errors(tab) {
  const section = tab.locator('#errors'), article = section.locator('.report'), list = section.locator('.list');
  const marks = (where) => article.locator(where + ' mark').evaluateAll((all) => all.map((m) => [m.className, m.textContent]));
  const id = () => article.locator('h3').textContent();
  const found = () => section.locator('.found').textContent();
  await section.scrollIntoViewIfNeeded();
  await tab.mouse.move(0, 0); // off the codes, over which it lights their places
  const out = {
    rows: await list.getByRole('option').count(), exam: await article.locator('.exam').textContent(), text: await article.locator('.text').textContent(),
    inExam: await marks('.exam'), inText: await marks('.text'), codes: await article.locator('tbody tr').allInnerTexts(), ids: [await id()],
  };
  await article.getByRole('button', {name: 'Evidence of N13.2'}).click();
  await tab.mouse.move(0, 0);
  out.pinned = await article.locator('mark:not(.off)').allTextContents();
  for (const key of ['j', 'j', 'k']) {
    await tab.keyboard.press(key);
    out.ids.push(await id());
  }
  await list.press('End');
  out.ids.push(await id());
  out.selected = await list.locator('[aria-selected=true]').getAttribute('aria-posinset');
  const choice = (name) => section.getByRole('combobox', {name, exact: true});
  const words = (name) => section.getByRole('searchbox', {name, exact: true});
  const filter = async (label, value) => {
    await section.getByRole('button', {name: 'Clear'}).click();
    if (label === 'Code' || label === 'Text') await words(label).fill(value); else await choice(label).selectOption(value);
    return found();
  };
  out.all = await found();
  out.found = [
    await filter('Error', 'outcome:missed'), await filter('Error', 'kind:wrong contrast'), await filter('Stage', 'threshold'),
    await filter('Code', 'r319'), await filter('Text', 'SAMPLE-0007'), await filter('Slice', 'MR'), await filter('Text', 'nowhere to be found'),
  ];
  await section.getByRole('button', {name: 'Clear'}).click();
  await choice('Sort by').selectOption('id');
  await tab.locator('#confusions a.code', {hasText: '74177'}).first().click();
  out.linked = [await words('Code').inputValue(), await found()];
  await tab.locator('#losses a', {hasText: 'retrieval'}).first().click();
  out.linked.push(await choice('Stage').inputValue(), await found());
  return out;
}

async function tips(tab) {
  const tip = tab.locator('#tip'), terms = tab.locator('.metrics .term');
  const said = async () => await tip.isVisible() ? tip.textContent() : '';
  const out = [];
  await terms.nth(0).hover();
  out.push(await said());
  await terms.nth(1).focus();
  out.push(await said());
  await tab.keyboard.press('Escape');
  out.push(await said());
  return out;
}

async function copied(tab) {
  await tab.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await tab.getByRole('button', {name: 'Copy all'}).click();
  const said = tab.locator('#copied');
  await said.filter({hasText: /./}).waitFor();
  return [await said.textContent(), await tab.evaluate(() => navigator.clipboard.readText())];
}

async function theme(tab) {
  const paper = () => tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const button = tab.getByRole('button', {name: 'Dark colours'});
  const out = {light: await paper(), pressed: [await button.getAttribute('aria-pressed')]};
  await button.click();
  out.dark = await paper();
  out.pressed.push(await button.getAttribute('aria-pressed'));
  await tab.reload();
  out.kept = await paper();
  return out;
}

// nameless are the things to use or look at that assistive technology could
// not call by a name.
async function nameless(tab) {
  const session = await tab.context().newCDPSession(tab);
  const {nodes} = await session.send('Accessibility.getFullAXTree');
  const roles = new Set(['button', 'link', 'searchbox', 'textbox', 'combobox', 'slider', 'tab', 'tabpanel', 'tablist', 'listbox', 'option', 'table', 'region', 'image', 'img', 'navigation', 'columnheader', 'rowheader', 'figure']);
  const named = nodes.filter((n) => !n.ignored && roles.has(n.role.value));
  return {of: named.length, without: named.filter((n) => n.role.value !== 'figure' && !(n.name && n.name.value)).map((n) => n.role.value)};
}

// contrast is the lowest ratio (WCAG 2) of text to what it stands on.
function contrast(tab) {
  return tab.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const rgba = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
    const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const behind = (e) => {
      const layers = [];
      for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); layers.push(c); if (c[3] === 255) break; }
      return layers.reverse().reduce((under, over) => under.map((v, i) => v + (over[i] - v) * over[3] / 255), [255, 255, 255]);
    };
    let worst = [21, ''];
    for (const e of document.querySelectorAll('body *')) {
      const style = getComputedStyle(e);
      if (e.closest('svg, script, :disabled, [hidden]') || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.getClientRects().length) continue;
      const [a, b] = [light(rgba(style.color)), light(behind(e))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < worst[0]) worst = [ratio, e.outerHTML.slice(0, 80)];
    }
    return worst;
  });
}

(async () => {
  const browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu']});
  try {
    const size = {width: 1280, height: 900};
    let tab = await open(browser, {colorScheme: 'light', viewport: size});
    await tab.screenshot({path: path.join(folder, 'light.png'), fullPage: true});
    seen.names = await nameless(tab);
    seen.contrast = [await contrast(tab)];
    seen.tips = await tips(tab);
    seen.copied = await copied(tab);
    seen.curve = await curve(tab);
    seen.table = await table(tab);
    seen.errors = await errors(tab);
    seen.theme = await theme(tab);
    await tab.emulateMedia({media: 'print'});
    await tab.screenshot({path: path.join(folder, 'print.png'), fullPage: true});
    tab = await open(browser, {colorScheme: 'dark', viewport: size});
    await tab.screenshot({path: path.join(folder, 'dark.png'), fullPage: true});
    seen.contrast.push(await contrast(tab));
    seen.theme.system = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
    tab = await open(browser, {colorScheme: 'light', viewport: {width: 390, height: 844}});
    await tab.screenshot({path: path.join(folder, 'narrow.png'), fullPage: true});
    seen.overflow = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  } finally {
    await browser.close();
  }
  process.stdout.write(JSON.stringify(seen));
})();
