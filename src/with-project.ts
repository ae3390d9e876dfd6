import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Linter } from 'eslint';

export interface ProjectOptions {
  /** The workspace root. Default: found upwards from the working directory. */
  readonly root?: string;
  /**
   * What a file is judged by, as ESLint's `--cache-strategy`: `metadata` (modification time and size,
   * the default) or `content` (for caches carried between checkouts, where times differ).
   */
  readonly cacheStrategy?: 'metadata' | 'content';
}

/** What can change a verdict on another file: sources, manifests, lock files, compiler paths, what tells of the runtime. */
const RELEVANT = new RegExp(
  [
    /\.[cm]?[jt]sx?$|\.vue$|tsconfig[^/]*\.json$|^jsconfig.*\.json$/,
    /^(?:package|package-lock|npm-shrinkwrap|project|nx|lerna|rush|turbo)\.json$|^(?:pnpm-lock|pnpm-workspace)\.yaml$|^(?:yarn|bun)\.lock$/,
    /^wrangler\.(?:toml|jsonc?)$|^deno\.jsonc?$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
/** Where packages keep the configurations that others extend, under names of any kind. */
const SHARED_CONFIGS = /ts-?config|typescript/;

/** Folders whose contents are installed, generated or not ours; folders with a leading dot go too. */
const SKIPPED = new Set(['dist', 'coverage']);

/** Written by the package managers at each install: tells of versions that no lock file records. */
const INSTALL_MARKERS: Readonly<Record<'metadata' | 'content', readonly string[]>> = {
  metadata: ['.package-lock.json', '.modules.yaml', '.yarn-state.yml'],
  // `.modules.yaml` holds the time of the install; what was installed stands in a copy of the lock file.
  content: ['.package-lock.json', '.pnpm/lock.yaml', '.yarn-state.yml'],
};

const ROOT_MARKERS = ['pnpm-workspace.yaml', 'package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', '.git'];

/**
 * Makes ESLint's `--cache` notice a change in another file of the workspace.
 *
 * ESLint keys a cached result by the file and its configuration. A rule here may also have read a
 * wrapper or a client in another file. The fingerprint of the workspace goes into the settings, and
 * thereby into the configuration: when any source changes, every cached result is made again.
 *
 * @param config one config or several, nested arrays included
 */
export function withProject(config: Linter.Config | readonly (Linter.Config | readonly Linter.Config[])[], options: ProjectOptions = {}): Linter.Config[] {
  const root = resolve(options.root ?? findRoot(process.cwd()));
  const given = (Array.isArray(config) ? config : [config]) as readonly (Linter.Config | readonly Linter.Config[])[];
  return [
    ...given.flat(),
    {
      name: 'resilience/with-project',
      settings: { resilience: { workspaceFingerprint: fingerprint(root, options.cacheStrategy ?? 'metadata') } },
    },
  ];
}

/** The nearest folder upwards that looks like the top of a workspace, else the working directory. */
function findRoot(from: string): string {
  let nearestPackage: string | null = null;
  for (let folder = from; ; folder = dirname(folder)) {
    if (ROOT_MARKERS.some((name) => existsSync(join(folder, name)))) return folder;
    if (existsSync(join(folder, 'package.json'))) {
      nearestPackage ??= folder;
      if (declaresWorkspaces(join(folder, 'package.json'))) return folder;
    }
    if (dirname(folder) === folder) return nearestPackage ?? from;
  }
}

function declaresWorkspaces(manifest: string): boolean {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { workspaces?: unknown }).workspaces !== undefined;
  } catch {
    return false;
  }
}

/** One hash over every file that a verdict may depend on. Order does not depend on the file system. */
function fingerprint(root: string, strategy: 'metadata' | 'content'): string {
  const hash = createHash('sha256');
  walk(root, '', hash, strategy);
  return hash.digest('hex').slice(0, 32);
}

function walk(folder: string, prefix: string, hash: ReturnType<typeof createHash>, strategy: 'metadata' | 'content'): void {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // Unreadable or removed while we walk: it counts as empty, and shows up when it is readable.
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const entry of entries) {
    if (entry.name === 'node_modules') {
      // A package may have an installation of its own.
      for (const marker of INSTALL_MARKERS[strategy]) add(hash, `${folder}/node_modules/${marker}`, `${prefix}node_modules/${marker}`, strategy);
    } else if (entry.isDirectory()) {
      // Symbolic links are neither files nor directories here: they may lead out of the workspace.
      if (!entry.name.startsWith('.') && !SKIPPED.has(entry.name)) walk(`${folder}/${entry.name}`, `${prefix}${entry.name}/`, hash, strategy);
    } else if (entry.isFile() && (RELEVANT.test(entry.name) || (entry.name.endsWith('.json') && SHARED_CONFIGS.test(prefix)))) {
      add(hash, `${folder}/${entry.name}`, prefix + entry.name, strategy);
    }
  }
}

function add(hash: ReturnType<typeof createHash>, path: string, name: string, strategy: 'metadata' | 'content'): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (strategy === 'metadata') {
    hash.update(`${name}\0${stat.mtimeMs}\0${stat.size}\0`);
    return;
  }
  try {
    hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  } catch {
    hash.update('unreadable\0');
  }
}
