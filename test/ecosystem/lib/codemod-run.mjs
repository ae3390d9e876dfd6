/** Runs the built codemods in a git work tree, and judges from outside what they did to it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyPatch } from 'diff';
import ts from 'typescript';

const MAIN = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url));
const HUNDRED_MEGABYTES = 100_000_000;

/** Names of the codemods of this build. */
export async function builtCodemods() {
  if (!existsSync(MAIN)) throw new Error('the codemods are not built: run `npm run build`');
  const { codemods } = await import(new URL('../../../dist/codemods/index.js', import.meta.url).href);
  return Object.keys(codemods);
}

/** One run as a user would start it; gives its report for machines. Other exit codes than `fine` are errors. */
export function runCodemods(folder, names, flags, fine = [0, 3]) {
  const run = spawnSync(process.execPath, [MAIN, 'codemod', ...names, '--json', ...flags], { cwd: folder, encoding: 'utf8', maxBuffer: HUNDRED_MEGABYTES });
  if (!fine.includes(run.status) || run.stdout === '') throw new Error(`codemod ${names.join(' ')} in ${folder} ended with ${run.status ?? run.signal}: ${run.stderr}${run.stdout.slice(0, 2_000)}`);
  return JSON.parse(run.stdout);
}

/** Takes the last run back, and says what git still sees of it: nothing, if all went well. */
export function undo(folder, statusBefore = '') {
  const run = spawnSync(process.execPath, [MAIN, 'codemod', '--undo'], { cwd: folder, encoding: 'utf8' });
  const status = git(folder, 'status', '--porcelain');
  return run.status === 0 && status === statusBefore ? null : `${run.stderr}${status}`;
}

export function git(folder, ...args) {
  return execFileSync('git', ['-c', 'core.autocrlf=false', '-c', 'core.quotePath=false', ...args], { cwd: folder, encoding: 'utf8', maxBuffer: HUNDRED_MEGABYTES });
}

/** Makes a folder a repository of its own, with all that git does not ignore in one commit. */
export function commitAll(folder) {
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(folder, '-c', 'user.name=ecosystem', '-c', 'user.email=ecosystem@localhost', '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--no-verify', '--message', 'before');
}

/**
 * Compares what git sees with what the run says.
 * @returns lines added and removed, files that differ from the report (`strays`), files that parse worse (`broken`)
 */
export function judgeChanges(folder, { changes }) {
  const said = new Map(changes.map(({ path, patch }) => [path, patch]));
  const seen = new Map(git(folder, 'diff', '--numstat').split('\n').filter((line) => line !== '').map((line) => {
    const [added, removed, path] = line.split('\t');
    return [path, { added: Number(added), removed: Number(removed) }];
  }));
  const untracked = git(folder, 'ls-files', '--others', '--exclude-standard').split('\n').filter((path) => path !== '' && !path.startsWith('node_modules/'));
  // Files that the run made.
  const made = untracked.filter((path) => said.has(path));
  for (const path of made) seen.set(path, { added: readFileSync(join(folder, path), 'utf8').split('\n').length - 1, removed: 0 });
  const strays = [...untracked.filter((path) => !said.has(path)), ...[...said.keys()].filter((path) => !seen.has(path))];
  const before = (path) => (made.includes(path) ? '' : git(folder, 'show', `HEAD:${path}`));
  // Which lines of a block that moved in count as changed is each differ's own choice; what they lead to is not.
  for (const path of seen.keys()) if (!said.has(path) || applyPatch(before(path), said.get(path)) !== readFileSync(join(folder, path), 'utf8')) strays.push(path);
  const broken = [...said.keys()].filter((path) => seen.has(path) && syntaxErrors(path, readFileSync(join(folder, path), 'utf8')) > syntaxErrors(path, before(path)));
  const sum = (key) => [...seen.values()].reduce((total, lines) => total + lines[key], 0);
  return { added: sum('added'), removed: sum('removed'), strays, broken };
}

/** By TypeScript's parser, which shares no code with the one that the codemods parse by. */
export function syntaxErrors(path, text) {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest).parseDiagnostics.length;
}

/** How many of each, largest first. */
export function tally(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)));
}
