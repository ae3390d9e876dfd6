import { analyzeScopes, isFlow, parse, parses } from '../analysis/parse.js';
import { createSourceFile } from '../analysis/source-file.js';
import { saysGenerated } from '../facts/built-code.js';
import { gatesOf, importsByText } from '../facts/file-gates.js';
import { openProject, type ProjectSettings } from '../facts/open-project.js';
import { addImports } from '../mends/add-import.js';
import { isSameShared, type Edit } from '../mends/edit.js';
import { applyEdits, overlaps, rangeAfter } from './apply-edits.js';
import type { Codemod, PlannedEdit, PlanStep } from './define-codemod.js';

/** A codemod with the values of its options. */
export interface ChosenCodemod {
  readonly codemod: Codemod;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A step with the codemod that takes it and its place for people, both 1-based. */
export type PlacedStep = PlanStep & { readonly codemod: string; readonly line: number; readonly column: number };

/** What is to be done in one file. */
export type FilePlan =
  | { readonly is: 'nothing' }
  /** It could not be read, or a plan broke on it. */
  | { readonly is: 'failed'; readonly problem: string }
  /** Left out, with the reason: `flow`, `syntax`, `generated`. */
  | { readonly is: 'unread'; readonly why: 'flow' | 'syntax' | 'no-parser' | 'generated'; readonly message: string }
  | { readonly is: 'steps'; readonly steps: readonly PlacedStep[] };

/**
 * Plans one text. Reads, and changes nothing.
 * @param source as on the disk, with its BOM
 */
export function planFile(path: string, source: string, chosen: readonly ChosenCodemod[], settings: ProjectSettings): FilePlan {
  const project = openProject(path, settings);
  const gates = gatesOf(path, source, project, () => importsByText(source));
  const wanted = chosen.filter(({ codemod, options }) => codemod.mayApply(source, gates, options as never));
  if (wanted.length === 0) return { is: 'nothing' };
  if (saysGenerated(source)) return { is: 'unread', why: 'generated', message: 'written by a tool' };
  if (isFlow(source)) return { is: 'unread', why: 'flow', message: 'written in Flow' };
  const parsed = parse(path, source);
  if (!parsed.ok) return { is: 'unread', why: parsed.why, message: parsed.message };
  const { program, text, comments, sourceType } = parsed;
  const file = createSourceFile({ path, text, program, comments, scopes: () => analyzeScopes(program, sourceType), project });
  const steps: PlacedStep[] = [];
  for (const { codemod, options } of wanted) {
    for (const step of codemod.plan({ file, options: options as never })) {
      const { line, column } = file.lines.locate(step.at);
      steps.push({ ...withoutClash(step, steps), codemod: codemod.name, line, column: column + 1 });
    }
  }
  return steps.length === 0 ? { is: 'nothing' } : { is: 'steps', steps: steps.sort((a, b) => a.at - b.at) };
}

/** An edit of a text that another edit of this run changes too waits for the next run. */
function withoutClash(step: PlanStep, before: readonly PlanStep[]): PlanStep {
  if (step.kind !== 'edit') return step;
  const clash = before.some((other) => other.kind === 'edit' && other.edits.some((one) => step.edits.some((own) => overlaps(one, own) && !isSameShared(one, own))));
  return clash ? { kind: 'refusal', at: step.at, reason: OVERLAPS, detail: step.title } : step;
}

/** The reason that the runner itself gives: two edits meet in one place. */
const OVERLAPS = 'overlapping-edits';

/**
 * The text after some steps, if it still parses.
 * @returns `null` where an edit would break the file
 */
export function afterSteps(path: string, source: string, steps: readonly PlannedEdit[]): string | null {
  const imports = importsFor(path, source, steps);
  if (imports === null) return null;
  const text = applyEdits(source, [...imports, ...steps.flatMap((step) => step.edits)]);
  return parses(path, text) ? text : null;
}

/** The steps whose text holds one of these offsets of the new text. */
export function stepsAt<Step extends PlannedEdit>(path: string, source: string, steps: readonly Step[], offsets: readonly number[]): readonly Step[] {
  const all = [...(importsFor(path, source, steps) ?? []), ...steps.flatMap((step) => step.edits)];
  return steps.filter(({ edits }) => {
    const [from, to] = rangeAfter(all, edits);
    return offsets.some((offset) => offset >= from && offset <= to);
  });
}

/** What all steps together import, a name once. */
function importsFor(path: string, source: string, steps: readonly PlannedEdit[]): readonly Edit[] | null {
  const wanted = steps.flatMap((step) => step.imports ?? []);
  if (wanted.length === 0) return [];
  const parsed = parse(path, source);
  return parsed.ok ? addImports(parsed, wanted) : null;
}
