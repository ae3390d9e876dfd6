import { resolve } from 'node:path';
import { codemods as known } from '../codemods/index.js';
import { disk } from './codemod/fs-port.js';
import { JournalError, resume, undo, type WriteOutcome } from './codemod/journal.js';
import { CodemodOptionError, type OptionSpec } from './codemod/options.js';
import { reportOf, type CodemodReport } from './cli/codemod-report.js';
import { carryOut } from './cli/codemod-run.js';
import { diffOf } from './cli/render/codemod-diff.js';
import { fromRoot } from './cli/find-files.js';
import { UsageError } from './cli/usage-error.js';
import { workspaceRootOf } from './project/workspace.js';

export type { CodemodReport, OptionSpec };

/** What there is to know of a codemod before it is run. */
export interface CodemodInfo {
  readonly name: string;
  /** Completes "This codemod will …". */
  readonly description: string;
  /** The rule whose reports it mends, without the plugin's name, or several; `null` where none is paired. */
  readonly rule: string | readonly string[] | null;
  /** Its options by name, with type and default; those of type `ms` are milliseconds. */
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Why it leaves a place alone, by the code that reports count. */
  readonly refusals: Readonly<Record<string, string>>;
}

/** All codemods, by name. */
export const codemods: Readonly<Record<string, CodemodInfo>> = Object.fromEntries(
  Object.values(known).map(({ name, description, rule, options, refusals }) => [name, { name, description, rule, options, refusals }]),
);

/** One change that a person, or a program, may decline. */
export interface ProposedEdit {
  /** Absolute. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly codemod: string;
  /** Completes "it will …": ``add `timeout: 10_000` ``. */
  readonly title: string;
  /** Text of the file as it is. */
  readonly source: string;
}

/** One file with all its changes, after every check and before anything is written. */
export interface FileChange {
  /** Absolute. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** How many places changed. */
  readonly edits: number;
}

export interface CodemodRun {
  /** Codemods in their order, by name or with options. */
  readonly codemods: readonly (string | { readonly name: string; readonly options?: Readonly<Record<string, unknown>> })[];
  /** Where paths start. Default: the working directory. */
  readonly cwd?: string;
  /** Files, folders or globs. Default: all of `cwd`. */
  readonly paths?: readonly string[];
  /** Globs of names or folders: only these packages. */
  readonly packages?: readonly string[];
  /** Only files changed since the merge base with this commit. */
  readonly since?: string;
  /** Globs that are left out. */
  readonly ignore?: readonly string[];
  /** Tests, scripts and config files too. Default: `false`. */
  readonly includeTests?: boolean;
  /** Write the changes. Default: `false`. */
  readonly write?: boolean;
  /** Write although changes are not committed. Default: `false`. */
  readonly allowDirty?: boolean;
  /** Check types before and after. Default: `true`. */
  readonly typeGate?: boolean;
  /** Write although few imports could be found for the type check. Default: `false`. */
  readonly acceptWeakGate?: boolean;
  /** Threads that read files. Default: by the number of files. */
  readonly concurrency?: number;
  /** Read `settings.resilience` from the ESLint configuration. Default: `true`. */
  readonly config?: boolean;
  /** Read other files where a verdict needs them. Default: as the settings say, else `true`. */
  readonly crossFile?: boolean;
  /** Where the code runs, where detection is wrong: `node`, `browser`, `worker`. */
  readonly runtime?: string;
  /** Asked about each edit; `stop` ends the run with what was wanted until then. Default: all are wanted. */
  readonly choose?: (edit: ProposedEdit) => 'yes' | 'no' | 'stop' | Promise<'yes' | 'no' | 'stop'>;
  /** Called for every file that will change, in the order of the files. */
  readonly onChange?: (change: FileChange) => void;
  /** Called while files are planned, checked and written. */
  readonly onProgress?: (stage: 'plan' | 'types' | 'write', done: number, total: number, path: string) => void;
}

/** Thrown for a request that cannot be carried out; the message says what to do. Nothing was written. */
export class CodemodError extends Error {
  override readonly name = 'CodemodError';
}

/**
 * Runs codemods over a workspace; a dry run, unless `write` is true.
 * @returns what was changed and what was left alone; files that failed are in `failed`, and do not throw
 * @throws CodemodError for an unknown codemod or option, a path outside the workspace, a tree with changes that are not committed, an interrupted run that waits
 */
export async function runCodemods(run: CodemodRun): Promise<CodemodReport> {
  const wanted = run.codemods.map((one) => (typeof one === 'string' ? { name: one, options: {} } : { name: one.name, options: one.options ?? {} }));
  const { paths = [], write = false, packages, choose, onChange, onProgress, cwd, codemods: _, ...rest } = run;
  const root = resolve(cwd ?? '.');
  const patches = new Map<string, string>();
  return clearly(async () => {
    if (wanted.length === 0) throw new UsageError(`Name at least one codemod: ${Object.keys(codemods).join(', ')}.`);
    for (const { name } of wanted) if (!Object.hasOwn(codemods, name)) throw new UsageError(`There is no codemod "${name}". There are: ${Object.keys(codemods).join(', ')}.`);
    const finished = await carryOut(root, { ...rest, package: packages, paths, write, names: wanted.map(({ name }) => name) }, disk, {
      optionsOf: (name) => wanted.find((one) => one.name === name)!.options,
      ...(choose === undefined ? {} : { choose: async (path, source, { line, column, codemod, title }) => choose({ path, source, line, column, codemod, title }) }),
      ...(onProgress === undefined ? {} : { onProgress }),
      onChange({ path, before, after, edits }) {
        patches.set(path, diffOf(fromRoot(root, path), before, after).text);
        onChange?.({ path, before, after, edits: edits.length });
      },
    });
    return reportOf(finished, patches);
  });
}

/** Files that were put back or written, and those that could not be. Paths are absolute. */
export interface SettledRun extends WriteOutcome {
  /** The codemods of the run that was settled. */
  readonly what: string;
}

/**
 * Puts back every file of the last run in this workspace, byte for byte; one that was changed since is left alone and named.
 * @throws CodemodError where there is no run to take back
 */
export function undoCodemods(cwd = '.'): Promise<SettledRun> {
  return clearly(() => undo(workspaceRootOf(resolve(cwd)), disk));
}

/**
 * Finishes a run that was interrupted while it wrote.
 * @throws CodemodError where there is none
 */
export function resumeCodemods(cwd = '.'): Promise<SettledRun> {
  return clearly(() => resume(workspaceRootOf(resolve(cwd)), disk));
}

async function clearly<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError || error instanceof JournalError || error instanceof CodemodOptionError) throw new CodemodError(error.message, { cause: error });
    throw error;
  }
}
