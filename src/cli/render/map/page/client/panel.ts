import type { PageReach } from '../page-data.js';
import { button, count, element, type Content } from './elements.js';
import { callsOf, labelOf, map, nameOf, placeOf, STATE_SIGN, worst } from './failure-map.js';
import type { Neighbourhood } from './neighbourhood.js';

const MOST_LISTED = 12;

/** What a selected node means for others, in words. */
export function panelOf(selected: Neighbourhood, onSelect: (key: string) => void): HTMLElement {
  const { is, of, dependencies, packages, importers } = selected;
  const label = is === 'package' ? nameOf(of) : labelOf(of);
  const packageButton = (other: number): Content => button(nameOf(other), { class: 'link' }, () => onSelect(`package:${nameOf(other)}`));
  const calls = [...dependencies].flatMap(({ operations }) => operations);
  const endless = calls.filter(({ timeout }) => map.guards[timeout]!.answer === 'no').length;
  const others = [...packages].filter((other) => is === 'downstream' || other !== of);
  const reached = is === 'downstream' ? others : others.filter((other) => [...dependencies].some((dependency) => dependency.package === of && dependency.reachedFrom.includes(other)));
  const entries = entriesOf(selected);
  return element(
    'aside',
    { class: 'panel', 'aria-label': `Selected: ${label}` },
    element('header', {}, element('h2', {}, element('small', {}, is === 'package' ? 'Package' : 'When this hangs'), element('bdi', {}, label)), button('Clear', { class: 'quiet', 'aria-label': 'Clear selection' }, () => onSelect(''))),
    element(
      'p',
      {},
      is === 'downstream'
        ? `${count(calls.length, 'call')} in ${count(new Set([...dependencies].map((dependency) => dependency.package)).size, 'package')} can wait for it, `
        : `${count(callsOf(dependencies), 'call')} to ${count(selected.downstreams.size, 'downstream')} can be reached from it or stand in it, `,
      element('strong', {}, endless === 0 ? 'none shown to be without a time bound.' : `${endless === calls.length ? 'all' : endless} without a time bound.`),
    ),
    is === 'package' ? listed('Talks to', [...selected.downstreams], (other) => downstreamButton(other, selected, onSelect)) : null,
    listed(is === 'downstream' ? 'Packages whose calls end here' : 'Packages that come in through it', reached, packageButton),
    listed('Functions where it starts', entries, (reach) => [element('code', {}, reach.function), ' ', element('span', { class: 'place' }, placeOf(reach))]),
    listed('Import one of these; no call found', [...importers], packageButton),
  );
}

function downstreamButton(of: number, { dependencies }: Neighbourhood, onSelect: (key: string) => void): Content {
  const state = worst([...dependencies].filter(({ downstream }) => downstream === of).map((dependency) => dependency.state));
  return [element('span', { class: `state ${state}` }, element('span', { class: 'sign', 'aria-hidden': 'true' }, STATE_SIGN[state]), element('span', { class: 'aloud' }, state)), button(labelOf(of), { class: 'link' }, () => onSelect(`downstream:${map.downstreams[of]!.id}`))];
}

/** Functions that nobody in the workspace calls, each once. */
function entriesOf({ is, of, dependencies }: Neighbourhood): PageReach[] {
  const found = new Map<string, PageReach>();
  for (const { reachedBy } of dependencies) for (const reach of reachedBy) if (reach.entry && (is === 'downstream' || reach.package === of)) found.set(`${reach.file}:${reach.line}:${reach.function}`, reach);
  return [...found.values()];
}

function listed<Item>(title: string, items: readonly Item[], show: (item: Item) => Content): Content {
  if (items.length === 0) return null;
  const list = element('ul', {}, items.slice(0, MOST_LISTED).map((item) => element('li', {}, show(item))));
  if (items.length > MOST_LISTED) {
    const more = element('li', {}, button(`${count(items.length - MOST_LISTED, 'more', 'more')}`, { class: 'quiet' }, () => more.replaceWith(...items.slice(MOST_LISTED).map((item) => element('li', {}, show(item))))));
    list.append(more);
  }
  return [element('h3', {}, title, ' ', element('span', { class: 'amount' }, String(items.length))), list];
}
