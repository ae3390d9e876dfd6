import { dirname, join, relative, resolve, sep } from 'node:path';
import { isFile, readText, realPathOf, signatureOf } from './disk.js';
import { readJson, stringAt } from './json.js';
import { bunLock, npmLock, pnpmLock, yarnLock, type LockFile } from './lock-files.js';
import { GenerationMemo } from './memo.js';
import { isWithin, manifestIn, packageOfFile, workspaceRootOfFile } from './workspace.js';

const LOCK_FILES: readonly (readonly [string, (text: string) => LockFile | null])[] = [
  ['npm-shrinkwrap.json', npmLock],
  ['package-lock.json', npmLock],
  ['pnpm-lock.yaml', pnpmLock],
  ['yarn.lock', yarnLock],
  ['bun.lock', bunLock],
];
const MAX_LOCK_BYTES = 64 * 1024 * 1024;

/** By folder and package. */
const installed = new GenerationMemo<{ readonly version: string | null }>();
const locks = new Map<string, { readonly signature: string; readonly lock: LockFile | null; readonly answers: Map<string, string | null> }>();

/**
 * The version of a package that a file gets: from the nearest node_modules, else from the nearest lock
 * file, both up to the workspace root. `null` where neither tells. Never throws.
 */
export function installedVersion(fromFile: string, packageName: string): string | null {
  const from = resolve(fromFile);
  return installed.get(`${dirname(from)}\0${packageName}`, () => ({ version: findInstalled(from, packageName) })).version;
}

function findInstalled(from: string, packageName: string): string | null {
  const root = workspaceRootOfFile(from);
  const owner = packageOfFile(from);
  const declaredAs = [packageName, ...aliasesOf(owner?.dependencies, packageName)];
  for (const name of declaredAs) {
    for (const directory of between(dirname(from), root)) {
      const manifest = join(directory, 'node_modules', name, 'package.json');
      // A link out of the root, as to a store of the whole machine, is not followed: the lock file tells then.
      const real = isFile(manifest) ? realPathOf(manifest) : null;
      if (real === null || !isWithin(realPathOf(root) ?? root, real)) continue;
      const json = readJson(manifest);
      const version = stringAt(json, 'version');
      if (version !== null && (stringAt(json, 'name') ?? packageName) === packageName) return version;
    }
  }
  const start = owner?.directory ?? dirname(from);
  for (const directory of between(start, root)) {
    for (const [file, read] of LOCK_FILES) {
      const found = lockAt(join(directory, file), read);
      if (found === null) continue;
      const importer = relative(directory, start).split(sep).join('/');
      for (const name of declaredAs) {
        const version = fromLock(found.lock, found.answers, importer, name, declaredRange(from, name));
        if (version !== null) return version;
      }
    }
  }
  return null;
}

/** The range that the nearest package.json declares, or the root's where it declares none. */
export function declaredRange(fromFile: string, packageName: string): string | null {
  const own = packageOfFile(fromFile)?.dependencies.get(packageName);
  return own ?? manifestIn(workspaceRootOfFile(fromFile))?.dependencies.get(packageName) ?? null;
}

/** Names under which a package is declared besides its own: `"http": "npm:axios@1"`. */
function aliasesOf(dependencies: ReadonlyMap<string, string> | undefined, packageName: string): readonly string[] {
  const names: string[] = [];
  for (const [name, range] of dependencies ?? []) {
    if (range.startsWith(`npm:${packageName}@`) || range === `npm:${packageName}`) names.push(name);
  }
  return names;
}

function* between(directory: string, root: string): Generator<string> {
  for (let current = directory; isWithin(root, current); current = dirname(current)) {
    yield current;
    if (current === root || dirname(current) === current) return;
  }
}

function lockAt(path: string, read: (text: string) => LockFile | null): { readonly lock: LockFile; readonly answers: Map<string, string | null> } | null {
  const signature = signatureOf(path);
  if (signature === null) return null;
  let known = locks.get(path);
  if (known?.signature !== signature) {
    let lock: LockFile | null = null;
    try {
      const text = readText(path, MAX_LOCK_BYTES);
      if (text !== null) lock = read(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    } catch {
      // A lock file with conflict marks, or cut off: it tells nothing.
    }
    known = { signature, lock, answers: new Map() };
    locks.set(path, known);
  }
  return known.lock === null ? null : { lock: known.lock, answers: known.answers };
}

function fromLock(lock: LockFile, answers: Map<string, string | null>, importer: string, name: string, range: string | null): string | null {
  const key = `${importer}\0${name}\0${range ?? ''}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  let version: string | null = null;
  try {
    version = lock.version(importer, name, range);
  } catch {
    // Text that only looks like a lock file.
  }
  answers.set(key, version);
  return version;
}
