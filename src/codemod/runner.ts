import { setImmediate as breathe } from 'node:timers/promises';
import { hashOf, problemOf, type FsPort } from './fs-port.js';
import { openJournal, requireSettled, type WriteOutcome } from './journal.js';
import { afterSteps, stepsAt, type FilePlan, type PlacedStep } from './plan-file.js';
import type { PackageFiles, PlannedEdit } from './define-codemod.js';
import type { GateOutcome } from './type-gate.js';

/** A file with the package it belongs to. */
export interface RunFile {
  readonly path: string;
  /** Folder of the package. */
  readonly directory: string;
}

/** A change of one file, ready to be shown or written. */
export interface Change {
  readonly path: string;
  /** Empty for a file that is made. */
  readonly before: string;
  readonly after: string;
  /** Empty for what a package needs beside the edits. */
  readonly edits: readonly (PlannedEdit & PlacedStep)[];
  readonly isNew?: true;
}

/** A place that is left alone. */
export interface Skip {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly codemod: string;
  /** A code that is counted: of the codemod's own refusals, or of the run's (`REASONS`). */
  readonly reason: string;
  readonly detail: string;
}

/** An edit that may be made, with the file it is made in. */
export interface Completed {
  readonly path: string;
  readonly edit: PlannedEdit & PlacedStep;
}

type Rejection = GateOutcome['rejected'][number];

type Unread = Extract<FilePlan, { readonly is: 'unread' }>;

/** Reasons that the run itself gives, a clause each. */
export const REASONS: Readonly<Record<string, string>> = {
  'overlapping-edits': 'another edit of this run changes the same text; run it again',
  'disabled-by-comment': 'a comment switches the rule off here',
  'suppressed-in-bulk': 'eslint-suppressions.json lets this file pass',
  'would-not-parse': 'the file would no longer parse',
  'type-error': 'the file would gain a type error',
  declined: 'you said no',
  'already-so': 'nothing would change',
};

export interface RunInput {
  readonly root: string;
  readonly files: readonly RunFile[];
  /** The run, as people would name it: `add-timeouts`. */
  readonly what: string;
  /** Plans some files, in their order. */
  readonly plan: (files: readonly RunFile[]) => Promise<readonly FilePlan[]>;
  /** Files that a package needs beside some edits; absent: none of the codemods asks for any. */
  readonly complete?: (directory: string, edits: readonly Completed[]) => Promise<PackageFiles>;
  /** How many files are planned at once: what is read of them is let go again. */
  readonly batch: number;
  /** Which of these steps comments or suppressions forbid; the reason, by index. */
  readonly forbidden: (path: string, source: string, steps: readonly PlacedStep[]) => Promise<ReadonlyMap<number, string>>;
  /** Asks a person about each edit; absent: all are wanted. `stop` ends the run with what was wanted until then. */
  readonly choose?: (path: string, source: string, edit: PlannedEdit & PlacedStep) => Promise<'yes' | 'no' | 'stop'>;
  readonly fs: FsPort;
  readonly write: boolean;
  readonly typeGate: boolean;
  readonly acceptWeakGate: boolean;
  readonly onProgress?: (stage: 'plan' | 'types' | 'write', done: number, total: number, at: string) => void;
  /** Called for every change that passed, in the order of the files; nothing is kept of it. */
  readonly onChange: (change: Change) => void;
}

export interface PackageGate extends GateOutcome {
  readonly directory: string;
  readonly milliseconds: number;
  /** Memory of the process after it, bytes. */
  readonly rss: number;
  /** Too few imports were found, or the configuration cannot be used: that nothing was found says little. */
  readonly weak: boolean;
}

