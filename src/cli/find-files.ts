import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { ESLint } from 'eslint';
import { convertPathToPattern, globbySync, isDynamicPattern } from 'globby';
import { NOT_PRODUCTION } from '../configs.js';
import { UsageError } from './usage-error.js';

export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  /** Named on the command line, not found in a folder. */
  readonly explicit: boolean;
}

export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** Paths of tests, scripts and config files that were left out. */
  readonly notProduction: readonly string[];
}

export interface FindOptions {
  readonly cwd: string;
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly includeTests: boolean;
  /** Called when a path has to be matched: most runs need no ESLint for that. */
  readonly loadESLint: () => typeof ESLint;
}

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const EXTENSIONS = '{js,mjs,cjs,jsx,ts,mts,cts,tsx}';

/** Built, installed or copied: nobody edits these files. */
const NOT_SOURCE: readonly string[] = [
  '**/{node_modules,bower_components,jspm_packages}/**',
  '**/{dist,build,out,coverage,vendor}/**',
  '**/.{git,hg,svn,next,nuxt,output,svelte-kit,turbo,vercel,netlify,wrangler,yarn,pnpm-store,cache,parcel-cache,angular,expo,nx}/**',
  '**/*.min.{js,mjs,cjs}',
  // Written by Yarn.
  '**/.pnp.{cjs,loader.mjs}',
  '**/*.d.{ts,mts,cts}',
];

const A_FILE = { isDirectory: () => false };

/**
 * The files that a run judges, sorted by path.
 * @throws UsageError for a path that does not exist
 */
export async function findFiles(options: FindOptions): Promise<FoundFiles> {
  const patterns: string[] = [];
  const explicit = new Set<string>();
  for (const path of options.paths.length === 0 ? ['.'] : options.paths) {
    const absolute = resolve(options.cwd, path);
    const is = await kindOf(absolute);
    if (is === 'file') {
      if (CODE.test(absolute)) explicit.add(absolute);
    } else if (is === 'directory') {
      patterns.push(`${convertPathToPattern(fromRoot(options.cwd, absolute) || '.')}/**/*.${EXTENSIONS}`);
    } else if (isDynamicPattern(path)) {
      patterns.push(path);
    } else {
      throw new UsageError(`${path}: no such file or directory. Paths are read from ${options.cwd}.`);
    }
  }
  const found = new Set<string>();
  if (patterns.length > 0) {
    // At once: waiting for the disk file by file takes twice as long, and nothing else is to be done meanwhile.
    const listed = globbySync(patterns, {
      cwd: options.cwd,
      ignore: [...NOT_SOURCE, ...options.ignore],
      gitignore: true,
      absolute: true,
      dot: true,
      expandDirectories: false,
      followSymbolicLinks: false,
      suppressErrors: true,
      // It asks the disk of each path that it lists whether it is a folder, and only files are listed here.
      fs: { statSync: ((path: string) => (CODE.test(path) ? A_FILE : statSync(path))) as typeof statSync },
    });
    for (const path of listed) if (CODE.test(path)) found.add(resolve(path));
  }
  if (options.ignore.length > 0 && explicit.size > 0) {
    // A file that is named is read even where a folder would leave it out, unless the user says so.
    const isIgnored = matcher(options, options.ignore);
    for (const path of explicit) if (await isIgnored(path)) explicit.delete(path);
  }
  const all = [...new Set([...found, ...explicit])].sort();
  if (options.includeTests) return { files: all.map((path) => ({ path, explicit: explicit.has(path) })), notProduction: [] };
  const isNotProduction = matcher(options, NOT_PRODUCTION);
  const files: FoundFile[] = [];
  const notProduction: string[] = [];
  for (const path of all) {
    if (await isNotProduction(path)) notProduction.push(path);
    else files.push({ path, explicit: explicit.has(path) });
  }
  return { files, notProduction };
}

/** Matches as the presets do: ESLint itself reads the globs. */
function matcher(options: FindOptions, globs: readonly string[]): (path: string) => Promise<boolean> {
  const make = (cwd: string): ESLint =>
    new (options.loadESLint())({
      cwd,
      overrideConfigFile: true,
      // A file that no entry names counts as ignored, so one names them all.
      overrideConfig: [{ ignores: [...globs] }, { files: [`**/*.${EXTENSIONS}`] }],
    });
  let inside: ESLint | undefined;
  let outside: ESLint | undefined;
  const mayMatch = wordsOf(globs);
  return async (path) => {
    if (!mayMatch(path)) return false;
    // ESLint takes no file from above its working directory.
    if (!isAbove(fromRoot(options.cwd, path))) return (inside ??= make(options.cwd)).isPathIgnored(path);
    outside ??= make(resolve('/'));
    return outside.isPathIgnored(path);
  };
}

/**
 * Does a path hold a word that one of these globs wants? Without one no glob matches, and asking ESLint of each of
 * 10,000 paths takes as long as reading their files.
 */
export function wordsOf(globs: readonly string[]): (path: string) => boolean {
  const words = new Set(globs.flatMap(expandBraces).map(longestWord));
  if (words.has('')) return () => true;
  const needed = [...words].filter((word) => ![...words].some((other) => other !== word && word.includes(other)));
  if (needed.length === 0) return () => false;
  const any = new RegExp(needed.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'));
  return (path) => any.test(path);
}

/** `*.{a,b}.ts` -> `*.a.ts`, `*.b.ts` */
function expandBraces(glob: string): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(glob);
  if (found === null) return [glob];
  const [before, after] = [glob.slice(0, found.index), glob.slice(found.index + found[0].length)];
  return found[1]!.split(',').flatMap((choice) => expandBraces(before + choice + after));
}

/** The longest text that stands in every path which a glob matches; empty where there is none. */
function longestWord(glob: string): string {
  // What a class, a group or an escape stands for is left open.
  const pieces = glob.replace(/\[[^\]]*\]|[?*+@!]\([^)]*\)|\\./g, '*').split(/[*?/\\{}()[\]!|]/);
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), '');
}

async function kindOf(path: string): Promise<'file' | 'directory' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file';
  } catch {
    return 'nothing';
  }
}

/** A path from the root, with forward slashes. */
export function fromRoot(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** Does a relative path leave its root? */
export function isAbove(relativePath: string): boolean {
  return relativePath === '..' || relativePath.startsWith('../') || isAbsolute(relativePath);
}
