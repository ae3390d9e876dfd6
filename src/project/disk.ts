import { readFileSync, realpathSync, statSync } from 'node:fs';

/** What a stat told about a path. */
export interface PathStat {
  readonly kind: 'file' | 'directory';
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * How long an answer from the disk is believed. Questions that follow each other closely are one run
 * over many files, which keeps its answers; a pause means that somebody may have edited.
 */
const PAUSE_MS = 1000;
const MAX_AGE_MS = 60_000;
const MAX_PATHS = 100_000;

const stats = new Map<string, PathStat | null>();
const realPaths = new Map<string, string | null>();
let generation = 0;
let generationStarted = Number.NEGATIVE_INFINITY;
let lastAsked = Number.NEGATIVE_INFINITY;

/**
 * A number that grows after a pause, and within a run without pauses once a minute. Whatever was derived
 * from the disk under an older number has to be asked anew.
 */
export function refreshDisk(): number {
  const now = Date.now();
  // A clock that was set back must not keep answers for ever.
  const age = now - generationStarted;
  if (now - lastAsked >= PAUSE_MS || age >= MAX_AGE_MS || age < 0) nextGeneration(now);
  lastAsked = now;
  return generation;
}

/** The number in force. It does not look at the clock: `refreshDisk` does, once a file that is linted. */
export function diskGeneration(): number {
  return generation;
}

/** Forgets every answer at once: for watchers that know of a change, and for tests. */
export function forgetDisk(): void {
  nextGeneration(Date.now());
}

function nextGeneration(now: number): void {
  generation++;
  generationStarted = now;
  stats.clear();
  realPaths.clear();
}

/** Stats a path, once a generation. `null` where nothing readable is there. Never throws. */
export function statOf(path: string): PathStat | null {
  const known = stats.get(path);
  if (known !== undefined) return known;
  let result: PathStat | null = null;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() === true) result = { kind: 'file', size: found.size, mtimeMs: found.mtimeMs };
    else if (found?.isDirectory() === true) result = { kind: 'directory', size: 0, mtimeMs: found.mtimeMs };
  } catch {
    // No permission, a loop of links, a name that the system refuses: as good as missing.
  }
  if (stats.size >= MAX_PATHS) stats.clear();
  stats.set(path, result);
  return result;
}

export function isFile(path: string): boolean {
  return statOf(path)?.kind === 'file';
}

export function isDirectory(path: string): boolean {
  return statOf(path)?.kind === 'directory';
}

/** A text that changes when the file changes; `null` when it is no file. */
export function signatureOf(path: string): string | null {
  const stat = statOf(path);
  return stat?.kind === 'file' ? `${stat.mtimeMs}:${stat.size}` : null;
}

/** The path with every link followed; `null` when it leads nowhere. */
export function realPathOf(path: string): string | null {
  const known = realPaths.get(path);
  if (known !== undefined) return known;
  let result: string | null = null;
  try {
    result = realpathSync.native(path);
  } catch {
    // A broken link.
  }
  if (realPaths.size >= MAX_PATHS) realPaths.clear();
  realPaths.set(path, result);
  return result;
}

/** Reads a text file, its BOM included. `null` when it cannot be read or is larger than the limit. */
export function readText(path: string, maxBytes = Number.POSITIVE_INFINITY): string | null {
  const stat = statOf(path);
  if (stat?.kind !== 'file' || stat.size > maxBytes) return null;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

