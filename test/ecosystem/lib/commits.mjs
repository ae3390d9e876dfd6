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
 * Which files of a commit are needed to judge one of them: the code of its package and all
 * manifests, or everything where the verdict lies in other packages.
 */
export function filesToJudge(paths, path, { wholeCommit = false } = {}) {
  const folder = packageOf(paths, path);
  const isInside = (other) => wholeCommit || folder === '' || other.startsWith(`${folder}/`);
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
  const names = filesToJudge([...entries.keys()], path, options);
  const output = execFileSync('git', ['-C', clone, 'cat-file', '--batch'], { input: `${names.map((name) => entries.get(name)).join('\n')}\n`, maxBuffer: 4 * MAX_BYTES, stdio: ['pipe', 'pipe', 'ignore'] });
  let at = 0;
  let written = 0;
  for (const name of names) {
    const end = output.indexOf(10, at);
    const size = Number(/ blob (\d+)$/.exec(output.toString('latin1', at, end))?.[1] ?? Number.NaN);
    at = end + 1;
    // A clone may list a file and not hold it.
    if (Number.isNaN(size)) continue;
    const target = join(folder, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, output.subarray(at, at + size));
    at += size + 1;
    written += 1;
  }
  return written;
}

function git(clone, args) {
  return execFileSync('git', ['-C', clone, ...args], { encoding: 'utf8', maxBuffer: MAX_BYTES, stdio: ['ignore', 'pipe', 'ignore'] });
}
