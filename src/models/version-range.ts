import { createRequire } from 'node:module';
import type { ClientModel } from './types.js';
import type { PolicyModel } from './policy-types.js';

type Semver = typeof import('semver');
const require = createRequire(import.meta.url);
let semver: Semver | undefined;

// Loaded on first use: most lint runs never compare a version.
const load = (): Semver => (semver ??= require('semver') as Semver);

/** Does an installed version fall into a model's range? Pre-releases count as their release. */
export function inRange(version: string, range: string): boolean {
  return load().satisfies(version, range, { includePrerelease: true });
}

/**
 * The oldest version that a declared range allows. `null` where it tells nothing of the major: no range
 * (`workspace:*`, a URL, a tag), or one without an upper end, under which the newest gets installed.
 */
export function oldestIn(range: string): string | null {
  const { gtr, minVersion, validRange } = load();
  const bare = range.replace(/^(?:npm:(?:@[^@/]+\/)?[^@]+@|workspace:)/, '');
  if (validRange(bare) === null || !gtr(BEYOND, bare)) return null;
  return minVersion(bare)?.version ?? null;
}

/** Does a declared range allow these versions alone? */
export function isWithinRange(declared: string, range: string): boolean {
  const { subset, validRange } = load();
  return validRange(declared) !== null && subset(declared, range);
}

/** Does a range hold for this version; for the newest where none is known? */
export function holdsFor(version: string | null, range: string): boolean {
  return inRange(version ?? BEYOND, range);
}

/** Greater than every version that an upper end leaves. */
const BEYOND = '999999.0.0';

/** Orders models of one package so that the one for the newest versions comes first. */
export function newestFirst<Model extends ClientModel | PolicyModel>(models: readonly Model[]): readonly Model[] {
  const floor = (model: Model): string => (model.versions === undefined ? '0.0.0' : (load().minVersion(model.versions)?.version ?? '0.0.0'));
  return [...models].sort((a, b) => load().rcompare(floor(a), floor(b)));
}

/** Is this text a range that semver understands? */
export function isRange(text: string): boolean {
  return load().validRange(text) !== null;
}

/** Is there a version in both of two ranges? An absent one holds all. */
export function rangesMeet(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || load().intersects(one, other, { includePrerelease: true });
}
