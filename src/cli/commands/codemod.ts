import { resolve } from 'node:path';
import { codemods } from '../../../codemods/index.js';
import { disk, type FsPort } from '../../codemod/fs-port.js';
import { JournalError, resume, undo, type WriteOutcome } from '../../codemod/journal.js';
import { CodemodOptionError } from '../../codemod/options.js';
import { workspaceRootOf } from '../../project/workspace.js';
import { chooser } from '../choose-edits.js';
import { startCodemodProgress } from '../codemod-progress.js';
import { reportOf } from '../codemod-report.js';
import { carryOut, type FinishedRun, type RunRequest } from '../codemod-run.js';
import { colorsFor } from '../color.js';
import { fromRoot } from '../find-files.js';
import type { CliHost } from '../host.js';
import { nearestNames } from '../nearest-names.js';
import { diffOf } from '../render/codemod-diff.js';
import { codemodSummary } from '../render/codemod-summary.js';
import { count } from '../render/words.js';
import { UsageError } from '../usage-error.js';

export interface CodemodOptions extends Omit<RunRequest, 'names' | 'paths' | 'write'> {
  /** Names of codemods, then paths; a name is what the list of codemods has. */
  readonly args: readonly string[];
  readonly write?: boolean | undefined;
  readonly check?: boolean | undefined;
  readonly list?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly interactive?: boolean | undefined;
  /** `key=value`, or `codemod.key=value`. */
  readonly option?: readonly string[] | undefined;
  readonly resume?: boolean | undefined;
  readonly undo?: boolean | undefined;
  readonly cwd?: string | undefined;
  readonly color?: boolean | undefined;
  readonly fs?: FsPort | undefined;
}

/** Runs codemods and prints what they change. Gives the exit code: 0 nothing to do or done, 1 changes needed (`--check`), 2 wrong use, 3 some files failed. */
export async function runCodemod(options: CodemodOptions, host: CliHost): Promise<number> {
  try {
    return await run(options, host);
  } catch (error) {
    if (error instanceof JournalError || error instanceof CodemodOptionError) throw new UsageError(error.message);
    throw error;
  }
}

async function run(options: CodemodOptions, host: CliHost): Promise<number> {
  const root = resolve(host.cwd, options.cwd ?? '.');
  const fs = options.fs ?? disk;
  if (options.list === true) {
    for (const { name, description } of Object.values(codemods)) host.stdout.write(`${name.padEnd(20)} ${description}\n`);
    return 0;
  }
  if (options.undo === true || options.resume === true) return settle(options, workspaceRootOf(root), fs, host);
  const { names, paths } = split(options.args);
  if (options.interactive === true && !(host.stdout.isTTY && process.stdin.isTTY)) throw new UsageError('--interactive asks at a terminal, and this is none. Leave it away, or run it in one.');
  if (options.write === true && options.check === true) throw new UsageError('--check changes nothing and --write writes: say one of them.');
  const asks = options.interactive === true;
  const progress = startCodemodProgress(host, options.json === true, (path) => fromRoot(root, path));
  const colors = colorsFor(host, options.color);
  const patches = new Map<string, string>();
  let finished: FinishedRun;
  try {
    finished = await carryOut(root, { ...options, names, paths, write: options.write === true || asks }, fs, {
      optionsOf: (name) => flagsOf(name, names, options.option ?? []),
      ...(asks ? { choose: chooser(root, colors, host, progress) } : {}),
      onProgress: progress.update,
      onChange(change) {
        const patch = diffOf(fromRoot(root, change.path), change.before, change.after);
        if (options.json === true) patches.set(change.path, patch.text);
        else if (!asks) {
          progress.pause();
          host.stdout.write(patch.paint(colors));
        }
      },
    });
  } finally {
    progress.stop();
  }
  host.stdout.write(options.json === true ? `${JSON.stringify(reportOf(finished, patches), null, 2)}\n` : codemodSummary(finished, colors));
  const { failed, changed, weakGate } = finished.outcome;
  return exitOf(options, failed.length, changed.length, weakGate);
}

function exitOf(options: CodemodOptions, failed: number, changed: number, weakGate: boolean): number {
  if (weakGate) return 2;
  if (failed > 0) return 3;
  return options.check === true && changed > 0 ? 1 : 0;
}

/** Leading arguments that are codemods are names; what follows is paths. */
function split(args: readonly string[]): { readonly names: readonly string[]; readonly paths: readonly string[] } {
  const known = Object.keys(codemods);
  let count = 0;
  while (count < args.length && Object.hasOwn(codemods, args[count]!)) count++;
  const next = args[count];
  // A first argument that is no codemod is a slip of the pen, not a path.
  if (count === 0) {
    if (next === undefined) throw new UsageError(`Name a codemod: ${known.join(', ')}. "codemod --list" says what each does.`);
    const near = nearestNames(next, known, 1);
    throw new UsageError(`There is no codemod "${next}".${near.length === 0 ? '' : ` Did you mean ${near[0]!}?`} There are: ${known.join(', ')}.`);
  }
  return { names: args.slice(0, count), paths: args.slice(count) };
}

/** What `--option` says of one codemod. */
function flagsOf(name: string, names: readonly string[], flags: readonly string[]): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = {};
  for (const flag of flags) {
    const equals = flag.indexOf('=');
    if (equals < 1) throw new UsageError(`--option ${flag}: write key=value, or ${name}.key=value.`);
    const [key, value] = [flag.slice(0, equals), flag.slice(equals + 1)];
    const dot = key.indexOf('.');
    if (dot !== -1 && names.includes(key.slice(0, dot))) {
      if (key.slice(0, dot) === name) given[key.slice(dot + 1)] = value;
    } else if (names.length === 1 || Object.hasOwn(codemods[name]!.options, key)) given[key] = value;
    else if (!names.some((other) => Object.hasOwn(codemods[other]!.options, key))) throw new UsageError(`--option ${flag}: none of ${names.join(', ')} has an option "${key}".`);
  }
  return given;
}

/** `--resume` and `--undo`. */
async function settle(options: CodemodOptions, workspace: string, fs: FsPort, host: CliHost): Promise<number> {
  if (options.undo === true && options.resume === true) throw new UsageError('--resume finishes a run and --undo takes it back: say one of them.');
  const outcome: WriteOutcome & { readonly what: string } = options.undo === true ? await undo(workspace, fs) : await resume(workspace, fs);
  const verb = options.undo === true ? 'put back' : 'written';
  host.stdout.write(`${outcome.what}: ${count(outcome.written.length, 'file')} ${verb}, ${outcome.unchanged.length} ${outcome.unchanged.length === 1 ? 'was' : 'were'} so already.\n`);
  for (const { path, problem } of outcome.failed) host.stderr.write(`${fromRoot(workspace, path)}: ${problem}\n`);
  return outcome.failed.length > 0 ? 3 : 0;
}
