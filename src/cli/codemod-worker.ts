import { readFileSync } from 'node:fs';
import { codemods } from '../../codemods/index.js';
import { decode, problemOf } from '../codemod/fs-port.js';
import { planFile, type ChosenCodemod, type FilePlan } from '../codemod/plan-file.js';
import { openProject } from '../facts/open-project.js';
import { readSettings } from '../eslint/settings.js';

/** What a worker thread is asked. Settings are those of `settings.resilience`, one for all these files. */
export interface PlanTask {
  readonly paths: readonly string[];
  readonly chosen: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Plans some files: the function that each worker thread runs, and that the main thread runs where there are none. */
export default function planTask({ paths, chosen, settings }: PlanTask): FilePlan[] {
  const known = chosen.map(({ name, options }): ChosenCodemod => ({ codemod: codemods[name]!, options }));
  const read = settingsOf(settings);
  const texts = paths.map((path): string | Error => {
    try {
      const text = readFileSync(path, 'utf8');
      openProject(path, read).noteText(path, text);
      return text;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  });
  return paths.map((path, index): FilePlan => {
    const text = texts[index]!;
    if (text instanceof Error) return { is: 'failed', problem: problemOf(text) };
    try {
      const plan = planFile(path, text, known, read);
      // Only what would be written has to be kept byte for byte. The sign stands for bytes that are not UTF-8, or for itself.
      if (plan.is === 'steps' && text.includes('\ufffd')) decode(readFileSync(path));
      return plan;
    } catch (error) {
      return { is: 'failed', problem: problemOf(error) };
    }
  });
}

const settingsByText = new Map<string, ReturnType<typeof readSettings>>();

/** One object for settings that say the same: what is known of a project hangs on it. */
function settingsOf(settings: Readonly<Record<string, unknown>>): ReturnType<typeof readSettings> {
  const key = JSON.stringify(settings);
  let known = settingsByText.get(key);
  if (known === undefined) settingsByText.set(key, (known = readSettings({ resilience: settings })));
  return known;
}
