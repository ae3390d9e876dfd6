import type { CheckOptions } from './commands/check.js';
import type { Share } from './shard.js';
import type { ConfigFailure } from './user-settings.js';

/** What a report says of the shard that made it, so that `merge` can tell whether reports belong together. */
export interface ShardStamp extends Share {
  /** Checked-out commit; `null` where git knows none. */
  readonly commit: string | null;
  /** Options that decide what is found, by their names. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Configurations that could not be loaded. */
  readonly configFailures: readonly ConfigFailure[];
}

const DECIDING = ['paths', 'preset', 'since', 'sinceLines', 'baseline', 'ignore', 'config', 'crossFile', 'runtime', 'includeTests', 'strictParse', 'maxWarnings', 'quiet', 'stats'] as const satisfies readonly (keyof CheckOptions)[];

export async function stampOf(share: Share, root: string, options: CheckOptions, configFailures: readonly ConfigFailure[]): Promise<ShardStamp> {
  const given = DECIDING.flatMap((name): [string, unknown][] => (options[name] === undefined ? [] : [[name, options[name]]]));
  return { ...share, commit: await commitAt(root), options: Object.fromEntries(given), configFailures };
}

async function commitAt(root: string): Promise<string | null> {
  const { simpleGit } = await import('simple-git');
  try {
    return (await simpleGit({ baseDir: root }).raw(['rev-parse', 'HEAD'])).trim();
  } catch {
    return null;
  }
}
