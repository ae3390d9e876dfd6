import { relative, resolve } from 'node:path';
import { codemods } from '../../../codemods/index.js';
import { disk, type FsPort } from '../../codemod/fs-port.js';
import { JournalError, resume, undo, type WriteOutcome } from '../../codemod/journal.js';
import { CodemodOptionError, readOptions } from '../../codemod/options.js';
import { runCodemods, type RunFile } from '../../codemod/runner.js';
import { packageOfFile, workspaceRootOf } from '../../project/workspace.js';
import { changesSince } from '../changed-files.js';
import { chooser } from '../choose-edits.js';
import { createPlanner } from '../codemod-planner.js';
import { startCodemodProgress } from '../codemod-progress.js';
import { colorsFor } from '../color.js';
import { findFiles, fromRoot, isAbove } from '../find-files.js';
import { forbiddenSites } from '../forbidden-sites.js';
import { requireCleanTree } from '../git-state.js';
import type { CliHost } from '../host.js';
import { loadESLint, type LoadedESLint } from '../load-eslint.js';
import { settingsMerger } from '../merged-settings.js';
import { nearestNames } from '../nearest-names.js';
import { packageLabels } from '../package-label.js';
import { diffOf, type Patch } from '../render/codemod-diff.js';
import { jsonReport } from '../render/codemod-json.js';
import { codemodSummary, type CodemodReport } from '../render/codemod-summary.js';
import { UsageError } from '../usage-error.js';
import { NO_USER_SETTINGS, userSettings } from '../user-settings.js';

export interface CodemodOptions {
  /** Names of codemods, then paths; a name is what the list of codemods has. */
  readonly args: readonly string[];
  readonly write?: boolean | undefined;
  readonly check?: boolean | undefined;
  readonly list?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly interactive?: boolean | undefined;
  readonly package?: readonly string[] | undefined;
  readonly since?: string | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly concurrency?: number | undefined;
  /** `key=value`, or `codemod.key=value`. */
  readonly option?: readonly string[] | undefined;
  readonly resume?: boolean | undefined;
  readonly undo?: boolean | undefined;
  readonly allowDirty?: boolean | undefined;
  readonly acceptWeakGate?: boolean | undefined;
  /** `false`: nothing is type-checked. */
  readonly typeGate?: boolean | undefined;
  readonly includeTests?: boolean | undefined;
  readonly config?: boolean | undefined;
  readonly crossFile?: boolean | undefined;
  readonly runtime?: string | undefined;
  readonly cwd?: string | undefined;
  readonly color?: boolean | undefined;
  readonly fs?: FsPort | undefined;
  readonly eslint?: LoadedESLint | undefined;
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
  const workspace = workspaceRootOf(root);
  if (options.undo === true || options.resume === true) return settle(options, workspace, fs, host);
  const { names, paths } = split(options.args);
  if (options.interactive === true && !(host.stdout.isTTY && process.stdin.isTTY)) throw new UsageError('--interactive asks at a terminal, and this is none. Leave it away, or run it in one.');
  if (options.write === true && options.check === true) throw new UsageError('--check changes nothing and --write writes: say one of them.');
  await refuseOutside(paths, root, workspace, fs);
  if ((options.write === true || options.interactive === true) && options.allowDirty !== true) await requireCleanTree(workspace);

