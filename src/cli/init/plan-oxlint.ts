import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PresetName } from '../../configs.js';
import { fromRoot } from '../find-files.js';
import { count } from '../render/words.js';
import { oneLine, UsageError } from '../usage-error.js';
import type { FoundConfigs } from './find-config.js';
import type { InitPlan } from './init-plan.js';
import { commandOf, installedIn } from './installed.js';
import { editOxlint, EMPTY_OXLINT, oxlintPreset } from './oxlint-config.js';
import { presetReasons } from './preset-reasons.js';
import { PLUGIN } from './preset-uses.js';
import { browserFolders, packagesBelow } from './workspace-facts.js';

/** How a preset gets into an oxlint configuration. */
export function planOxlint(cwd: string, { root, oxlint }: FoundConfigs, preset: PresetName): InitPlan {
  const path = oxlint ?? join(root, '.oxlintrc.json');
  const folder = dirname(path);
  const name = fromRoot(cwd, path);
  const packages = packagesBelow(folder);
  const left = browserFolders(packages);
  const byHand = [
    `Add to ${name} by hand:`,
    `  jsPlugins: ['${PLUGIN}']`,
    '  rules:',
    ...Object.entries(oxlintPreset(preset).rules).map(([rule, entry]) => `    '${rule}': ${JSON.stringify(entry).replaceAll('"', "'")},`),
  ];
  if (path.endsWith('.ts')) return { is: 'left', why: `${name} is left alone: it is a program.`, lines: byHand };
  const before = oxlint === null ? null : readFileSync(path, 'utf8');
  const edit = editOxlint(before ?? EMPTY_OXLINT, preset, left.map((one) => `${one}/**`));
  if (edit.is === 'left') return { is: 'left', why: `${name} is left alone: ${edit.why}.`, lines: byHand };
  if (edit.is === 'there') return { is: 'there', why: [`${name} has the rules of ${preset} already: nothing to change`], hints: [] };
  const problem = tryOxlint(folder, path, edit.text);
  if (problem.failed !== null) return { is: 'left', why: `${name} is left alone: with the lines added, oxlint would not load it (${problem.failed}).`, lines: byHand };
  return {
    is: 'change',
    path,
    before,
    after: edit.text,
    why: [`configuration: ${name}${before === null ? ' (new)' : ''}`, ...presetReasons(preset, packages, left), `note: ${count(Object.keys(oxlintPreset(preset).rules).length, 'rule')} are named one by one; docs/oxlint.md tells how to extend the preset's file instead`],
    tried: problem.how,
    hints: [],
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Lets the oxlint of the project read the text, where both it and the plugin are installed. */
function tryOxlint(folder: string, path: string, text: string): { readonly failed: string | null; readonly how: string } {
  const command = commandOf(folder, 'oxlint');
  if (command === null || installedIn(folder, PLUGIN) === null) return { failed: null, how: 'Not tried: oxlint or the plugin is not installed here.' };
  const [scratch, probe] = [join(folder, `.${basename(path, '.json')}.init-${process.pid}.json`), join(folder, `.init-probe-${process.pid}.js`)];
  const remove = (): void => [scratch, probe].forEach((one) => rmSync(one, { force: true }));
  process.once('exit', remove);
  try {
    writeFileSync(scratch, text, { flag: 'wx' });
    writeFileSync(probe, '', { flag: 'wx' });
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, '--config', basename(scratch), '--no-ignore', '--format', 'json', basename(probe)], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
    // It prints a report, with findings or without, once it has read its configuration; else words.
    if (status === 0 || isJson(stdout)) return { failed: null, how: `Tried with oxlint ${installedIn(folder, 'oxlint') ?? ''}: it loads.` };
    return { failed: oneLine(new Error(`${stdout}\n${stderr}`.replace(/^Failed to parse oxlint configuration file\.$/m, ''))), how: '' };
  } catch (error) {
    throw new UsageError(`${folder} cannot be written to: ${oneLine(error)}`);
  } finally {
    remove();
    process.off('exit', remove);
  }
}
