import { STATES, type State } from './failure-map.js';

export const COLUMNS = ['state', 'package', 'client', 'downstream', 'calls', 'timeout', 'retry', 'breaker', 'pool', 'reached'] as const;
export type Column = (typeof COLUMNS)[number];
export const LACKS = ['timeout', 'retry', 'breaker', 'pool'] as const;
export type Lack = (typeof LACKS)[number];

/** What a reader asked for. It stands in the address, so that a link shows another the same. */
export interface View {
  readonly search: string;
  readonly states: readonly State[];
  readonly kind: string;
  readonly package: string;
  /** A guard that is shown not to be there. */
  readonly lacks: Lack | '';
  readonly sort: Column;
  readonly descending: boolean;
  /** `package:<name>` or `downstream:<id>`: the node whose neighbourhood is shown. */
  readonly selected: string;
  /** Ids of dependencies whose rows are open. */
  readonly open: readonly string[];
}

export const PLAIN_VIEW: View = { search: '', states: [], kind: '', package: '', lacks: '', sort: 'state', descending: false, selected: '', open: [] };

export function viewOf(hash: string): View {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const sort = given.get('sort') ?? '';
  const column = COLUMNS.find((name) => name === sort.replace(/^-/, ''));
  return {
    search: given.get('q') ?? '',
    states: STATES.filter((state) => given.getAll('state').includes(state)),
    kind: given.get('kind') ?? '',
    package: given.get('package') ?? '',
    lacks: LACKS.find((guard) => guard === given.get('lacks')) ?? '',
    sort: column ?? PLAIN_VIEW.sort,
    descending: column !== undefined && sort.startsWith('-'),
    selected: given.get('select') ?? '',
    open: given.getAll('open'),
  };
}

/** What differs from the page as it opens. */
export function hashOf(view: View): string {
  const given = new URLSearchParams();
  if (view.search !== '') given.set('q', view.search);
  for (const state of view.states) given.append('state', state);
  for (const name of ['kind', 'package', 'lacks'] as const) if (view[name] !== '') given.set(name, view[name]);
  if (view.sort !== PLAIN_VIEW.sort || view.descending) given.set('sort', `${view.descending ? '-' : ''}${view.sort}`);
  if (view.selected !== '') given.set('select', view.selected);
  for (const id of view.open) given.append('open', id);
  const text = given.toString();
  return text === '' ? '' : `#${text}`;
}
