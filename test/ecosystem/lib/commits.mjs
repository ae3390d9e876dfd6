/** Files of commits, written out of local clones. Nothing is fetched. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a verdict may depend on: code, manifests, lock files, compiler options. */
const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;
const MANIFEST = /(?:^|\/)(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lock|lerna\.json|[jt]sconfig[^/]*\.json)$/;
const MAX_BYTES = 256 << 20;

/** Where the clone of a repository lies: `<owner>+<name>/repo`, `<owner>+<name>.git`, `<owner>+<name>` or `<owner>/<name>`; null when it is not there. */
export function cloneOf(root, repository) {
  const joined = repository.replace('/', '+');
  return [join(joined, 'repo'), `${joined}.git`, joined, repository].map((name) => join(root, name)).find((path) => existsSync(path)) ?? null;
}

/** Does the clone hold this file at this commit? */
export function hasFile(clone, commit, path) {
  return spawnSync('git', ['-C', clone, 'cat-file', '-e', `${commit}:${path}`], { stdio: 'ignore' }).status === 0;
}

/** The folder of the nearest `package.json` above a path, '' for the top. */
export function packageOf(paths, path) {
  const known = new Set(paths);
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) if (known.has(`${folder}/package.json`)) return folder;
  return '';
}

/**
 * The folders of the packages that a package asks for inside its repository, as who works there has
 * them at hand; and of those that these ask for.
 * @param manifests what each `package.json` of the commit says, by its folder
 */
export function packagesOf(folder, manifests) {
  const byName = new Map([...manifests].map(([at, manifest]) => [manifest?.name, at]));
  const found = new Set([folder]);
  for (const at of found) {
    const { dependencies, devDependencies, peerDependencies } = manifests.get(at) ?? {};
    for (const name of Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })) if (byName.has(name)) found.add(byName.get(name));
  }
  return found;
}

/**
 * Which files of a commit are needed to judge one of them: the code of its package, that of the
 * packages of the repository it asks for, and all manifests; or everything where the verdict lies in
 * other packages.
 */
export function filesToJudge(paths, path, { wholeCommit = false, manifests = new Map() } = {}) {
  const folders = [...packagesOf(packageOf(paths, path), manifests)];
  const isInside = (other) => wholeCommit || folders.some((folder) => folder === '' || other.startsWith(`${folder}/`));
  return paths.filter((other) => MANIFEST.test(other) || (CODE.test(other) && isInside(other)));
}

/** Writes what is needed to judge `path` at a commit into a folder; gives the number of files written. */
export function writeCommit(clone, commit, path, folder, options) {
  const entries = new Map();
  for (const line of git(clone, ['ls-tree', '-r', '-z', commit]).split('\0')) {
    const [, mode, kind, object, name] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    // Neither links nor submodules: they may lead out of the folder.
    if (kind === 'blob' && mode !== '120000') entries.set(name, object);
  }
  const names = [...entries.keys()];
  const manifests = new Map();
  for (const [name, text] of contents(clone, entries, names.filter((one) => /(?:^|\/)package\.json$/.test(one)))) manifests.set(name === 'package.json' ? '' : dirname(name), parsed(text));
  let written = 0;
  for (const [name, text] of contents(clone, entries, filesToJudge(names, path, { ...options, manifests }))) {
    const target = join(folder, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    written += 1;
  }
  return written;
}

/** What files hold, as bytes. A clone may list a file and not hold it: it is left out. */
function* contents(clone, entries, names) {
  if (names.length === 0) return;
  const output = execFileSync('git', ['-C', clone, 'cat-file', '--batch'], { input: `${names.map((name) => entries.get(name)).join('\n')}\n`, maxBuffer: 4 * MAX_BYTES, stdio: ['pipe', 'pipe', 'ignore'] });
  let at = 0;
  for (const name of names) {
    const end = output.indexOf(10, at);
    const size = Number(/ blob (\d+)$/.exec(output.toString('latin1', at, end))?.[1] ?? Number.NaN);
    at = end + 1;
    if (Number.isNaN(size)) continue;
    yield [name, output.subarray(at, at + size)];
    at += size + 1;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return null;
  }
}

function git(clone, args) {
  return execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: MAX_BYTES, stdio: ['ignore', 'pipe', 'ignore'] });
}
