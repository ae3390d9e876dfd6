import { relative, resolve } from 'node:path';
import { codemods } from '../../codemods/index.js';
import { completePackage } from '../codemod/complete-package.js';
import { rulesOf } from '../codemod/define-codemod.js';
import type { FsPort } from '../codemod/fs-port.js';
import { readOptions } from '../codemod/options.js';
import { runCodemods, type RunFile, type RunInput, type RunOutcome } from '../codemod/runner.js';
import { memberOfFile } from '../project/member.js';
import { workspaceRootOf } from '../project/workspace.js';
import { changesSince } from './changed-files.js';
import { createPlanner } from './codemod-planner.js';
import { findFiles, fromRoot, isAbove } from './find-files.js';
import { forbiddenSites } from './forbidden-sites.js';
import { requireCleanTree } from './git-state.js';
import { loadESLint, type LoadedESLint } from './load-eslint.js';
import { settingsMerger } from './merged-settings.js';
import { packageLabels } from './package-label.js';
import { parseShard, takeShare, type Share } from './shard.js';
import { requireParser } from './require-parser.js';
import { UsageError } from './usage-error.js';
import { NO_USER_SETTINGS, userSettings } from './user-settings.js';

/** What is run, over which files, and how careful; the same for the command line and for programs. */
export interface RunRequest {
  /** Names of codemods, in their order. */
  readonly names: readonly string[];
  /** Files, folders or globs; none: the working directory. */
  readonly paths: readonly string[];
  readonly write: boolean;
  readonly package?: readonly string[] | undefined;
  readonly since?: string | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly concurrency?: number | undefined;
  readonly allowDirty?: boolean | undefined;
  readonly acceptWeakGate?: boolean | undefined;
  /** `false`: nothing is type-checked. */
  readonly typeGate?: boolean | undefined;
  readonly includeTests?: boolean | undefined;
  /** `false`: `settings.resilience` of the user's ESLint configuration is not read. */
  readonly config?: boolean | undefined;
  readonly crossFile?: boolean | undefined;
  readonly runtime?: string | undefined;
  /** `i/n`: the packages of one of n runs. */
  readonly shard?: string | undefined;
  readonly eslint?: LoadedESLint | undefined;
}

/** What the caller of a run takes part in. */
export interface RunHooks extends Pick<RunInput, 'choose' | 'onProgress' | 'onChange'> {
  /** The caller's own options of a codemod, on top of those in the settings. */
  readonly optionsOf: (name: string) => Readonly<Record<string, unknown>>;
}

/** A run of codemods with what is needed to speak of it. */
export interface FinishedRun {
  readonly root: string;
  readonly workspace: string;
  readonly chosen: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
  readonly outcome: RunOutcome;
  readonly labelOf: (path: string) => string;
  /** `null`: the run was not one of several. */
  readonly shard: Share | null;
  readonly warnings: readonly string[];
  readonly dryRun: boolean;
  readonly milliseconds: number;
}

/**
 * Plans, checks and, where that is wanted, writes.
 * @param root where paths start
 * @throws UsageError, JournalError, CodemodOptionError: nothing was written then
 */
export async function carryOut(root: string, request: RunRequest, fs: FsPort, hooks: RunHooks): Promise<FinishedRun> {
  const started = performance.now();
  const shard = parseShard(request.shard);
  const workspace = workspaceRootOf(root);
  await refuseOutside(request.paths, root, workspace, fs);
  if (request.write && request.allowDirty !== true) await requireCleanTree(workspace);

  // For the user's settings, for comments that switch rules off, and for paths that look like tests: where there is none of that, none is loaded.
  let loaded: LoadedESLint | undefined;
  const load = (): LoadedESLint['ESLint'] => (loaded ??= request.eslint ?? loadESLint(root)).ESLint;
  const user = request.config === false ? NO_USER_SETTINGS : userSettings(load, root);
  const settingsOf = settingsMerger(request, (path) => user.of(path));
  const all = await filesOf(request, root, load);
  // Of the first file of all, so that every shard writes the same numbers.
  const defaults = all[0] === undefined ? {} : await settingsOf(all[0].path);
  const own = shard === null ? null : takeShare(shard, root, all.map(({ path }) => path), []);
  const files = own === null ? all : all.filter(({ path }) => own.has(path));
  const chosen = request.names.map((name) => ({ name, options: readOptions(name, codemods[name]!.options, { ...fromSettings(defaults, name), ...hooks.optionsOf(name) }) }));
  const planner = await createPlanner(files.length, request.concurrency, chosen, settingsOf);
  try {
    const outcome = await runCodemods({
      root: workspace,
      files,
      what: request.names.join(', '),
      plan: (batch) => planner.plan(batch),
      batch: planner.batch,
      complete: (directory, edits) => completePackage(chosen.map(({ name, options }) => ({ codemod: codemods[name]!, options })), directory, edits, async (path) => ((await fs.exists(path)) ? fs.readText(path) : null)),
      forbidden: await forbiddenSites(root, load, (step) => (step.kind === 'edit' ? step.mends : undefined) ?? rulesOf(codemods[step.codemod]!)),
      fs,
      write: request.write,
      typeGate: request.typeGate !== false,
      acceptWeakGate: request.acceptWeakGate === true,
      onChange: hooks.onChange,
      ...(hooks.choose === undefined ? {} : { choose: hooks.choose }),
      ...(hooks.onProgress === undefined ? {} : { onProgress: hooks.onProgress }),
    });
    return { root, workspace, chosen, outcome, labelOf: packageLabels(root), shard: own?.share ?? null, warnings: user.warnings(), dryRun: !request.write, milliseconds: performance.now() - started };
  } finally {
    await planner.close();
  }
}

/** Options of a codemod in `settings.resilience.codemods`. */
function fromSettings(settings: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  return (settings['codemods'] as Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined)?.[name] ?? {};
}

async function refuseOutside(paths: readonly string[], root: string, workspace: string, fs: FsPort): Promise<void> {
  const top = await fs.realPath(workspace);
  for (const path of paths) {
    const real = await fs.realPath(resolve(root, path));
    if (isAbove(relative(top, real).replaceAll('\\', '/'))) throw new UsageError(`${path} is outside the workspace ${workspace}: a codemod stays inside it. Run it there.`);
  }
}

async function filesOf(request: RunRequest, root: string, load: () => LoadedESLint['ESLint']): Promise<readonly RunFile[]> {
  requireParser();
  const found = await findFiles({ cwd: root, paths: request.paths, ignore: request.ignore ?? [], includeTests: request.includeTests === true, loadESLint: load });
  const changes = request.since === undefined ? null : await changesSince(root, request.since);
  const files = found.files
    .filter(({ path }) => changes === null || changes.files.has(path))
    .map(({ path }) => {
      const member = memberOfFile(path);
      return { path, directory: member?.directory ?? root, name: member?.name ?? '' };
    });
  if (request.package === undefined || request.package.length === 0) return files;
  const { default: picomatch } = await import('picomatch');
  const wanted = picomatch([...request.package]);
  const names = new Set(files.map(({ name }) => name));
  const kept = files.filter(({ name, directory }) => wanted(name) || wanted(fromRoot(root, directory)));
  if (kept.length === 0) throw new UsageError(`--package ${request.package.join(', ')}: no package with code matches. There are: ${[...names].filter((name) => name !== '').slice(0, 20).join(', ')}.`);
  return kept;
}