  const eslint = options.eslint ?? loadESLint(root);
  const user = options.config === false ? NO_USER_SETTINGS : userSettings(() => eslint.ESLint, root);
  const settingsOf = settingsMerger(options, (path) => user.of(path));
  const files = await filesOf(options, paths, root, eslint);
  const defaults = files[0] === undefined ? {} : await settingsOf(files[0].path);
  const chosen = names.map((name) => ({ name, options: optionsOf(name, names, defaults, options.option ?? []) }));
  const planner = await createPlanner(files.length, options.concurrency, chosen, settingsOf);
  const progress = startCodemodProgress(host, options.json === true);
  const colors = colorsFor(host, options.color);
  const started = performance.now();
  const changes: { path: string; patch: Patch }[] = [];
  try {
    const outcome = await runCodemods({
      root: workspace,
      files,
      what: names.join(', '),
      plan: (batch) => planner.plan(batch),
      forbidden: await forbiddenSites(root, eslint.ESLint, (name) => codemods[name]?.rule ?? null),
      ...(options.interactive === true ? { choose: chooser(root, colors, host) } : {}),
      fs,
      write: options.write === true || options.interactive === true,
      typeGate: options.typeGate !== false,
      acceptWeakGate: options.acceptWeakGate === true,
      onProgress: progress.update,
      onChange(change) {
        const patch = diffOf(fromRoot(root, change.path), change.before, change.after);
        if (options.json === true) changes.push({ path: change.path, patch });
        else if (options.interactive !== true) progress.print(() => host.stdout.write(patch.paint(colors)));
      },
    });
    progress.stop();
    const labelOf = packageLabels(root);
    const report: CodemodReport = {
      root, workspace, chosen, outcome, labelOf, warnings: user.warnings(), dryRun: options.write !== true && options.interactive !== true, milliseconds: performance.now() - started,
    };
    host.stdout.write(options.json === true ? jsonReport(report, changes) : codemodSummary(report, colors));
    return exitOf(options, outcome.failed.length, outcome.changed.length, outcome.weakGate);
  } finally {
    progress.stop();
    await planner.close();
  }
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

async function refuseOutside(paths: readonly string[], root: string, workspace: string, fs: FsPort): Promise<void> {
  const top = await fs.realPath(workspace);
  for (const path of paths) {
    const real = await fs.realPath(resolve(root, path));
    if (isAbove(relative(top, real).replaceAll('\\', '/'))) throw new UsageError(`${path} is outside the workspace ${workspace}: a codemod stays inside it. Run it there.`);
  }
}

async function filesOf(options: CodemodOptions, paths: readonly string[], root: string, eslint: LoadedESLint): Promise<readonly RunFile[]> {
  const found = await findFiles({ cwd: root, paths, ignore: options.ignore ?? [], includeTests: options.includeTests === true, ESLint: eslint.ESLint });
  const changes = options.since === undefined ? null : await changesSince(root, options.since);
  const files = found.files.filter(({ path }) => changes === null || changes.files.has(path)).map(({ path }) => ({ path, directory: packageOfFile(path)?.directory ?? root, name: packageOfFile(path)?.name ?? '' }));
  if (options.package === undefined) return files;
  const { default: picomatch } = await import('picomatch');
  const wanted = picomatch([...options.package]);
  const names = new Set(files.map(({ name }) => name));
  const kept = files.filter(({ name, directory }) => wanted(name) || wanted(fromRoot(root, directory)));
  if (kept.length === 0) throw new UsageError(`--package ${options.package.join(', ')}: no package with code matches. There are: ${[...names].filter((name) => name !== '').slice(0, 20).join(', ')}.`);
  return kept;
}

/** Defaults, then `settings.resilience.codemods`, then the command line. */
function optionsOf(name: string, names: readonly string[], settings: Readonly<Record<string, unknown>>, flags: readonly string[]): Readonly<Record<string, unknown>> {
  const { options: specs } = codemods[name]!;
  const byUser = (settings['codemods'] as Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined)?.[name] ?? {};
  const given: Record<string, unknown> = { ...byUser };
  for (const flag of flags) {
    const equals = flag.indexOf('=');
    if (equals < 1) throw new UsageError(`--option ${flag}: write key=value, or ${name}.key=value.`);
    const [key, value] = [flag.slice(0, equals), flag.slice(equals + 1)];
    const dot = key.indexOf('.');
    if (dot !== -1 && names.includes(key.slice(0, dot))) {
      if (key.slice(0, dot) === name) given[key.slice(dot + 1)] = value;
    } else if (names.length === 1 || Object.hasOwn(specs, key)) given[key] = value;
    else if (!names.some((other) => Object.hasOwn(codemods[other]!.options, key))) throw new UsageError(`--option ${flag}: none of ${names.join(', ')} has an option "${key}".`);
  }
  return readOptions(name, specs, given);
}

/** `--resume` and `--undo`. */
async function settle(options: CodemodOptions, workspace: string, fs: FsPort, host: CliHost): Promise<number> {
  if (options.undo === true && options.resume === true) throw new UsageError('--resume finishes a run and --undo takes it back: say one of them.');
  const outcome: WriteOutcome & { readonly what: string } = options.undo === true ? await undo(workspace, fs) : await resume(workspace, fs);
  const verb = options.undo === true ? 'put back' : 'written';
  host.stdout.write(`${outcome.what}: ${outcome.written.length} files ${verb}, ${outcome.unchanged.length} were so already.\n`);
  for (const { path, problem } of outcome.failed) host.stderr.write(`${fromRoot(workspace, path)}: ${problem}\n`);
  return outcome.failed.length > 0 ? 3 : 0;
}
