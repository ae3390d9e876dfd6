import { builtinModules, createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ResolverFactory } from 'oxc-resolver';
import { diskGeneration, isDirectory, isFile, realPathOf } from './disk.js';
import { CODE_EXTENSIONS, packageEntry, privateImportEntry, probe, sourceOfBuilt } from './entry.js';
import { tsconfigOf } from './tsconfig.js';
import { isWithin, manifestIn, nearestPackage, packageOfFile, workspaceOf, workspaceRootOfFile, type PackageManifest } from './workspace.js';

/** What an import leads to. */
export type Resolution =
  /** A file of the workspace; it exists, and is inside the root with all links followed. */
  | { readonly is: 'file'; readonly path: string }
  /** A package from a registry, installed or not. `subpath` has no leading slash and may be empty. */
  | { readonly is: 'package'; readonly name: string; readonly subpath: string }
  /** A module of the run time, without `node:`; those of other run times keep their scheme (`bun:sqlite`). */
  | { readonly is: 'builtin'; readonly name: string }
  | { readonly is: 'unresolved'; readonly reason: 'not-found' | 'outside' };

const NOT_FOUND: Resolution = { is: 'unresolved', reason: 'not-found' };
const OUTSIDE: Resolution = { is: 'unresolved', reason: 'outside' };

const BUILTINS = new Set(builtinModules);
const PACKAGE_NAME = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;
const MAX_MEMO = 100_000;

const require = createRequire(import.meta.url);
let resolver: ResolverFactory | null | undefined;
let generation = -1;
const memo = new Map<string, Resolution>();
const scopes = new Map<string, string>();

function files(): ResolverFactory | null {
  if (resolver === undefined) {
    try {
      const { ResolverFactory: Factory } = require('oxc-resolver') as typeof import('oxc-resolver');
      resolver = new Factory({
        extensions: [...CODE_EXTENSIONS],
        extensionAlias: {
          '.js': ['.ts', '.tsx', '.js', '.jsx'],
          '.jsx': ['.tsx', '.jsx'],
          '.mjs': ['.mts', '.mjs'],
          '.cjs': ['.cts', '.cjs'],
        },
        conditionNames: ['node', 'import', 'require', 'default'],
        mainFields: ['source', 'module', 'main'],
        // Packages are named, not read; only files of the workspace are looked for.
        modules: [],
        nodePath: false,
        // The path that comes back has its links followed; whether it stays inside is checked here.
        symlinks: true,
      });
    } catch {
      // The native binding is missing on this platform: relative paths are probed by hand.
      resolver = null;
    }
  }
  return resolver;
}

/** Splits a bare specifier: `@scope/name/deep/file` gives `@scope/name` and `deep/file`. `null` when it names no package. */
export function splitPackage(specifier: string): { readonly name: string; readonly subpath: string } | null {
  const parts = specifier.split('/');
  const count = specifier.startsWith('@') ? 2 : 1;
  const name = parts.slice(0, count).join('/');
  if (parts.length < count || !PACKAGE_NAME.test(name)) return null;
  return { name, subpath: parts.slice(count).join('/') };
}

/**
 * Finds what an import means, with no need of node_modules. Never throws, never answers with a file
 * outside the workspace root. Answers are kept for about a second.
 * @param fromFile absolute path of the importing file
 */
