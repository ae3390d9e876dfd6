import { createHash } from 'node:crypto';
import { fromRoot } from './find-files.js';
import type { Finding } from './report.js';

/**
 * Identifies a finding whatever line it moves to: rule, file, message and code of the reported line,
 * and which one it is among equals.
 * @param root what the file's path is taken from
 */
export function fingerprintOf(finding: Finding, root: string): string {
  const parts = [finding.rule, fromRoot(root, finding.path), finding.messageId, finding.code, String(finding.ordinal)];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
