/** Local trees of foreign repositories, and pinned packages. None of their code enters this repository. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isProductionSource } from './sites.mjs';

/**
 * The repositories of a folder of trees, each in a folder `<owner>+<name>`.
 * @param {string} folder
 * @param {string} [corpus] a JSON list of `{ repo, head }`: which commit each tree stands at
 */
export function readTrees(folder, corpus) {
  const commits = new Map();
  if (corpus !== undefined) {
    for (const entry of JSON.parse(readFileSync(corpus, 'utf8'))) commits.set(entry.repo ?? entry.repository, entry.head ?? entry.commit);
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.includes('+'))
    .map((entry) => {
      const repository = entry.name.replace('+', '/');
      return { repository, folder: resolve(folder, entry.name), commit: commits.get(repository) ?? headOf(join(folder, entry.name)) };
    })
    .sort((a, b) => (a.repository < b.repository ? -1 : 1));
}

function headOf(folder) {
  if (!existsSync(join(folder, '.git'))) return 'unknown';
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}

/** Production sources of a tree, as paths relative to it. */
export function* sourcesOf(folder, prefix = '') {
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules' && !entry.name.startsWith('.')) yield* sourcesOf(folder, path);
    } else if (entry.isFile() && isProductionSource(path)) {
      yield path;
    }
  }
}

/** Scripts of a published package, whatever their folder. */
export function* publishedSources(folder, prefix = '') {
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory() && entry.name !== 'node_modules') yield* publishedSources(folder, path);
    else if (entry.isFile() && /\.[cm]?jsx?$/.test(path) && !/\.min\.[cm]?js$/.test(path)) yield path;
  }
}

/** Lines of production source, for reports per 1,000 lines. */
export function countLines(folder) {
  let lines = 0;
  for (const path of sourcesOf(folder)) lines += readFileSync(join(folder, path), 'utf8').split('\n').length;
  return lines;
}

/** Is this `name@1.2.3`, a package pinned to a version? */
export const isPinnedPackage = (target) => /^(?:@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(target);

/** Unpacks a published package into the cache; a second run does not ask the registry again. */
export function packageFolder(target, cache) {
  const folder = join(cache, target.replaceAll('/', '+'));
  if (existsSync(join(folder, 'package.json'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const output = execFileSync('npm', ['pack', target, '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder], { encoding: 'utf8', shell: process.platform === 'win32' });
  const [{ filename }] = JSON.parse(output);
  const archive = join(folder, filename.replaceAll('/', '-').replace(/^@/, ''));
  execFileSync('tar', ['-xzf', archive, '-C', folder, '--strip-components=1']);
  rmSync(archive);
  return folder;
}
