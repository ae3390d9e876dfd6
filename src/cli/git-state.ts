import { oneLine, UsageError } from './usage-error.js';

/**
 * Refuses to write into a tree whose changes are not committed: they could not be told from the run's.
 * @throws UsageError with what to do; also where there is no git, since nothing could be taken back there but by --undo
 */
export async function requireCleanTree(root: string): Promise<void> {
  const { simpleGit } = await import('simple-git');
  let status: string;
  try {
    status = await simpleGit({ baseDir: root }).raw(['status', '--porcelain', '-z', '--untracked-files=no', '--', '.']);
  } catch (error) {
    if (/not a git repository/i.test(oneLine(error))) {
      throw new UsageError(`${root} is in no git repository, so the changes could be reviewed and taken back by --undo alone. Commit the project first, or say --allow-dirty.`);
    }
    throw new UsageError(`git cannot say whether the tree is clean: ${oneLine(error)}. Mend that, or say --allow-dirty.`);
  }
  const dirty = status.split('\0').filter((entry) => entry !== '');
  if (dirty.length === 0) return;
  const shown = dirty.slice(0, 5).map((entry) => entry.slice(3)).join(', ');
  throw new UsageError(`${dirty.length} tracked files have changes that are not committed (${shown}${dirty.length > 5 ? ', …' : ''}). Commit or stash them, so that the codemod's changes can be told from yours, or say --allow-dirty.`);
}
