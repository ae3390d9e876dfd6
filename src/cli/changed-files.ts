import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SimpleGit } from 'simple-git';
import { oneLine, UsageError } from './usage-error.js';

/** What has changed since a commit, committed or not. */
export interface Changes {
  /** Absolute paths of the files that exist now, untracked ones among them. */
  readonly files: ReadonlySet<string>;
  /** Does a changed line lie in this range (1-based, both ends included)? An untracked file is new in all lines. */
  touches(path: string, firstLine: number, lastLine: number): boolean;
}

/** First and last line of a changed stretch, in the file as it is now. */
type Stretch = readonly [first: number, last: number];

/**
 * Asks git what differs from the merge base with `ref`.
 * @throws UsageError when this is no repository, the reference does not exist, or the two share no history
 */
export async function changesSince(cwd: string, ref: string): Promise<Changes> {
  const { simpleGit } = await import('simple-git');
  const git = simpleGit({ baseDir: cwd });
  const root = await topOf(git, cwd);
  const shallow = (await run(git, ['rev-parse', '--is-shallow-repository']))?.trim() === 'true';
  const hint = shallow ? ' This is a shallow clone: run "git fetch --unshallow" first, or check out with full history (fetch-depth: 0, GIT_DEPTH: 0).' : '';
  const commit = (await run(git, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]))?.trim();
  if (commit === undefined || commit === '') {
    // `HEAD^1` is nothing that a remote could be asked for.
    const mend = shallow && /[\^~]/.test(ref) ? '' : ` Fetch it ("git fetch origin ${remoteless(ref)}"), or name one that "git branch -a" lists.`;
    throw new UsageError(`--since ${ref}: git knows no commit, branch or tag of this name.${mend}${hint}`);
  }
  const base = (await run(git, ['merge-base', commit, 'HEAD']))?.trim();
  if (base === undefined || base === '') {
    throw new UsageError(`--since ${ref}: it shares no commit with the current branch.${hint || ' Name a commit that the branch started from.'}`);
  }
  // From the top: paths in git's answers then have one meaning, whatever the working directory.
  const atTop = simpleGit({ baseDir: root });
  const changed = await must(atTop, ['diff', '--name-only', '-z', '--no-ext-diff', '--no-renames', '--diff-filter=d', base, '--']);
  const untracked = await must(atTop, ['ls-files', '--others', '--exclude-standard', '-z']);
  const spell = speller(cwd, root);
  const fresh = new Set(splitNul(untracked).map(spell));
  const files = new Set([...splitNul(changed).map(spell), ...fresh]);
  // With renames: what only moved to another file is judged with it, and none of its lines is new.
  const diff = await must(atTop, ['-c', 'core.quotePath=false', 'diff', '-U0', '--no-color', '--no-ext-diff', '--find-renames', '--diff-filter=d', '--src-prefix=a/', '--dst-prefix=b/', base, '--']);
  const stretches = new Map([...stretchesOf(diff)].map(([path, list]) => [spell(path), list]));
  return {
    files,
    touches: (path, first, last) => fresh.has(path) || (stretches.get(path) ?? []).some(([from, to]) => from <= last && to >= first),
  };
}

/** The top of the work tree. */
async function topOf(git: SimpleGit, cwd: string): Promise<string> {
  try {
    return (await git.raw(['rev-parse', '--show-toplevel'])).trim();
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/ENOENT/.test(message)) throw new UsageError(NO_GIT);
    const foreign = /dubious ownership in repository at '(.+)'/.exec(message)?.[1];
    if (foreign !== undefined) {
      throw new UsageError(`--since: git does not read ${foreign}, as it belongs to another user (containers of CI do this). Run "git config --global --add safe.directory ${foreign}" first.`);
    }
    throw new UsageError(`--since needs a git repository, and ${cwd} is in none. Run it inside one, or leave --since away.`);
  }
}

/** Changed stretches by path, from a unified diff with no context. */
export function stretchesOf(diff: string): Map<string, Stretch[]> {
  const result = new Map<string, Stretch[]>();
  let current: Stretch[] | null = null;
  // Lines of the old and new text still to come in a hunk: they may look like headers.
  let body = 0;
  for (const line of diff.split('\n')) {
    if (body > 0 && (line.startsWith('-') || line.startsWith('+'))) {
      body--;
      continue;
    }
    if (line.startsWith('+++ ')) {
      const path = unquote(line.slice(4).replace(/\t$/, '').replace(/\r$/, ''));
      current = path === '/dev/null' ? null : [];
      if (current !== null) result.set(path.replace(/^b\//, ''), current);
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null) continue;
    const removed = hunk[1] === undefined ? 1 : Number(hunk[1]);
    const added = hunk[3] === undefined ? 1 : Number(hunk[3]);
    body = removed + added;
    const first = Number(hunk[2]);
    // Lines were only taken away: the two lines that now meet count as changed.
    current?.push(added === 0 ? [first, first + 1] : [first, first + added - 1]);
  }
  return result;
}

/** Git puts names with control characters, quotes or backslashes into a C string. */
function unquote(name: string): string {
  if (!name.startsWith('"')) return name;
  const bytes: number[] = [];
  const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, a: 7, b: 8, f: 12, v: 11 };
  const inner = name.slice(1, -1);
  for (let i = 0; i < inner.length; i++) {
    if (inner[i] !== '\\') {
      bytes.push(...Buffer.from(inner[i]!));
      continue;
    }
    const octal = /^[0-7]{3}/.exec(inner.slice(i + 1))?.[0];
    if (octal !== undefined) {
      bytes.push(Number.parseInt(octal, 8));
      i += 3;
    } else {
      const next = inner[++i]!;
      bytes.push(escapes[next] ?? next.charCodeAt(0));
    }
  }
  return Buffer.from(bytes).toString('utf8');
}

/** Git answers with the real path; the files were found below the path that the user gave. */
function speller(cwd: string, root: string): (path: string) => string {
  const real = realpathSync(cwd);
  return (path) => {
    const absolute = join(root, path);
    if (real === cwd) return absolute;
    return absolute.startsWith(real) ? resolve(cwd + absolute.slice(real.length)) : absolute;
  };
}

const NO_GIT = '--since needs git, and no "git" was found on the PATH.';
const splitNul = (text: string): string[] => text.split('\0').filter((part) => part !== '');
const remoteless = (ref: string): string => ref.replace(/^origin\//, '');

/** Standard output, or `null` where git says no. */
async function run(git: SimpleGit, args: string[]): Promise<string | null> {
  try {
    return await git.raw(args);
  } catch (error) {
    if (/ENOENT/.test(oneLine(error))) throw new UsageError(NO_GIT);
    return null;
  }
}

async function must(git: SimpleGit, args: string[]): Promise<string> {
  try {
    return await git.raw(args);
  } catch (error) {
    throw new UsageError(`--since: git ${args.find((arg) => /^[a-z-]+$/.test(arg) && !arg.startsWith('-')) ?? ''} failed: ${oneLine(error)}`);
  }
}