export interface RunOutcome {
  readonly filesRead: number;
  /** Files with edits that passed, with the number of edits and their codemods' names. */
  readonly changed: readonly { readonly path: string; readonly directory: string; readonly edits: number }[];
  readonly skips: readonly Skip[];
  readonly unread: readonly { readonly path: string; readonly why: Unread['why']; readonly message: string }[];
  readonly failed: readonly { readonly path: string; readonly problem: string }[];
  readonly gates: readonly PackageGate[];
  /** `null`: nothing was to be written. */
  readonly written: WriteOutcome | null;
  /** Nothing was written since a gate could not see enough of the types. */
  readonly weakGate: boolean;
  /** A person ended the run. */
  readonly stopped: boolean;
}

/** Plans all files, checks a package at a time, and writes at the very end: all or nothing of the disk is touched before. */
export async function runCodemods(input: RunInput): Promise<RunOutcome> {
  if (input.write) await requireSettled(input.root, input.fs);
  const run = new Run(input);
  await run.plan();
  await run.check();
  return run.finish();
}

interface Pending {
  readonly file: RunFile;
  readonly steps: readonly (PlannedEdit & PlacedStep)[];
  /** Of the text that was planned: what has changed since is planned anew another time. */
  readonly hash: string;
}

class Run {
  readonly #input: RunInput;
  readonly #pending: Pending[] = [];
  readonly #skips: Skip[] = [];
  readonly #unread: { path: string; why: Unread['why']; message: string }[] = [];
  readonly #failed: { path: string; problem: string }[] = [];
  readonly #gates: PackageGate[] = [];
  readonly #changed: { path: string; directory: string; edits: number }[] = [];
  #filesRead = 0;
  #stopped = false;
  #journal: Awaited<ReturnType<typeof openJournal>> | null = null;

  constructor(input: RunInput) {
    this.#input = input;
  }

