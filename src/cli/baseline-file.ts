import { readFile } from 'node:fs/promises';
import { hasConflict } from './merge-conflict.js';
import { oneLine, UsageError } from './usage-error.js';

/** What to do with a baseline that cannot be used. */
export const AGAIN = 'Delete it and run with --update-baseline to make it anew.';

/**
 * What a file of known findings holds, whatever its form.
 * @param file absolute
 * @param name as the user wrote it, for messages
 * @returns `undefined` where there is no such file
 * @throws UsageError when it cannot be read or is no JSON
 */
export async function readBaselineFile(file: string, name: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new UsageError(`${name}: the baseline cannot be read (${oneLine(error)}).`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (hasConflict(text)) {
      throw new UsageError(`${name} holds the marks of a merge conflict. Take either side ("git checkout --ours -- ${name}"), run with --update-baseline, and review what that adds.`);
    }
    throw new UsageError(`${name} is not a baseline: ${oneLine(error)}. ${AGAIN}`);
  }
}

/** @throws UsageError when it cannot be written */
export async function writeBaselineFile(file: string, name: string, data: object): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  try {
    await writeFileAtomic(file, `${JSON.stringify(data, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`${name}: the baseline cannot be written (${oneLine(error)}).`);
  }
}
