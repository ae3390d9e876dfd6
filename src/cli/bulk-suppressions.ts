import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './report.js';
import { hasConflict } from './merge-conflict.js';
import { oneLine, UsageError } from './usage-error.js';

const FILE = 'eslint-suppressions.json';

type Suppressions = Readonly<Record<string, Readonly<Record<string, { readonly count: number }>>>>;

/**
 * Takes away what `eslint-suppressions.json` allows, as ESLint does: all of a file's reports of a rule, or none when
 * there are more of them than the file allows. ESLint enters errors alone; a rule that is entered was one in the
 * user's configuration, whatever it is in the preset.
 * @throws UsageError when the file is there and cannot be read
 */
export async function applyBulkSuppressions(root: string, findings: readonly Finding[]): Promise<{ findings: readonly Finding[]; suppressed: number }> {
  const suppressions = await loadSuppressions(root);
  if (suppressions === null) return { findings, suppressed: 0 };
  const counts = new Map<string, number>();
  const keyOf = (finding: Finding): string => `${finding.relativePath}\0${finding.rule}`;
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  const kept = findings.filter((finding) => {
    const allowed = suppressions[finding.relativePath]?.[finding.rule]?.count ?? 0;
    return counts.get(keyOf(finding))! > allowed;
  });
  return { findings: kept, suppressed: findings.length - kept.length };
}

/**
 * The suppressions of a project, by file and rule; `null` where it has none.
 * @throws UsageError when the file is there and cannot be read
 */
export async function loadSuppressions(root: string): Promise<Suppressions | null> {
  let text: string;
  try {
    text = await readFile(join(root, FILE), 'utf8');
  } catch {
    return null;
  }
  try {
    const data = JSON.parse(text) as unknown;
    if (data === null || typeof data !== 'object' || Array.isArray(data)) throw new Error('expected an object');
    return data as Suppressions;
  } catch (error) {
    const mend = hasConflict(text) ? 'It holds the marks of a merge conflict: take either side, then run "eslint --prune-suppressions"' : 'Write it anew with "eslint --suppress-all", or delete it';
    throw new UsageError(`${FILE} cannot be read: ${oneLine(error)}. ${mend}.`);
  }
}