  async plan(): Promise<void> {
    const { files, batch, onProgress } = this.#input;
    const ask = (from: number): Promise<readonly FilePlan[]> | null => (from < files.length ? this.#input.plan(files.slice(from, from + batch)) : null);
    let next = ask(0);
    for (let from = 0; next !== null && !this.#stopped; from += batch) {
      onProgress?.('plan', from, files.length, files[from]!.path);
      const plans = await next;
      // What parsers hold outside of the heap is let go between turns of the event loop alone.
      await breathe();
      // The next ones are on their way while a person is asked about these.
      next = ask(from + batch);
      next?.catch(() => undefined);
      for (const [index, plan] of plans.entries()) if (!this.#stopped) await this.#take(files[from + index]!, plan);
    }
  }

  async #take(file: RunFile, plan: FilePlan): Promise<void> {
    const { path } = file;
    if (plan.is === 'failed') {
      this.#failed.push({ path, problem: plan.problem });
      return;
    }
    this.#filesRead++;
    if (plan.is === 'unread') this.#unread.push({ path, why: plan.why, message: plan.message });
    if (plan.is !== 'steps') return;
    for (const step of plan.steps) if (step.kind === 'refusal') this.#skip(path, step, step.reason, step.detail);
    const edits = plan.steps.filter((step) => step.kind === 'edit');
    if (edits.length === 0) return;
    const source = await this.#read(path);
    if (source === null) return;
    const forbidden = await this.#input.forbidden(path, source, edits);
    const wanted: (PlannedEdit & PlacedStep)[] = [];
    for (const [index, edit] of edits.entries()) {
      const reason = forbidden.get(index);
      if (reason !== undefined) this.#skip(path, edit, reason, edit.title);
      else if (!this.#stopped) {
        const answer = (await this.#input.choose?.(path, source, edit)) ?? 'yes';
        if (answer === 'yes') wanted.push(edit);
        else this.#skip(path, edit, 'declined', edit.title);
        if (answer === 'stop') this.#stopped = true;
      }
    }
    if (wanted.length > 0) this.#pending.push({ file, steps: wanted, hash: hashOf(source) });
  }

  /** Package by package: only the texts of one are held at a time. */
  async check(): Promise<void> {
    const packages = new Map<string, Pending[]>();
    for (const pending of this.#pending) {
      const own = packages.get(pending.file.directory);
      if (own === undefined) packages.set(pending.file.directory, [pending]);
      else own.push(pending);
    }
    if (this.#input.write && this.#pending.length > 0) this.#journal = await openJournal(this.#input.root, this.#input.what, this.#input.fs);
    let done = 0;
    for (const [directory, pending] of packages) {
      this.#input.onProgress?.('types', done++, packages.size, directory);
      await breathe();
      const passed = await this.#passed(directory, pending);
      for (const change of passed) {
        await this.#journal?.stage(change.path, change.isNew === true ? null : change.before, change.after);
        this.#changed.push({ path: change.path, directory, edits: change.edits.length });
        this.#input.onChange(change);
      }
    }
  }

  /** What passes the check of types. Of a file that does not, the edits in which an error stands are left out first. */
  async #passed(directory: string, pending: readonly Pending[]): Promise<readonly Change[]> {
    const { changes, libraries, kept } = await this.#changesOf(directory, pending);
    if (!this.#input.typeGate) return changes;
    const rejected = await this.#gate(directory, changes, libraries);
    const smaller = kept.map((one) => this.#withoutCulprits(one, changes, rejected));
    if (smaller.every((one, index) => one === kept[index])) return this.#withoutRejected(directory, changes, new Map([...rejected].map(([path, { problem }]) => [path, problem])));
    const again = await this.#changesOf(directory, smaller);
    this.#gates.pop();
    const left = await this.#gate(directory, again.changes, again.libraries);
    return this.#withoutRejected(directory, again.changes, new Map([...left].map(([path, { problem }]) => [path, problem])));
  }

  /** The edits of a file without those in which an error stands; all of them where that leaves none, or none of them is to blame. */
  #withoutCulprits(pending: Pending, changes: readonly Change[], rejected: ReadonlyMap<string, Rejection>): Pending {
    const { path } = pending.file;
    const change = changes.find((one) => one.path === path);
    const rejection = rejected.get(path);
    if (change === undefined || rejection === undefined) return pending;
    const culprits = stepsAt(path, change.before, change.edits, rejection.at);
    if (culprits.length === 0 || culprits.length === change.edits.length) return pending;
    for (const edit of culprits) this.#skip(path, edit, 'type-error', rejection.problem);
    return { ...pending, steps: change.edits.filter((edit) => !culprits.includes(edit)) };
  }

  /** The changed texts of a package, with the files that the edits need beside them. */
  async #changesOf(directory: string, pending: readonly Pending[]): Promise<{ readonly changes: readonly Change[]; readonly libraries: PackageFiles['libraries']; readonly kept: readonly Pending[] }> {
    const files = await this.#complete(directory, pending.flatMap(({ file: { path }, steps }) => steps.map((edit) => ({ path, edit }))));
    const changes: Change[] = [];
    const kept: Pending[] = [];
    for (const one of pending) {
      const steps = one.steps.filter((step) => {
        const refusal = step.needs?.map((need) => files?.refused.get(need)).find((found) => found !== undefined);
        if (refusal !== undefined) this.#skip(one.file.path, step, refusal.reason, refusal.detail);
        return refusal === undefined;
      });
      if (steps.length === 0) continue;
      kept.push({ ...one, steps });
      const change = await this.#changeOf({ ...one, steps });
      if (change !== null) changes.push(change);
    }
    return { changes: [...changes, ...(await this.#filesBeside(files, changes))], libraries: files?.libraries ?? {}, kept };
  }

  async #complete(directory: string, edits: readonly Completed[]): Promise<PackageFiles | null> {
    const asking = edits.filter(({ edit }) => (edit.needs?.length ?? 0) > 0);
    return asking.length === 0 || this.#input.complete === undefined ? null : this.#input.complete(directory, asking);
  }

  /** None where no edit is left that needs them. */
  async #filesBeside(files: PackageFiles | null, changes: readonly Change[]): Promise<readonly Change[]> {
    if (files === null || !changes.some(({ edits }) => edits.some(({ needs }) => needs !== undefined))) return [];
    const beside: Change[] = [];
    for (const { path, after } of files.files) {
      const isNew = !(await this.#input.fs.exists(path));
      const before = isNew ? '' : await this.#read(path);
      if (before === null || (!isNew && before === after)) continue;
      beside.push({ path, before, after, edits: [], ...(isNew ? { isNew } : {}) });
    }
    return beside;
  }

  /** What passed the check of types. Where some did not, the rest may need less beside it. */
  async #withoutRejected(directory: string, changes: readonly Change[], rejected: ReadonlyMap<string, string>): Promise<readonly Change[]> {
    if (rejected.size === 0) return changes;
    // The edits are worth nothing without what they import.
    const broken = changes.find(({ path, edits }) => edits.length === 0 && rejected.has(path));
    const kept: Change[] = [];
    for (const change of changes) {
      const problem = rejected.get(change.path) ?? (broken !== undefined && change.edits.some(({ needs }) => needs !== undefined) ? rejected.get(broken.path) : undefined);
      if (problem === undefined && change.edits.length > 0) kept.push(change);
      else for (const edit of change.edits) this.#skip(change.path, edit, 'type-error', problem!);
    }
    const files = await this.#complete(directory, kept.flatMap(({ path, edits }) => edits.map((edit) => ({ path, edit }))));
    return [...kept, ...(await this.#filesBeside(files, kept))];
  }

  async #changeOf({ file: { path }, steps, hash }: Pending): Promise<Change | null> {
    const before = await this.#read(path);
    if (before === null) return null;
    if (hashOf(before) !== hash) {
      this.#failed.push({ path, problem: 'it was changed while the run was going on' });
      return null;
    }
    const after = afterSteps(path, before, steps);
    if (after === null || after === before) {
      for (const step of steps) this.#skip(path, step, after === null ? 'would-not-parse' : 'already-so', step.title);
      return null;
    }
    return { path, before, after, edits: steps };
  }

  async #gate(directory: string, changes: readonly Change[], libraries: PackageFiles['libraries']): Promise<ReadonlyMap<string, Rejection>> {
    if (changes.length === 0) return new Map();
    // With it comes a compiler: loaded when it is needed.
    const { gatePackage, WEAK_BELOW } = await import('./type-gate.js');
    const started = performance.now();
    const outcome = gatePackage(directory, this.#input.root, changes, libraries);
    const { all, resolved } = outcome.imports;
    this.#gates.push({ ...outcome, directory, milliseconds: performance.now() - started, rss: process.memoryUsage.rss(), weak: outcome.problem !== null || (all > 0 && resolved / all < WEAK_BELOW) });
    return new Map(outcome.rejected.map((rejection) => [rejection.path, rejection]));
  }

  async finish(): Promise<RunOutcome> {
    const weakGate = this.#gates.some(({ weak }) => weak) && !this.#input.acceptWeakGate;
    const written = this.#journal === null || weakGate ? null : await this.#journal.commit((done, total, at) => this.#input.onProgress?.('write', done, total, at));
    return {
      filesRead: this.#filesRead,
      changed: this.#changed,
      skips: this.#skips,
      unread: this.#unread,
      failed: [...this.#failed, ...(written?.failed ?? [])],
      gates: this.#gates,
      written,
      weakGate: weakGate && this.#input.write,
      stopped: this.#stopped,
    };
  }

  #skip(path: string, { line, column, codemod }: PlacedStep, reason: string, detail: string): void {
    this.#skips.push({ path, line, column, codemod, reason, detail });
  }

  async #read(path: string): Promise<string | null> {
    try {
      return await this.#input.fs.readText(path);
    } catch (error) {
      this.#failed.push({ path, problem: problemOf(error) });
      return null;
    }
  }
}
