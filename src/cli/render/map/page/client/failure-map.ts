import type { PageData, PageDependency, PageOperation } from '../page-data.js';

/** The map that stands in the page. */
export const map = JSON.parse(document.getElementById('map')!.textContent) as PageData;

export const STATES = ['unbounded', 'unprotected', 'unknown', 'protected'] as const;
export type State = (typeof STATES)[number];

export const STATE_MEANS: Readonly<Record<State, string>> = {
  unbounded: 'a call without time bound',
  unprotected: 'no retry, no breaker',
  unknown: 'code does not tell',
  protected: 'bounded, retry or breaker',
};

/** Told apart without colour as well. */
export const STATE_SIGN: Readonly<Record<State, string>> = { unbounded: '▲', unprotected: '◆', unknown: '?', protected: '✓' };

export function worst(states: Iterable<State>): State {
  let place: number = STATES.length - 1;
  for (const state of states) place = Math.min(place, STATES.indexOf(state));
  return STATES[place]!;
}

export const nameOf = (of: number): string => map.packages[of]!.name;
export const labelOf = (of: number): string => map.downstreams[of]!.label;

/** `@acme/` where the names of all packages begin with it: it tells nothing in the narrow boxes of the graph. */
const scope = /^@[^/]+\//.exec(map.packages[0]?.name ?? '')?.[0] ?? '';
const commonScope = map.packages.length > 1 && map.packages.every(({ name }) => name.startsWith(scope)) ? scope : '';
export const shortNameOf = (of: number): string => nameOf(of).slice(commonScope.length);

/** The calls of these dependencies, by hundreds of thousands too. */
export function callsOf(dependencies: Iterable<PageDependency>): number {
  let calls = 0;
  for (const { operations } of dependencies) calls += operations.length;
  return calls;
}

export function placeOf({ file, line }: Pick<PageOperation, 'file' | 'line'>): string {
  return `${map.files[file]}:${line}`;
}
