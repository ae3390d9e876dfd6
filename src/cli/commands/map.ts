import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSettings } from '../../eslint/settings.js';
import { openProject, wholeProject } from '../../facts/open-project.js';
import { buildMap, type MapInput } from '../../map/build-map.js';
import type { FailureMap } from '../../map/types.js';
import { nearestPackage } from '../../project/workspace.js';
import { findFiles, fromRoot } from '../find-files.js';
import type { CliHost } from '../host.js';
import { loadESLint, type LoadedESLint } from '../load-eslint.js';
import { compareWithBaseline } from '../map-baseline.js';
import { faultsOf, type FailOn } from '../map-faults.js';
import { settingsMerger } from '../merged-settings.js';
import { ownVersion } from '../own-version.js';
import { startProgress } from '../progress.js';
import { mapRenderer, type MapFormat } from '../render/map/formats.js';
import { renderFaults } from '../render/map/faults.js';
import { requireParser } from '../require-parser.js';
import { oneLine, UsageError } from '../usage-error.js';
import { NO_USER_SETTINGS, userSettings } from '../user-settings.js';
import { writeReport } from '../write-report.js';

export interface MapOptions {
  readonly paths: readonly string[];
  readonly format: MapFormat;
  readonly outputFile?: string | undefined;
  /** The states that fail the run; absent: none. */
  readonly failOn?: FailOn | undefined;
  readonly baseline?: string | undefined;
  readonly updateBaseline?: boolean | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly includeTests?: boolean | undefined;
  readonly cwd?: string | undefined;
  readonly color?: boolean | undefined;
  /** `false`: the user's ESLint configuration is not asked for settings. */
  readonly config?: boolean | undefined;
  /** `false`: no other file is read for the judgement of one. */
  readonly crossFile?: boolean | undefined;
  /** The ESLint that reads the user's configuration; absent: the project's. */
  readonly eslint?: LoadedESLint | undefined;
}

/** Prints the failure map. Gives the exit code: 0, or 1 for what `--fail-on` names. */
export async function runMap(options: MapOptions, host: CliHost): Promise<number> {
  if (options.updateBaseline === true && options.baseline === undefined) throw new UsageError('--update-baseline needs --baseline <file>: the file to write.');
  const root = rootOf(options, host);
  const map = await readMap(options, host, root);
  const render = await mapRenderer(options.format);
  const text = render(map, { host, color: options.outputFile === undefined ? options.color : (options.color ?? false) });
  await writeReport(text, options, host);
  // A baseline without --fail-on is about the calls that wait for ever.
  const failOn = options.failOn ?? (options.baseline === undefined ? null : 'unbounded');
  if (failOn === null) return 0;
  const faults = faultsOf(map, failOn);
  const outcome = options.baseline === undefined ? null : await compareWithBaseline({ file: resolve(root, options.baseline), name: options.baseline, update: options.updateBaseline === true, faults });
  const failed = outcome?.fresh ?? faults;
  // What a machine reads stays whole: what is said of it goes beside it.
  const sink = options.format === 'table' && options.outputFile === undefined ? host.stdout : host.stderr;
  sink.write(renderFaults({ failOn, failed, outcome }));
  return failed.length > 0 ? 1 : 0;
}

/** Reads the workspace. Prints nothing but progress and warnings. */
export async function readMap(options: MapOptions, host: CliHost, root = rootOf(options, host)): Promise<FailureMap> {
  const { input, close } = await openWorkspace(options, host, root);
  try {
    return buildMap(input);
  } finally {
    close();
  }
}

/** The files to read, each with the settings in force for it. */
export async function openWorkspace(options: MapOptions, host: CliHost, root = rootOf(options, host)): Promise<{ readonly input: MapInput; readonly close: () => void }> {
  if (nearestPackage(join(root, 'package.json')) === null) throw new UsageError(`${root}: there is no package.json here or above. Run it in a package or a workspace, or name one with --cwd.`);
  requireParser();
  const eslint = (): LoadedESLint => options.eslint ?? loadESLint(root);
  const { files } = await findFiles({ cwd: root, paths: options.paths, ignore: options.ignore ?? [], includeTests: options.includeTests === true, loadESLint: () => eslint().ESLint });
  const user = options.config === false ? NO_USER_SETTINGS : userSettings(() => eslint().ESLint, root);
  const settingsOf = settingsMerger(options, (path) => user.of(path));
  const byPath = new Map<string, ReturnType<typeof readSettings>>();
  for (const { path } of files) byPath.set(path, readSettings({ resilience: await settingsOf(path) }));
  const common = readSettings({ resilience: await settingsOf(join(root, 'index.js')) });
  for (const warning of user.warnings()) host.stderr.write(`warning: ${warning}\n`);
  const progress = await startProgress(host, 'Reading files');
  return {
    input: {
      root,
      files: files.map(({ path }) => path),
      projectOf: (path) => openProject(path, byPath.get(path) ?? common),
      whole: wholeProject(root, common),
      pluginVersion: ownVersion(),
      onFile: (done, path) => progress.update(done, files.length, fromRoot(root, path)),
    },
    close: () => progress.stop(),
  };
}

/** With links followed, as imports are. */
function rootOf(options: MapOptions, host: CliHost): string {
  const root = resolve(host.cwd, options.cwd ?? '.');
  try {
    return realpathSync(root);
  } catch (error) {
    throw new UsageError(`--cwd ${options.cwd ?? '.'} cannot be read: ${oneLine(error)}`);
  }
}
