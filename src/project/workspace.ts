import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { isDirectory, isFile, readText, signatureOf } from './disk.js';
import { isRecord, readJson, recordAt, stringAt, stringsOf, type JsonRecord } from './json.js';
import { GenerationMemo, TimedMemo } from './memo.js';

/** The tree of files that belong together. */
export interface Workspace {
  /** Absolute directory. Nothing above it is read. */
  readonly root: string;
  /** Directory of each package of the workspace, the root's own included, by name. */
  readonly packages: ReadonlyMap<string, string>;
}

/** A package.json, read as data. */
export interface PackageManifest {
  readonly directory: string;
  readonly path: string;
  readonly name: string | null;
  readonly json: JsonRecord;
  /** Declared ranges of all kinds of dependency, by package name. */
  readonly dependencies: ReadonlyMap<string, string>;
}

const require = createRequire(import.meta.url);

/** A package can join a workspace without any marker file changing. */
const PACKAGES_TTL_MS = 30_000;
const ROOT_TTL_MS = 10_000;

/** Asked once: it goes to the system each time. */
let home: string | undefined;

const roots = new TimedMemo<string>(ROOT_TTL_MS);
/** By the path that is asked about: each of thousands of files is asked about many times. */
const rootsByPath = new GenerationMemo<string>();
const workspacesByRoot = new GenerationMemo<Workspace>();
const packagesByPath = new GenerationMemo<{ readonly manifest: PackageManifest | null }>();
const workspaces = new Map<string, { readonly signature: string; readonly at: number; readonly workspace: Workspace }>();
const manifests = new Map<string, { readonly signature: string; readonly manifest: PackageManifest | null }>();

/** Forgets roots and package lists: for tests that change a workspace under way. */
export function forgetWorkspaces(): void {
  roots.clear();
  rootsByPath.clear();
  workspacesByRoot.clear();
  packagesByPath.clear();
  workspaces.clear();
}

/** Is the path the directory itself, or somewhere in it? Compares names only. */
export function isWithin(directory: string, path: string): boolean {
  if (path === directory) return true;
  return path.startsWith(directory.endsWith(sep) ? directory : directory + sep);
}

/** The directory from which a file (or a directory) looks upwards. */
function startOf(path: string): string {
  const absolute = resolve(path);
  return isDirectory(absolute) ? absolute : dirname(absolute);
}

function* upwards(directory: string): Generator<string> {
  for (let current = directory; ; ) {
    yield current;
    const parent = dirname(current);
    if (parent === current) return;
    current = parent;
  }
}

/**
 * The workspace root of a file: the nearest directory upwards that a workspace tool or git marks;
 * without any, the directory of the nearest package.json; without that, the file's own. Never throws.
 */
export function workspaceRootOf(path: string): string {
  return rootsByPath.get(path, () => findRoot(startOf(path)));
}

/** The same for a path that is known to be a file: nothing is asked of the disk for files of a folder that was seen. */
export function workspaceRootOfFile(file: string): string {
  const directory = dirname(file);
  return rootsByPath.get(directory, () => findRoot(directory));
}

function findRoot(start: string): string {
  return roots.get(start, () => {
    let nearestManifest: string | null = null;
    for (const directory of upwards(start)) {
      if (directory.endsWith(`${sep}node_modules`)) nearestManifest = null;
      if (isWorkspaceRoot(directory)) return directory;
      // A home directory under version control is no project.
      if (directory !== (home ??= homedir()) && (isDirectory(join(directory, '.git')) || isFile(join(directory, '.git')))) return directory;
      if (nearestManifest === null && isFile(join(directory, 'package.json'))) nearestManifest = directory;
    }
    return nearestManifest ?? start;
  });
}

function isWorkspaceRoot(directory: string): boolean {
  if (isFile(join(directory, 'pnpm-workspace.yaml'))) return true;
  const manifest = join(directory, 'package.json');
  if (isFile(manifest)) {
    const json = readJson(manifest);
    if (isRecord(json) && json['workspaces'] !== undefined) return true;
  }
  if (isFile(join(directory, 'nx.json')) || isFile(join(directory, 'lerna.json')) || isFile(join(directory, 'rush.json'))) return true;
  // A package of a turbo workspace may hold a turbo.json of its own, which extends the root's.
  const turbo = join(directory, 'turbo.json');
  return isFile(turbo) && !stringsOf(recordOf(readJson(turbo))['extends']).includes('//');
}

function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** The workspace of a file with its packages. Never throws: what cannot be read has no packages. */
export function workspaceOf(path: string): Workspace {
  const root = workspaceRootOf(path);
  return workspacesByRoot.get(root, () => workspaceAt(root));
}