export function resolveModule(fromFile: string, specifier: string): Resolution {
  const current = diskGeneration();
  if (current !== generation) {
    generation = current;
    memo.clear();
    scopes.clear();
    resolver?.clearCache();
  }
  const from = isAbsolute(fromFile) ? fromFile : resolve(fromFile);
  // What is no relative path means the same in every folder under one tsconfig and one package.
  const isRelative = /^\.{1,2}(?:[\\/]|$)/.test(specifier) || isAbsolute(specifier);
  const key = isRelative ? `${dirname(from)}\0${specifier}` : `${scopeOf(from)}\0${specifier}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  let result: Resolution;
  try {
    result = resolveUncached(from, specifier);
  } catch {
    result = NOT_FOUND;
  }
  if (memo.size >= MAX_MEMO) memo.clear();
  memo.set(key, result);
  return result;
}

/** What decides how bare specifiers and aliases are read from here. */
function scopeOf(from: string): string {
  const directory = dirname(from);
  let scope = scopes.get(directory);
  if (scope === undefined) scopes.set(directory, (scope = `${packageOfFile(from)?.directory ?? ''}\0${tsconfigOf(from)?.path ?? ''}`));
  return scope;
}

/** Resolution by name alone, for when no other file may be read: relative imports stay unresolved. */
export function resolveByName(specifier: string): Resolution {
  return byScheme(specifier) ?? (/^(?:[./#\\]|[a-z]:)/i.test(specifier) ? NOT_FOUND : (builtin(specifier) ?? packageNamed(specifier)));
}

function resolveUncached(from: string, specifier: string): Resolution {
  if (specifier === '' || specifier.includes('\0')) return NOT_FOUND;
  const scheme = byScheme(specifier);
  if (scheme !== null) return scheme;
  const root = workspaceRootOfFile(from);
  if (/^\.{1,2}(?:[\\/]|$)/.test(specifier) || isAbsolute(specifier)) return fileAt(dirname(from), specifier, root);
  const builtinModule = builtin(specifier);
  if (builtinModule !== null) return builtinModule;
  const mapped = byTsconfigPaths(from, specifier, root);
  if (mapped !== null) return mapped;
  const owner = packageOfFile(from);
  if (specifier.startsWith('#')) return privateImport(from, specifier, owner, root);
  const split = splitPackage(specifier);
  if (split !== null) {
    const inWorkspace = workspacePackage(from, split.name, split.subpath, owner, root);
    if (inWorkspace !== null) return inWorkspace;
    const declared = rangeOf(split.name, owner, root);
    if (declared !== null) return declaredPackage(split.name, split.subpath, declared, owner, root, from);
  }
  const baseUrl = tsconfigOf(from)?.baseUrl ?? null;
  if (baseUrl !== null && isWithin(root, baseUrl)) {
    const found = fileAt(baseUrl, `./${specifier}`, root);
    if (found.is === 'file') return found;
  }
  if (split === null) return NOT_FOUND;
  return linkedPackage(from, split.name, split.subpath, root) ?? { is: 'package', ...split };
}

function byScheme(specifier: string): Resolution | null {
  const scheme = /^([a-z][a-z0-9+.-]+):(.*)$/i.exec(specifier);
  if (scheme === null) return null;
  const [, name = '', rest = ''] = scheme;
  switch (name.toLowerCase()) {
    case 'node':
      return { is: 'builtin', name: rest };
    case 'bun':
    case 'cloudflare':
    case 'deno':
      return { is: 'builtin', name: specifier };
    case 'npm': {
      // Deno's `npm:axios@1/lib/x`.
      const match = /^\/?((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?(?:\/(.*))?$/.exec(rest);
      return match === null || !PACKAGE_NAME.test(match[1]!) ? NOT_FOUND : { is: 'package', name: match[1]!, subpath: match[2] ?? '' };
    }
    default:
      return NOT_FOUND;
  }
}

function builtin(specifier: string): Resolution | null {
  return BUILTINS.has(specifier) && !specifier.startsWith('_') ? { is: 'builtin', name: specifier } : null;
}

function packageNamed(specifier: string): Resolution {
  const split = splitPackage(specifier);
  return split === null ? NOT_FOUND : { is: 'package', ...split };
}

function byTsconfigPaths(from: string, specifier: string, root: string): Resolution | null {
  const config = tsconfigOf(from);
  if (config === null) return null;
  for (const { prefix, suffix, targets } of config.paths) {
    if (suffix === null ? specifier !== prefix : specifier.length < prefix.length + suffix.length || !specifier.startsWith(prefix) || !specifier.endsWith(suffix)) continue;
    const filled = suffix === null ? '' : specifier.slice(prefix.length, specifier.length - suffix.length);
    for (const target of targets) {
      const path = target.replace('*', () => filled);
      if (path.includes(`${sep}node_modules${sep}`)) continue;
      const found = fileAt(root, path, root);
      if (found.is === 'file' && !/\.d\.[cm]?ts$/.test(found.path)) return found;
    }
  }
  return null;
}

function privateImport(from: string, specifier: string, owner: PackageManifest | null, root: string): Resolution {
  const found = files()?.sync(dirname(from), specifier).path;
  if (found !== undefined) {
    const admitted = admit(found, root);
    if (admitted.is === 'file') return admitted;
  }
  const guess = owner === null ? null : privateImportEntry(owner.directory, specifier);
  if (guess !== null) return admit(guess, root);
  // A private import may also stand for a package.
  const target = owner?.json['imports'];
  const value = typeof target === 'object' && target !== null ? (target as Record<string, unknown>)[specifier] : undefined;
  return typeof value === 'string' && !value.startsWith('.') ? packageNamed(value) : NOT_FOUND;
}

function workspacePackage(from: string, name: string, subpath: string, owner: PackageManifest | null, root: string): Resolution | null {
  const directory = workspaceOf(from).packages.get(name) ?? (owner?.name === name ? owner.directory : undefined);
  if (directory === undefined) return null;
  // A dependency of the same name as a workspace package, but from the registry.
  const declared = owner?.dependencies.get(name);
  if (declared?.startsWith('npm:') === true) return null;
  return entryOf(directory, subpath, root);
}

function entryOf(directory: string, subpath: string, root: string): Resolution {
  const entry = packageEntry(directory, subpath);
  if (entry !== null) return admit(entry, root);
  return subpath === '' ? NOT_FOUND : fileAt(directory, `./${subpath}`, root);
}

function rangeOf(name: string, owner: PackageManifest | null, root: string): string | null {
  return owner?.dependencies.get(name) ?? manifestIn(root)?.dependencies.get(name) ?? null;
}

/** A declared dependency may be another package under an alias, or a folder. */
function declaredPackage(name: string, subpath: string, range: string, owner: PackageManifest | null, root: string, from: string): Resolution {
  const alias = /^(npm|workspace):((?:@[^/@]+\/)?[^/@*^~]+)(?:@.*)?$/.exec(range);
  if (alias !== null && PACKAGE_NAME.test(alias[2]!) && !/^\d/.test(alias[2]!)) {
    const directory = workspaceOf(from).packages.get(alias[2]!);
    if (alias[1] === 'workspace') return directory === undefined ? NOT_FOUND : entryOf(directory, subpath, root);
    return { is: 'package', name: alias[2]!, subpath };
  }
  const folder = /^(?:link|file|portal):(.*)$/.exec(range);
  if (folder !== null && owner !== null) {
    const directory = resolve(owner.directory, folder[1]!);
    if (isDirectory(directory)) {
      const real = insideRoot(directory, root);
      if (real !== null) return entryOf(real, subpath, root);
    }
  }
  return linkedPackage(from, name, subpath, root) ?? { is: 'package', name, subpath };
}

/** A link in node_modules that leads to a folder of the workspace is that folder. */
function linkedPackage(from: string, name: string, subpath: string, root: string): Resolution | null {
  for (let directory = dirname(from); isWithin(root, directory); directory = dirname(directory)) {
    const candidate = join(directory, 'node_modules', name);
    if (isDirectory(candidate)) {
      const real = insideRoot(candidate, root);
      if (real === null || relative(root, real).split(sep).includes('node_modules')) return null;
      return entryOf(real, subpath, root);
    }
    if (directory === root || dirname(directory) === directory) break;
  }
  return null;
}

function fileAt(directory: string, request: string, root: string): Resolution {
  const path = files()?.sync(directory, request).path ?? null;
  if (path !== null && !path.includes('?')) return admitReal(path, root);
  const absolute = resolve(directory, request);
  if (!isWithin(root, absolute)) return OUTSIDE;
  const byHand = resolver === null ? probeWithoutResolver(absolute) : null;
  if (byHand !== null) return admit(byHand, root);
  if (isDirectory(absolute)) {
    if (manifestIn(absolute) !== null) return entryOf(absolute, '', root);
    return NOT_FOUND;
  }
  // An import of what a build would make.
  const owner = nearestPackage(absolute);
  const source = owner === null ? null : sourceOfBuilt(owner.directory, absolute);
  return source === null ? NOT_FOUND : admit(source, root);
}

function probeWithoutResolver(absolute: string): string | null {
  const base = absolute.replace(/\.([cm]?)jsx?$/, '');
  return (base === absolute ? null : probe(base)) ?? (isFile(absolute) ? absolute : probe(absolute));
}

/** The same for a path that the resolver found, and that has no links in it. */
function admitReal(real: string, root: string): Resolution {
  const realRoot = realPathOf(root);
  if (realRoot === null || !isWithin(realRoot, real)) return OUTSIDE;
  const below = real.slice(realRoot.length + 1);
  if (below.includes('node_modules')) return admit(real, root);
  return { is: 'file', path: realRoot === root ? real : join(root, below) };
}

/** Lets a found file through when it is inside the root, links followed. */
function admit(path: string, root: string): Resolution {
  if (!isFile(path)) return NOT_FOUND;
  const real = insideRoot(path, root);
  if (real === null) return OUTSIDE;
  const parts = relative(root, real).split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at !== -1) return packageNamed(parts.slice(at + 1).join('/'));
  return { is: 'file', path: real };
}

/** The path with links followed, written below the root as the root was given; `null` when it leads out. */
function insideRoot(path: string, root: string): string | null {
  const real = realPathOf(path);
  const realRoot = realPathOf(root);
  if (real === null || realRoot === null || !isWithin(realRoot, real)) return null;
  return join(root, relative(realRoot, real));
}
