/** The numbers of a retry that somebody has to choose. */
export interface RetryNumbers {
  /** The longest first wait, ms; it doubles from there. */
  readonly base: number;
  /** The longest wait, ms. */
  readonly cap: number;
  /** How often a retry without an end tries in all. */
  readonly attempts: number;
  /** The first wait of a job of a queue, ms: nobody stands waiting for it. */
  readonly job: number;
}

/** What the linter suggests; a codemod is told. */
export const RETRY_NUMBERS: RetryNumbers = { base: 200, cap: 10_000, attempts: 3, job: 1000 };

/**
 * A random wait that doubles with the attempts: full jitter.
 * @param longest what limits it; `base` and `exponent` are code, too
 */
export function fullJitter(longest: string, base: string, exponent: string): string {
  return `Math.random() * Math.min(${longest}, ${base} * 2 ** ${exponent})`;
}
