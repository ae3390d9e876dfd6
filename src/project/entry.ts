import { join, relative, resolve, sep } from 'node:path';
import { isFile, statOf } from './disk.js';
import { isRecord, stringAt, type JsonRecord } from './json.js';
import { isWithin, manifestIn } from './workspace.js';

/** Extensions of source files, best first: what is written wins over what was compiled from it. */
export const CODE_EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'] as const;

const CODE = /\.[cm]?[jt]sx?$/;
const DECLARATION = /\.d\.(?:[^.]+\.)?[cm]?ts$/;
const BUILD_FOLDERS = new Set(['dist', 'build', 'lib', 'out', 'output', 'dist-types', 'dts', 'types', '.output', 'es', 'esm', 'cjs', 'umd']);
/** Folders inside a build folder that only tell the module format. */
const FORMAT_FOLDERS = new Set(['esm', 'cjs', 'es', 'mjs', 'umd', 'node', 'browser', 'types', 'commonjs', 'module', 'esm2022', 'src', 'source']);
const SOURCE_FOLDERS = ['src', 'source', 'lib', ''] as const;
/** Conditions that do not hold on a server: asked last. */
const LATE_CONDITIONS = new Set(['browser', 'react-native', 'deno', 'worker', 'workerd', 'edge-light', 'types']);

/** Is this a file that can be parsed as code (declarations are not)? Judged by name. */
export function isCodePath(path: string): boolean {
  return CODE.test(path) && !DECLARATION.test(path);
}

/**
 * The source file behind an import of a workspace package: found from its package.json, whether or
 * not the package was built. `null` when none is found.
 * @param subpath without leading `./`; empty for the package itself
 */
export function packageEntry(directory: string, subpath: string): string | null {
  const manifest = manifestIn(directory);
  const targets = manifest === null ? [] : exportTargets(manifest.json, subpath);
  // What is written wins over what was built from it, which may be stale.
  for (const target of targets) {
    const path = resolve(directory, target);
    if (isWithin(directory, path) && isCodePath(path) && !isBuilt(directory, path) && isFile(path)) return path;
  }
  for (const target of targets) {
    const guess = sourceOfBuilt(directory, resolve(directory, target));
    if (guess !== null) return guess;
  }
  for (const target of targets) {
    const path = resolve(directory, target);
    if (!isWithin(directory, path)) continue;
    const found = isCodePath(path) && isFile(path) ? path : probe(path);
    if (found !== null) return found;
  }
  for (const folder of SOURCE_FOLDERS) {
    const found = probe(join(directory, folder, subpath === '' ? 'index' : subpath));
    if (found !== null) return found;
  }
  return null;
}

/** Targets of a private import (`#db`) by the `imports` field, sources guessed as for exports. */
export function privateImportEntry(directory: string, specifier: string): string | null {
  const manifest = manifestIn(directory);
  if (manifest === null || !isRecord(manifest.json['imports'])) return null;
  for (const target of mappedTargets(manifest.json['imports'], specifier)) {
    if (!target.startsWith('.')) continue;
    const path = resolve(directory, target);
    const found = sourceOfBuilt(directory, path) ?? (isWithin(directory, path) && isCodePath(path) && isFile(path) ? path : null);
    if (found !== null) return found;
  }
  return null;
}

/**
 * The source from which a file in a build folder would be made (`dist/esm/http.js` of `src/http.ts`).
 * @param path need not exist
 */
export function sourceOfBuilt(directory: string, path: string): string | null {
  if (!isWithin(directory, path)) return null;
  const parts = relative(directory, path).split(sep);
  const at = parts.findIndex((part) => BUILD_FOLDERS.has(part));
  if (at === -1 || at === parts.length - 1) return null;
  const before = parts.slice(0, at);
  let inner = parts.slice(at + 1);
  const variants = [inner];
  while (inner.length > 1 && (FORMAT_FOLDERS.has(inner[0]!) || BUILD_FOLDERS.has(inner[0]!))) {
    inner = inner.slice(1);
    variants.push(inner);
  }
  for (const variant of variants) {
    const base = variant.join(sep).replace(/(?:\.(?:umd|es|esm|cjs|mjs|min|d|prod|production|development))?\.[cm]?[jt]sx?$/, '');
    for (const folder of SOURCE_FOLDERS) {
      // `lib` is where some put their build and others their source.
      if (folder === parts[at]) continue;
      const found = probe(join(directory, ...before, folder, base));
      if (found !== null) return found;
    }
  }
  return null;
}

function isBuilt(directory: string, path: string): boolean {
  const parts = relative(directory, path).split(sep);
  return parts[0] !== 'lib' && BUILD_FOLDERS.has(parts[0]!);
}

/** The code file of this path: with an extension added, or the index of the folder. */
export function probe(base: string): string | null {
  for (const extension of CODE_EXTENSIONS) if (isFile(base + extension)) return base + extension;
  if (statOf(base)?.kind === 'directory') {
    for (const extension of CODE_EXTENSIONS) if (isFile(join(base, `index${extension}`))) return join(base, `index${extension}`);
  }
  return null;
}

/** Files named for a subpath by `exports`, or by the older fields for the package itself; best first. */
function exportTargets(json: JsonRecord, subpath: string): readonly string[] {
  const key = subpath === '' ? '.' : `./${subpath}`;
  const exported = json['exports'];
  const targets: string[] = [];
  if (typeof exported === 'string' || Array.isArray(exported)) {
    if (key === '.') collect(exported, targets, [], 0);
  } else if (isRecord(exported)) {
    const isSubpathMap = Object.keys(exported).some((entry) => entry.startsWith('.'));
    if (isSubpathMap) targets.push(...mappedTargets(exported, key));
    else if (key === '.') targets.push(...mappedTargets({ '.': exported }, key));
  }
  if (key === '.') {
    for (const field of ['source', 'module', 'main', 'types', 'typings']) {
      const target = stringAt(json, field);
      if (target !== null) targets.push(target);
    }
  } else if (targets.length === 0) {
    targets.push(subpath);
  }
  return targets;
}

function mappedTargets(map: JsonRecord, key: string): readonly string[] {
  const targets: string[] = [];
  const late: string[] = [];
  if (Object.hasOwn(map, key)) {
    collect(map[key], targets, late, 0);
  } else {
    const patterns = Object.keys(map)
      .filter((pattern) => pattern.includes('*'))
      .sort((a, b) => b.indexOf('*') - a.indexOf('*'));
    for (const pattern of patterns) {
      const star = pattern.indexOf('*');
      const prefix = pattern.slice(0, star);
      const suffix = pattern.slice(star + 1);
      if (key.length < pattern.length || !key.startsWith(prefix) || !key.endsWith(suffix)) continue;
      const filled = key.slice(prefix.length, key.length - suffix.length);
      const found: string[] = [];
      collect(map[pattern], found, found, 0);
      targets.push(...found.map((target) => target.replaceAll('*', () => filled)));
      break;
    }
  }
  return [...targets, ...late];
}

/** All files named under nested conditions. Which condition holds does not matter: they share a source. */
function collect(value: unknown, targets: string[], late: string[], depth: number): void {
  if (depth > 8) return;
  if (typeof value === 'string') targets.push(value);
  else if (Array.isArray(value)) for (const item of value) collect(item, targets, late, depth + 1);
  else if (isRecord(value)) {
    for (const [condition, inner] of Object.entries(value)) {
      collect(inner, LATE_CONDITIONS.has(condition) ? late : targets, late, depth + 1);
    }
  }
}
