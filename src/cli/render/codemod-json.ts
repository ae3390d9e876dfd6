import { fromRoot } from '../find-files.js';
import { reasonText, type CodemodReport } from './codemod-summary.js';

/** The report as JSON; `version` changes when a field does. */
export function jsonReport({ root, workspace, chosen, outcome, labelOf, warnings, dryRun, milliseconds }: CodemodReport, changes: readonly { readonly path: string; readonly patch: { readonly text: string } }[]): string {
  const patches = new Map(changes.map(({ path, patch }) => [path, patch.text]));
  const at = (path: string): string => fromRoot(root, path);
  return `${JSON.stringify(
    {
      version: 1,
      root,
      dryRun,
      codemods: chosen,
      filesRead: outcome.filesRead,
      changes: outcome.changed.map(({ path, edits }) => ({ path: at(path), package: labelOf(path), edits, patch: patches.get(path) ?? '' })),
      skips: outcome.skips.map(({ path, reason, codemod, ...rest }) => ({ path: at(path), package: labelOf(path), codemod, reason, why: reasonText(codemod, reason), ...rest })),
      unread: outcome.unread.map(({ path, ...rest }) => ({ path: at(path), ...rest })),
      failed: outcome.failed.map(({ path, problem }) => ({ path: at(path), problem })),
      types: outcome.gates.map(({ directory, imports, errors, unchecked, rejected, problem, weak, milliseconds: took, rss }) => ({
        package: fromRoot(workspace, directory) || '.', imports, errors, unchecked: unchecked.map(at), rejected: rejected.map(({ path, problem: why }) => ({ path: at(path), problem: why })), problem, weak, milliseconds: Math.round(took), rss,
      })),
      written: outcome.written === null ? null : outcome.written.written.map(at),
      weakGate: outcome.weakGate,
      stopped: outcome.stopped,
      warnings,
      milliseconds: Math.round(milliseconds),
    },
    null,
    2,
  )}\n`;
}
