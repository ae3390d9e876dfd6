import type { Guard } from './types.js';

/** A guard that is not asked for, with the reason. */
export const notAsked = (detail: string): Guard => ({ answer: 'not-asked', detail, at: null });

export const notKnown = (detail: string): Guard => ({ answer: 'unknown', detail, at: null });

/** `10 s`, `250 ms`, `2 min`. */
export function lengthOf(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  const seconds = ms / 1000;
  if (seconds >= 120 && seconds % 60 === 0) return `${seconds / 60} min`;
  return `${Number(seconds.toFixed(1))} s`;
}

/** `1 retry`, `3 retries`. */
export const retries = (count: number): string => (count === 1 ? '1 retry' : `${count} retries`);
