import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { rules } from '../../../rules/index.js';
import { presetNames, type PresetName } from '../../configs.js';
import { isDirectory } from '../../project/disk.js';
import { nearestPackage } from '../../project/workspace.js';
import { colorsFor } from '../color.js';
import { fromRoot } from '../find-files.js';
import type { CliHost } from '../host.js';
import { findConfigs, type FoundConfigs } from '../init/find-config.js';
import type { Ask, InitPlan } from '../init/init-plan.js';
import { installedIn } from '../init/installed.js';
import { planESLint } from '../init/plan-eslint.js';
import { planOxlint } from '../init/plan-oxlint.js';
import { PLUGIN } from '../init/preset-uses.js';
import { suppressFindings } from '../init/suppress-findings.js';
import { installCommand } from '../install-command.js';
import { diffOf } from '../render/codemod-diff.js';
import { oneLine, UsageError } from '../usage-error.js';

export interface InitOptions {
  readonly yes?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly preset: string;
  readonly baseline?: boolean | undefined;
  readonly oxlint?: boolean | undefined;
  readonly cwd?: string | undefined;
  readonly color?: boolean | undefined;
  /** Asks somebody; absent: the terminal, where there is one. */
  readonly ask?: Ask | undefined;
}

const CI_PAGE = 'https://github.com/eslint-plugin-resilience/eslint-plugin-resilience/blob/main/docs/ci.md';

/** Adds the plugin to a configuration of ESLint or oxlint. Gives the exit code: 0 done, there already or shown, 1 findings beyond the baseline, 2 nothing could be done. */
export async function runInit(options: InitOptions, host: CliHost): Promise<number> {
  const cwd = resolve(host.cwd, options.cwd ?? '.');
  if (!isDirectory(cwd)) throw new UsageError(`--cwd ${options.cwd ?? '.'}: there is no such folder.`);
  if (options.yes === true && options.dryRun === true) throw new UsageError('--yes writes and --dry-run does not: say one of them.');
  const preset = presetNames(rules).find((known) => known === options.preset);
  if (preset === undefined) throw new UsageError(`--preset ${options.preset}: there is no such preset. Presets: ${presetNames(rules).join(', ')}.`);
  const found = findConfigs(cwd);
  const oxlint = options.oxlint === true || usesOxlintAlone(found);
  if (oxlint && options.baseline === true) throw new UsageError('--baseline writes the suppressions of ESLint. Beside oxlint, use: npx eslint-plugin-resilience check --baseline resilience-baseline.json --update-baseline');
  const folder = dirname(found.flat ?? `${found.root}/eslint.config.js`);
  const installed = installedIn(folder, PLUGIN) !== null;
  const install = installCommand(folder, [...(oxlint || installedIn(folder, 'eslint') !== null ? [] : ['eslint']), PLUGIN]);
  if (options.yes === true && !installed) throw new UsageError(`${PLUGIN} is not installed here, so the configuration would not load. Install it, then run this again: ${install}`);

  const asks = options.dryRun !== true && options.yes !== true && installed && (options.ask !== undefined || (host.stdout.isTTY && process.stdin.isTTY));
  const ask = asks ? (options.ask ?? askTerminal) : meant;
  const plan = oxlint ? planOxlint(cwd, found, preset) : await planESLint(cwd, found, preset, ask);
  if (plan.is === 'left') {
    host.stderr.write(`${[plan.why, ...plan.lines].join('\n')}\n`);
    return 2;
  }
  if (plan.is === 'there') {
    host.stdout.write(`${[...plan.why, ...plan.hints].join('\n')}\n`);
    if (options.baseline !== true) return 0;
    if (options.yes === true || (asks && (await ask('Have ESLint write the findings of today to eslint-suppressions.json?', true)))) return writeBaseline(folder, host);
    host.stdout.write(`${asks ? 'No baseline is written.' : options.dryRun === true ? 'No baseline is written: this is a dry run.' : 'No baseline is written: nobody can be asked here. --yes writes it.'}\n`);
    return 0;
  }
  show(plan, cwd, host, options.color);
  const write = options.yes === true || (asks && (await ask(`Write ${fromRoot(cwd, plan.path)}?`, true)));
  if (!write) {
    host.stdout.write(`${unwritten(options, asks, installed, install)}\n`);
    return 0;
  }
  await writeConfig(plan, cwd);
  host.stdout.write(`${plan.tried}\n${fromRoot(cwd, plan.path)} written.\n`);
  const exit = options.baseline === true ? await writeBaseline(folder, host) : 0;
  host.stdout.write(`${nextSteps(plan, preset, oxlint, options.baseline === true).join('\n')}\n`);
  return exit;
}

