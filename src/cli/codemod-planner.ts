import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FilePlan } from '../codemod/plan-file.js';
import planTask, { type PlanTask } from './codemod-worker.js';

/** Plans files, in this thread or in others. */
export interface Planner {
  plan(paths: readonly string[]): Promise<readonly FilePlan[]>;
  close(): Promise<void>;
}

/** Below this many files starting threads costs more than it gains. */
const FILES_A_THREAD = 400;
const MOST_THREADS = 8;

/**
 * @param threads as the user said; absent: by the number of files
 * @param settingsOf `settings.resilience` in force for a file
 */
export async function createPlanner(
  files: number,
  threads: number | undefined,
  chosen: PlanTask['chosen'],
  settingsOf: (path: string) => Promise<Readonly<Record<string, unknown>>>,
): Promise<Planner> {
  const wanted = threads ?? Math.min(availableParallelism(), MOST_THREADS, Math.floor(files / FILES_A_THREAD));
  const run = wanted > 1 ? await inThreads(wanted) : { task: (task: PlanTask) => Promise.resolve(planTask(task)), close: () => Promise.resolve() };
  return {
    async plan(paths) {
      const tasks: { readonly task: PlanTask; readonly at: number[] }[] = [];
      const bySettings = new Map<object, { readonly paths: string[]; readonly at: number[] }>();
      for (const [index, path] of paths.entries()) {
        const settings = await settingsOf(path);
        const group = bySettings.get(settings);
        if (group === undefined) bySettings.set(settings, { paths: [path], at: [index] });
        else {
          group.paths.push(path);
          group.at.push(index);
        }
      }
      for (const [settings, group] of bySettings) {
        const size = Math.ceil(group.paths.length / Math.max(wanted, 1));
        for (let from = 0; from < group.paths.length; from += size) {
          tasks.push({ task: { paths: group.paths.slice(from, from + size), chosen, settings: settings as PlanTask['settings'] }, at: group.at.slice(from, from + size) });
        }
      }
      const plans = new Array<FilePlan>(paths.length);
      await Promise.all(tasks.map(async ({ task, at }) => (await run.task(task)).forEach((plan, index) => (plans[at[index]!] = plan))));
      return plans;
    },
    close: run.close,
  };
}

async function inThreads(threads: number): Promise<{ task(task: PlanTask): Promise<FilePlan[]>; close(): Promise<void> }> {
  const { Tinypool } = await import('tinypool');
  const pool = new Tinypool({ filename: fileURLToPath(new URL('./codemod-worker.js', import.meta.url)), minThreads: threads, maxThreads: threads });
  return { task: (task) => pool.run(task) as Promise<FilePlan[]>, close: () => pool.destroy() };
}
