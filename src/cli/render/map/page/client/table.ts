import type { PageDependency } from '../page-data.js';
import { button, element, type Content } from './elements.js';
import { labelOf, map, nameOf, shortNameOf, STATES } from './failure-map.js';
import { rowDetail, shortGuard } from './row-detail.js';
import { stateSign } from './signs.js';
import { COLUMNS, type Column, type View } from './view-state.js';

const TITLES: Readonly<Record<Column, string>> = {
  state: 'State', package: 'Package', client: 'Client', downstream: 'Downstream', calls: 'Calls', timeout: 'Timeout', retry: 'Retry', breaker: 'Breaker', pool: 'Pool', reached: 'Reached from',
};
/** Worst first. */
const WORST_FIRST = ['no', 'unknown', 'yes', 'not-asked'];

interface Row {
  readonly row: HTMLTableRowElement;
  readonly opener: HTMLButtonElement;
  detail: HTMLTableRowElement | null;
}

export interface TableActions {
  readonly sort: (column: Column) => void;
  readonly toggle: (id: string) => void;
  readonly select: (key: string) => void;
}

/** The dependencies, a row each, made when first shown. Arrow keys walk from row to row; there is one stop for the tab key. */
export class Table {
  readonly element: HTMLElement;
  readonly #body = element('tbody');
  readonly #heads = new Map<Column, HTMLElement>();
  readonly #rows = new Map<PageDependency, Row>();
  readonly #actions: TableActions;
  #shown: readonly PageDependency[] = [];
  #stop: PageDependency | null = null;

  constructor(actions: TableActions) {
    this.#actions = actions;
    for (const column of COLUMNS) {
      const title = button([TITLES[column], element('span', { class: 'arrow', 'aria-hidden': 'true' })], { class: 'head' }, () => actions.sort(column));
      this.#heads.set(column, element('th', { scope: 'col', class: column }, title));
    }
    this.element = element(
      'div',
      { class: 'scroll dependencies' },
      element('table', { 'aria-label': 'Dependencies' }, element('thead', {}, element('tr', {}, element('th', { class: 'open' }, element('span', { class: 'aloud' }, 'Open')), [...this.#heads.values()])), this.#body),
    );
    this.#body.addEventListener('keydown', (event) => this.#walk(event));
  }

  /** @param shown in the order of the map */
  show(shown: readonly PageDependency[], view: View): void {
    for (const [column, head] of this.#heads) {
      if (column === view.sort) head.setAttribute('aria-sort', view.descending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    }
    this.#shown = sorted(shown, view);
    const focused = document.activeElement;
    const inside = this.#body.contains(focused);
    const open = new Set(view.open);
    const rows: HTMLElement[] = [];
    for (const dependency of this.#shown) {
      const row = this.#rowOf(dependency);
      const isOpen = open.has(dependency.id);
      row.opener.setAttribute('aria-expanded', String(isOpen));
      rows.push(row.row);
      if (!isOpen) continue;
      row.detail ??= element('tr', { class: 'detail-row' }, element('td', { colspan: COLUMNS.length + 1 }, rowDetail(dependency, this.#actions.select)));
      rows.push(row.detail);
    }
    if (rows.length === 0) rows.push(element('tr', { class: 'empty' }, element('td', { colspan: COLUMNS.length + 1 }, map.dependencies.length === 0 ? 'No calls beyond the process were found.' : 'Nothing matches.')));
    this.#body.replaceChildren(...rows);
    // Whoever is not in the table comes in at the top.
    if (this.#stop === null || !inside || !this.#shown.includes(this.#stop)) this.#stopAt(this.#shown[0] ?? null);
    // Moved rows lose it.
    if (inside && focused instanceof HTMLElement && focused !== document.activeElement) focused.focus({ preventScroll: true });
  }

  #rowOf(dependency: PageDependency): Row {
    const known = this.#rows.get(dependency);
    if (known !== undefined) return known;
    const { client } = dependency;
    const label = `${nameOf(dependency.package)} to ${labelOf(dependency.downstream)} by ${client.title}`;
    const opener = button(element('span', { 'aria-hidden': 'true' }), { class: 'opener', 'aria-expanded': 'false', 'aria-label': label, tabindex: -1 }, () => this.#actions.toggle(dependency.id));
    opener.addEventListener('focus', () => this.#stopAt(dependency));
    const row = element('tr', { class: `row ${dependency.state}`, 'data-id': dependency.id }, element('td', { class: 'open' }, opener), COLUMNS.map((column) => element('td', { class: column }, cellOf(column, dependency))));
    row.addEventListener('click', (event) => {
      const inButton = event.target instanceof Element && event.target.closest('button') !== null;
      // A reader who marks text to copy it opens nothing.
      if (!inButton && getSelection()?.isCollapsed !== false) this.#actions.toggle(dependency.id);
    });
    const made: Row = { row, opener, detail: null };
    this.#rows.set(dependency, made);
    return made;
  }

  #stopAt(dependency: PageDependency | null): void {
    if (this.#stop !== null) this.#rows.get(this.#stop)?.opener.setAttribute('tabindex', '-1');
    this.#stop = dependency;
    if (dependency !== null) this.#rows.get(dependency)?.opener.setAttribute('tabindex', '0');
  }

  #walk(event: KeyboardEvent): void {
    if (this.#stop === null || !(event.target instanceof Element) || !event.target.classList.contains('opener')) return;
    const here = this.#shown.indexOf(this.#stop);
    const last = this.#shown.length - 1;
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, PageDown: here + 10, PageUp: here - 10, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#rows.get(this.#shown[Math.max(0, Math.min(last, to))]!)?.opener.focus();
  }
}

function cellOf(column: Column, dependency: PageDependency): Content {
  const { client, reachedFrom } = dependency;
  if (column === 'state') return stateSign(dependency.state);
  if (column === 'package') return element('bdi', { title: nameOf(dependency.package) }, nameOf(dependency.package));
  if (column === 'client') return [client.title, ' ', element('span', { class: 'tag' }, client.kind)];
  if (column === 'downstream') return element('bdi', { title: map.downstreams[dependency.downstream]!.id }, labelOf(dependency.downstream));
  if (column === 'calls') return String(dependency.operations.length);
  if (column === 'reached') return reachedFrom.length === 0 ? element('span', { class: 'within' }, 'itself') : element('span', { title: reachedFrom.map(nameOf).join('\n') }, reachedFrom.length === 1 ? element('bdi', {}, shortNameOf(reachedFrom[0]!)) : `${reachedFrom.length} packages`);
  return shortGuard(dependency[column]);
}

function sorted(shown: readonly PageDependency[], { sort, descending }: View): PageDependency[] {
  const keys = new Map(shown.map((dependency) => [dependency, keyOf(sort, dependency)]));
  const direction = descending ? -1 : 1;
  // Equal ones keep the order of the map.
  return shown.toSorted((a, b) => {
    const [one, other] = [keys.get(a)!, keys.get(b)!];
    return direction * (one < other ? -1 : one > other ? 1 : 0);
  });
}

function keyOf(column: Column, dependency: PageDependency): string | number {
  if (column === 'state') return STATES.indexOf(dependency.state);
  if (column === 'package') return nameOf(dependency.package);
  if (column === 'client') return dependency.client.title.toLowerCase();
  if (column === 'downstream') return labelOf(dependency.downstream).toLowerCase();
  if (column === 'calls') return dependency.operations.length;
  if (column === 'reached') return dependency.reachedFrom.length;
  return WORST_FIRST.indexOf(map.guards[dependency[column]]!.answer);
}