/** No ESLint is there, and oxlint is. */
function usesOxlintAlone({ root, flat, legacy, below, oxlint }: FoundConfigs): boolean {
  return oxlint !== null && flat === null && legacy.length === 0 && below.length === 0 && nearestPackage(root)?.dependencies.has('eslint') !== true;
}

const meant: Ask = async (_question, usual) => usual;

const askTerminal: Ask = async (message, initialValue) => {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message, initialValue });
  return !isCancel(answer) && answer;
};

type Change = Extract<InitPlan, { readonly is: 'change' }>;

function show(plan: Change, cwd: string, host: CliHost, color: boolean | undefined): void {
  const patch = diffOf(fromRoot(cwd, plan.path), plan.before ?? '', plan.after);
  host.stdout.write(`${plan.why.join('\n')}\n\n${patch.paint(colorsFor(host, color))}\n`);
}

function unwritten({ dryRun, baseline }: InitOptions, asked: boolean, installed: boolean, install: string): string {
  const also = baseline === true ? ' No baseline either.' : '';
  if (!installed) return `Nothing is written: ${PLUGIN} is not installed here. Install it, then run this again:${also}\n  ${install}`;
  if (asked) return `Nothing is written.${also}`;
  return dryRun === true ? `Nothing is written: this is a dry run.${also}` : `Nothing is written: nobody can be asked here, so this was a dry run. --yes writes.${also}`;
}

/** @throws UsageError when the file is no longer what the change was made of, or cannot be written */
async function writeConfig({ path, before, after }: Change, cwd: string): Promise<void> {
  let now: string | null = null;
  try {
    now = readFileSync(path, 'utf8');
  } catch {
    // Not there: as it was when the change was made, or somebody has taken it away.
  }
  const name = fromRoot(cwd, path);
  if (now !== before) throw new UsageError(`${name} was changed meanwhile and is left as it is. Run this again.`);
  const { default: writeFileAtomic } = await import('write-file-atomic');
  try {
    await writeFileAtomic(path, after);
  } catch (error) {
    throw new UsageError(`${name} cannot be written: ${oneLine(error)}`);
  }
}

async function writeBaseline(folder: string, host: CliHost): Promise<number> {
  host.stderr.write('ESLint reads the project for the baseline …\n');
  const { exit, lines } = await suppressFindings(folder);
  host.stdout.write(`${lines.join('\n')}\n`);
  return exit;
}

function nextSteps({ hints }: Change, preset: PresetName, oxlint: boolean, baseline: boolean): readonly string[] {
  const step = (command: string, what: string): string => `  ${command.padEnd(52)} ${what}`;
  return [
    ...hints,
    'Next:',
    step(oxlint ? 'npx oxlint' : 'npx eslint .', 'the findings of today; editors show them too'),
    step('npx eslint-plugin-resilience explain <file>:<line>', 'why a line is reported'),
    ...(baseline || oxlint ? [] : [step('npx eslint-plugin-resilience init --baseline', 'passes over them, and reports what is new')]),
    ...(preset === 'recommended' ? [] : ['  Rules of severity warn do not fail a run without --max-warnings.']),
    `  CI: ${CI_PAGE}`,
  ];
}
