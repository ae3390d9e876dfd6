import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FilePlan } from '../codemod/plan-file.js';
import type { RunFile } from '../codemod/runner.js';
import planTask, { type PlanTask } from './codemod-worker.js';

/** Plans files, in this thread or in others. */
export interface Planner {
  /** The plans of some files, in their order. */
  plan(files: readonly RunFile[]): Promise<readonly FilePlan[]>;
  /** How many files are worth asking for at once. */
  readonly batch: number;
  close(): Promise<void>;
}

/** Each thread loads the rules and the models anew, half a second of work and 60 MB: below this many files that is more than it gains. */
const FILES_A_THREAD = 10_000;
const MOST_THREADS = 8;
/** Files of one task. A package stays in one thread as far as that goes, since each thread gets to know a package by itself. */
const FILES_A_TASK = 250;
/** Tasks that wait for each thread, so that none is idle while the answers of the others are worked on. */
const TASKS_A_THREAD = 2;

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
  const wanted = Math.max(1, threads ?? Math.min(availableParallelism(), MOST_THREADS, Math.floor(files / FILES_A_THREAD)));
  const run = wanted > 1 ? await inThreads(wanted) : { task: (task: PlanTask) => Promise.resolve(planTask(task)), close: () => Promise.resolve() };
  return {
    batch: FILES_A_TASK * (wanted > 1 ? wanted * TASKS_A_THREAD : 1),
    async plan(asked) {
      const plans = new Array<FilePlan>(asked.length);
      const settings = await Promise.all(asked.map(({ path }) => settingsOf(path)));
      await Promise.all(
        tasksOf(asked, settings).map(async ({ from, to }) => {
          const task: PlanTask = { paths: asked.slice(from, to).map(({ path }) => path), chosen, settings: settings[from] as PlanTask['settings'] };
          (await run.task(task)).forEach((plan, index) => (plans[from + index] = plan));
        }),
      );
      return plans;
    },
    close: run.close,
  };
}

/** Runs of files with the same settings, of one package where that fills a task. */
function tasksOf(files: readonly RunFile[], settings: readonly object[]): readonly { readonly from: number; readonly to: number }[] {
  const tasks: { from: number; to: number }[] = [];
  for (let from = 0; from < files.length; ) {
    let to = from + 1;
    let lastChange = 0;
    while (to < files.length && to - from < FILES_A_TASK && settings[to] === settings[from]) {
      if (files[to]!.directory !== files[to - 1]!.directory) lastChange = to;
      to++;
    }
    // Cut where a package ends, unless that leaves little.
    const isCut = to < files.length && settings[to] === settings[from] && files[to]!.directory === files[to - 1]!.directory;
    if (isCut && lastChange - from > FILES_A_TASK / 2) to = lastChange;
    tasks.push({ from, to });
    from = to;
  }
  return tasks;
}

async function inThreads(threads: number): Promise<{ task(task: PlanTask): Promise<FilePlan[]>; close(): Promise<void> }> {
  const { Tinypool } = await import('tinypool');
  const pool = new Tinypool({ filename: fileURLToPath(new URL('./codemod-worker.js', import.meta.url)), minThreads: threads, maxThreads: threads, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
  return { task: (task) => pool.run(task) as Promise<FilePlan[]>, close: () => pool.destroy() };
}

/** What a thread has just made is mostly let go at once: more room for it is only kept. */
const YOUNG_MB = 16;
