import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { ESLint } from 'eslint';
import { convertPathToPattern, globby, isDynamicPattern } from 'globby';
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
  /** Tests, scripts and config files that were left out. */
  readonly notProduction: number;
}

export interface FindOptions {
  readonly cwd: string;
  readonly paths: readonly string[];
  readonly ignore: readonly string[];
  readonly includeTests: boolean;
  readonly ESLint: typeof ESLint;
}

const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/;
const EXTENSIONS = '{js,mjs,cjs,jsx,ts,mts,cts,tsx}';

/** Built, installed or copied: nobody edits these files. */
const NOT_SOURCE: readonly string[] = [
  '**/{node_modules,bower_components,jspm_packages}/**',
  '**/{dist,build,out,coverage,vendor}/**',
  '**/.{git,hg,svn,next,nuxt,output,svelte-kit,turbo,vercel,netlify,wrangler,yarn,pnpm-store,cache,parcel-cache,angular,expo}/**',
  '**/*.min.{js,mjs,cjs}',
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
    const listed = await globby(patterns, {
      cwd: options.cwd,
      ignore: [...NOT_SOURCE, ...options.ignore],
      gitignore: true,
      absolute: true,
      dot: true,
      expandDirectories: false,
      followSymbolicLinks: false,
      suppressErrors: true,
      // It asks the disk of each path whether it is a folder, all at once: of 10,000 files that is the peak of a
      // run's memory. Only files are listed here.
      fs: { promises: { stat: () => Promise.resolve(A_FILE) } } as never,
    });
    for (const path of listed) if (CODE.test(path)) found.add(resolve(path));
  }
  if (options.ignore.length > 0 && explicit.size > 0) {
    // A file that is named is read even where a folder would leave it out, unless the user says so.
    const isIgnored = matcher(options, options.ignore);
    for (const path of explicit) if (await isIgnored(path)) explicit.delete(path);
  }
  const all = [...new Set([...found, ...explicit])].sort();
  if (options.includeTests) return { files: all.map((path) => ({ path, explicit: explicit.has(path) })), notProduction: 0 };
  const isNotProduction = matcher(options, NOT_PRODUCTION);
  const files: FoundFile[] = [];
  for (const path of all) if (!(await isNotProduction(path))) files.push({ path, explicit: explicit.has(path) });
  return { files, notProduction: all.length - files.length };
}

/** Matches as the presets do: ESLint itself reads the globs. */
function matcher(options: FindOptions, globs: readonly string[]): (path: string) => Promise<boolean> {
  const make = (cwd: string): ESLint =>
    new options.ESLint({
      cwd,
      overrideConfigFile: true,
      // A file that no entry names counts as ignored, so one names them all.
      overrideConfig: [{ ignores: [...globs] }, { files: [`**/*.${EXTENSIONS}`] }],
    });
  const inside = make(options.cwd);
  let outside: ESLint | undefined;
  return async (path) => {
    // ESLint takes no file from above its working directory.
    if (!isAbove(fromRoot(options.cwd, path))) return inside.isPathIgnored(path);
    outside ??= make(resolve('/'));
    return outside.isPathIgnored(path);
  };
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