function workspaceAt(root: string): Workspace {
  const signature = ['package.json', 'pnpm-workspace.yaml', 'lerna.json', 'rush.json'].map((name) => signatureOf(join(root, name)) ?? '-').join('|');
  const now = Date.now();
  const known = workspaces.get(root);
  if (known?.signature === signature && now - known.at < PACKAGES_TTL_MS && now >= known.at) return known.workspace;
  const packages = new Map<string, string>();
  for (const directory of packageDirectories(root)) {
    const name = stringAt(readJson(join(directory, 'package.json')), 'name');
    if (name !== null && name !== '' && !packages.has(name)) packages.set(name, directory);
  }
  const own = stringAt(readJson(join(root, 'package.json')), 'name');
  if (own !== null && own !== '' && !packages.has(own)) packages.set(own, root);
  const workspace: Workspace = { root, packages };
  workspaces.set(root, { signature, at: now, workspace });
  return workspace;
}

function packageDirectories(root: string): readonly string[] {
  const globs = workspaceGlobs(root);
  if (globs.length === 0 && !isFile(join(root, 'rush.json'))) return [];
  return packagesByTool(root) ?? packagesByGlobs(root, globs);
}

/** Asks the tool's own reader; `null` when it does not recognise this root or refuses its contents. */
function packagesByTool(root: string): readonly string[] | null {
  try {
    const { getPackagesSync } = require('@manypkg/get-packages') as typeof import('@manypkg/get-packages');
    const found = getPackagesSync(root);
    // It looks upwards by itself, and treats a root of an unknown kind as one package.
    if (resolve(found.rootDir) !== root || found.tool.type === 'root') return null;
    return found.packages.map((entry) => resolve(entry.dir)).filter((directory) => isWithin(root, directory));
  } catch {
    return null;
  }
}

function workspaceGlobs(root: string): readonly string[] {
  const json = readJson(join(root, 'package.json'));
  const field = isRecord(json) ? json['workspaces'] : undefined;
  const globs = [...stringsOf(field), ...stringsOf(recordAt(json, 'workspaces')['packages'])];
  if (globs.length > 0) return globs;
  const pnpm = readText(join(root, 'pnpm-workspace.yaml'), 1024 * 1024);
  if (pnpm !== null) {
    try {
      const { parse } = require('yaml') as typeof import('yaml');
      return stringsOf(recordOf(parse(pnpm) as unknown)['packages']);
    } catch {
      return [];
    }
  }
  return stringsOf(recordOf(readJson(join(root, 'lerna.json')))['packages']);
}

function packagesByGlobs(root: string, globs: readonly string[]): readonly string[] {
  try {
    const { globbySync } = require('globby') as typeof import('globby');
    const patterns = globs.map((glob) => `${glob.replace(/^(!?)\.\//, '$1').replace(/\/+$/, '')}/package.json`);
    const found = globbySync(patterns, {
      cwd: root,
      ignore: ['**/node_modules/**'],
      absolute: true,
      followSymbolicLinks: false,
      suppressErrors: true,
      expandDirectories: false,
    });
    return found.map((path) => dirname(resolve(path))).filter((directory) => isWithin(root, directory));
  } catch {
    return [];
  }
}

const DEPENDENCY_FIELDS = ['peerDependencies', 'optionalDependencies', 'devDependencies', 'dependencies'] as const;

/** Reads one package.json; `null` when missing or broken. Memoised while the file does not change. */
export function manifestIn(directory: string): PackageManifest | null {
  const path = join(directory, 'package.json');
  const signature = signatureOf(path);
  if (signature === null) return null;
  const known = manifests.get(path);
  if (known?.signature === signature) return known.manifest;
  const json = readJson(path);
  let manifest: PackageManifest | null = null;
  if (isRecord(json)) {
    const dependencies = new Map<string, string>();
    // The last field wins: what is installed for running.
    for (const field of DEPENDENCY_FIELDS) {
      for (const [name, range] of Object.entries(recordAt(json, field))) if (typeof range === 'string') dependencies.set(name, range);
    }
    manifest = { directory, path, name: stringAt(json, 'name'), json, dependencies };
  }
  manifests.set(path, { signature, manifest });
  return manifest;
}

/**
 * The package to which a file belongs, inside its workspace. A package.json that only sets a module
 * type (`{ "type": "module" }` in a folder) is passed over.
 */
export function nearestPackage(path: string): PackageManifest | null {
  return packagesByPath.get(path, () => ({ manifest: findPackage(startOf(path)) })).manifest;
}

/** The same for a path that is known to be a file. */
export function packageOfFile(file: string): PackageManifest | null {
  const directory = dirname(file);
  return packagesByPath.get(directory, () => ({ manifest: findPackage(directory) })).manifest;
}

function findPackage(start: string): PackageManifest | null {
  const root = workspaceRootOf(start);
  for (const directory of upwards(start)) {
    const manifest = manifestIn(directory);
    if (manifest !== null && (directory === root || manifest.name !== null || manifest.dependencies.size > 0)) return manifest;
    if (directory === root) break;
  }
  return null;
}

/** The path of a file below its workspace root, with forward slashes. */
export function pathInWorkspace(path: string): string {
  return relative(workspaceRootOf(path), resolve(path)).split(sep).join('/');
}
