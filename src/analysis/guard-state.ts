import { ANY, type Possible } from './narrowing.js';

/** A state is what the place may hold (4 bits), the same without what mere use proves (4 bits), and flags. */
export type State = number;
export const BOTTOM = -1;
export const TESTED_ALWAYS = 1 << 8;
export const TESTED_SOMEWHERE = 1 << 9;
export const LOST_BY_WRITE = 1 << 10;
export const LOST_BY_AWAIT = 1 << 11;
export const LOST_BY_CALL = 1 << 12;

export const holding = (kinds: Possible, flags = 0): State => kinds | (kinds << 4) | flags;
export const mayBe = (state: State): Possible => state & ANY;
export const surely = (state: State): Possible => (state >> 4) & ANY;
export const flagsOf = (state: State): number => state & ~0xff;
export const narrowed = (state: State, kinds: Possible): State => (state & ~0xff) | (mayBe(state) & kinds) | ((surely(state) & kinds) << 4);

/** Nothing is known any more; why, where something was. */
export const lost = (state: State, by: number): State => holding(ANY, state === holding(ANY) ? 0 : by);

export function joined(a: State, b: State): State {
  if (a === BOTTOM) return b;
  if (b === BOTTOM) return a;
  return ((a | b) & ~TESTED_ALWAYS) | (a & b & TESTED_ALWAYS);
}
