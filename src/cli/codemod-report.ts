import * as v from 'valibot';
import type { Change } from '../codemod/runner.js';
import type { FinishedRun } from './codemod-run.js';
import { fromRoot } from './find-files.js';
import { newsOf, reasonText } from './render/codemod-summary.js';

const text = (description: string) => v.pipe(v.string(), v.description(description));
const whole = (description: string) => v.pipe(v.number(), v.integer(), v.minValue(0), v.description(description));
const position = (description: string) => v.pipe(v.number(), v.integer(), v.minValue(1), v.description(description));
const list = <Item extends v.GenericSchema>(item: Item, description: string) => v.pipe(v.array(item), v.readonly(), v.description(description));
const flag = (description: string) => v.pipe(v.boolean(), v.description(description));

/** The report of a run of codemods; `version` changes when a field goes or means something else. Paths have forward slashes. */
export const codemodReportSchema = v.strictObject({
  version: v.literal(1),
  root: text('Folder that the other paths start at.'),
  dryRun: flag('Nothing was to be written.'),
  codemods: list(v.strictObject({ name: v.string(), options: v.record(v.string(), v.unknown()) }), 'What was run, with the values of its options.'),
  shard: v.nullable(
    v.pipe(
      v.strictObject({ index: position('From 1.'), of: whole('How many runs share the packages.'), packages: whole('Packages of this run.'), allPackages: whole('Packages of all of them.'), split: text('Digest of which package is in which run.') }),
      v.description('Which of several runs this was; null for one that did everything.'),
    ),
  ),
  filesRead: whole('Files that were read.'),
  changes: list(
    v.strictObject({ path: v.string(), package: v.string(), edits: whole('Edits that were made in it.'), patch: text('Unified diff.') }),
    'Files with edits that passed every check.',
  ),
  skips: list(
    v.strictObject({
      path: v.string(),
      package: v.string(),
      line: position('1-based.'),
      column: position('1-based.'),
      codemod: v.string(),
      reason: text('A code that can be counted.'),
      why: text('The reason as a clause.'),
      detail: text('What stands there, or what would have been written.'),
    }),
    'Places that are left alone.',
  ),
  unread: list(v.strictObject({ path: v.string(), why: v.picklist(['flow', 'syntax', 'no-parser', 'generated']), message: v.string() }), 'Files that may hold a place and were not planned.'),
  failed: list(v.strictObject({ path: v.string(), problem: v.string() }), 'Files that could not be read or written.'),
  types: list(
    v.strictObject({
      package: text('Folder of the package, from the root of the workspace.'),
      imports: v.strictObject({ all: whole('Imports of the changed files.'), resolved: whole('Those whose types the compiler found.') }),
      errors: v.strictObject({ before: whole('Errors of the package.'), after: whole('Errors of the package with the changes that passed.') }),
      unchecked: list(v.string(), 'Changed files that no tsconfig.json holds.'),
      rejected: list(v.strictObject({ path: v.string(), problem: v.string() }), 'Files that would have gained an error; they are not changed.'),
      problem: v.nullable(text('Why types were not checked.')),
      weak: flag('Too few imports were found for the check to say much, or it could not be made.'),
      milliseconds: whole('Time of the check, ms.'),
      rss: whole('Memory of the process after it, bytes.'),
    }),
    'The type check, a package each.',
  ),
  written: v.nullable(list(v.string(), 'Files that were written; null when none was to be.')),
  weakGate: flag('Nothing was written, since a type check was weak.'),
  stopped: flag('A person ended the run.'),
  news: list(v.string(), 'What people have to know of files beside the edits: errors that are new, dependencies to install.'),
  warnings: list(v.string(), 'What of the configuration could not be used.'),
  milliseconds: whole('Time of the run, ms.'),
});

/** What a run of codemods changed and what it left alone. */
export type CodemodReport = v.InferOutput<typeof codemodReportSchema>;

/** @param patches by path, as the changes were shown */
export function reportOf({ root, workspace, chosen, outcome, labelOf, shard, warnings, dryRun, milliseconds }: FinishedRun, patches: ReadonlyMap<Change['path'], string>): CodemodReport {
  const at = (path: string): string => fromRoot(root, path);
  return {
    version: 1,
    root,
    dryRun,
    codemods: chosen.map(({ name, options }) => ({ name, options: { ...options } })),
    shard,
    filesRead: outcome.filesRead,
    changes: outcome.changed.map(({ path, edits }) => ({ path: at(path), package: labelOf(path), edits, patch: patches.get(path) ?? '' })),
    skips: outcome.skips.map(({ path, reason, codemod, ...rest }) => ({ path: at(path), package: labelOf(path), codemod, reason, why: reasonText(codemod, reason), ...rest })),
    unread: outcome.unread.map(({ path, ...rest }) => ({ path: at(path), ...rest })),
    failed: outcome.failed.map(({ path, problem }) => ({ path: at(path), problem })),
    types: outcome.gates.map(({ directory, imports, errors, unchecked, rejected, problem, weak, milliseconds: took, rss }) => ({
      package: fromRoot(workspace, directory) || '.',
      imports,
      errors,
      unchecked: unchecked.map(at),
      rejected: rejected.map(({ path, problem: why }) => ({ path: at(path), problem: why })),
      problem,
      weak,
      milliseconds: Math.round(took),
      rss,
    })),
    written: outcome.written === null ? null : outcome.written.written.map(at),
    weakGate: outcome.weakGate,
    stopped: outcome.stopped,
    news: newsOf({ outcome, chosen }).filter((line) => line !== ''),
    warnings: [...warnings],
    milliseconds: Math.round(milliseconds),
  };
}
