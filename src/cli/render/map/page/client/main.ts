import { Controls } from './controls.js';
import { drawnNodes } from './drawn-nodes.js';
import { button, count, element } from './elements.js';
import { map } from './failure-map.js';
import { Graph } from './graph.js';
import { matching } from './matching.js';
import { neighbourhoodOf } from './neighbourhood.js';
import { panelOf } from './panel.js';
import { Table } from './table.js';
import { hashOf, PLAIN_VIEW, viewOf, type View } from './view-state.js';

let view: View = viewOf(location.hash);
/** More boxes than make a picture were asked for; not in the address, as it costs whoever opens it seconds. */
let drawAll = false;

const controls = new Controls(
  change,
  (state) => change({ states: view.states.includes(state) ? view.states.filter((other) => other !== state) : [...view.states, state] }),
  () => change({ ...PLAIN_VIEW, sort: view.sort, descending: view.descending, open: view.open }),
);
const table = new Table({
  sort: (column) => change({ sort: column, descending: view.sort === column && !view.descending }),
  toggle: (id) => change({ open: view.open.includes(id) ? view.open.filter((other) => other !== id) : [...view.open, id] }),
  select: (key) => change({ selected: key }),
});
const graph = new Graph(select);
const note = element('p', { class: 'note', 'aria-live': 'polite' });
const side = element('div', { class: 'side' });
const picture = element('section', { class: 'picture', 'aria-label': 'Graph' }, element('div', { class: 'frame' }, graph.element, note), side);

function change(part: Partial<View>): void {
  const before = view.selected;
  view = { ...view, ...part };
  // Each letter of a search would be a step back otherwise.
  history.replaceState(null, '', hashOf(view) || location.pathname + location.search);
  show(before !== view.selected);
}

function select(key: string): void {
  change({ selected: key === view.selected ? '' : key });
}

function show(selectionChanged: boolean): void {
  const selected = neighbourhoodOf(view.selected);
  const shown = matching(view, selected);
  const drawn = drawnNodes(shown, selected, drawAll);
  controls.show(view, shown.length);
  table.show(shown, view);
  // The panel takes room from the graph: first it, then the drawing.
  if (selectionChanged) side.replaceChildren(...(selected === null ? [] : [panelOf(selected, select)]));
  picture.classList.toggle('with-panel', selected !== null);
  picture.hidden = drawn.of === 0;
  if (drawn.of > 0) graph.show(drawn, selected);
  if (drawn.nodes.size < drawn.of) note.replaceChildren(`${drawn.nodes.size} of ${drawn.of} boxes, those with the worst calls first. Search, filter or select one to see what it has to do with. `, button(`Draw all ${drawn.of}`, { class: 'quiet' }, () => { drawAll = true; show(false); }));
  else note.replaceChildren();
}

function header(): HTMLElement {
  const { totals, packages, downstreams } = map;
  return element(
    'header',
    { class: 'top' },
    element(
      'div',
      {},
      element('h1', {}, element('bdi', {}, map.workspace), element('small', {}, 'failure map')),
      element('p', {}, [count(packages.length, 'package'), count(downstreams.length, 'downstream'), count(totals.dependencies, 'dependency', 'dependencies'), count(totals.operations, 'call')].join(' · ')),
    ),
    controls.states,
  );
}

function legend(): HTMLElement {
  const sample = (className: string, text: string): HTMLElement => element('span', {}, element('i', { class: className, 'aria-hidden': 'true' }), text);
  return element('p', { class: 'legend' }, sample('box', 'package'), sample('box round', 'downstream'), sample('stroke unbounded', 'unbounded'), sample('stroke unprotected', 'unprotected'), sample('stroke unknown', 'unknown'), sample('stroke protected', 'protected'), sample('stroke import', 'imports'), element('span', {}, 'thicker: more calls'));
}

function unread(): HTMLElement[] {
  if (map.unread.length === 0) return [];
  return [element('details', { class: 'unread' }, element('summary', {}, `${count(map.unread.length, 'file')} could not be read: their calls are missing here`), element('ul', {}, map.unread.map(({ file, reason }) => element('li', {}, element('code', {}, file), ` ${reason}`))))];
}

picture.querySelector('.frame')!.append(legend());
document.body.append(
  header(),
  element('main', {}, controls.element, ...unread(), picture, table.element),
  element('footer', {}, `eslint-plugin-resilience ${map.pluginVersion}. What the code shows, without running it: unknown means neither shown to be there nor shown to be missing.`),
);
addEventListener('hashchange', () => {
  view = viewOf(location.hash);
  show(true);
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && view.selected !== '') change({ selected: '' });
  const writing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.key === '/' && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    controls.focus();
  }
});
show(true);
