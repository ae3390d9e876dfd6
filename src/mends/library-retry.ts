import type { TSESTree } from '@typescript-eslint/types';
import { packageVersion } from '../analysis/package-version.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import type { LibraryRetry } from '../facts/library-retries.js';
import type { BackoffFault } from '../facts/retry-faults.js';
import type { RetryEdit } from '../models/types.js';
import { holdsFor } from '../models/version-range.js';
import { addImport, isFree } from './add-import.js';
import type { Edit, Mend } from './edit.js';
import { numberText } from './number-text.js';
import { RETRY_NUMBERS, type RetryNumbers } from './retry-numbers.js';
import { propertyText, writeArgument, type Write } from './write-options.js';

/** What is wrong with a library's retry. */
export interface LibraryFaults {
  readonly backoff: BackoffFault | null;
  readonly endless: boolean;
}

/** Why the options of a library stay as they are. */
export type NoOption = 'told-forever' | 'switched-off' | 'delay-above-cap' | 'no-local-edit';

type Adds = RetryEdit['adds'];

/** One option that is written: added, or in place of what stands there. */
interface Written {
  readonly path: string;
  readonly text: string;
  readonly imports?: string;
  readonly edit: Edit | Write;
}

/**
 * Edits that write the options of a library's retry that it lacks, as its model says: a delay, its
 * growth, a random part, a limit; and the longest wait beside them, where the library has one.
 */
export function hardenLibrary(file: SourceFile, retry: LibraryRetry, { backoff, endless }: LibraryFaults, numbers: RetryNumbers = RETRY_NUMBERS): Mend | NoOption {
  if (endless && retry.attemptsSet) return 'told-forever';
  // A delay that is set to nothing: somebody chose it.
  if (backoff === 'noDelay' && !retry.delay.byDefault) return 'switched-off';
  const found: Written[] = [];
  for (const kinds of wantedOf(retry, backoff, endless)) {
    if (kinds[0] === 'jitter' && found.some(({ text }) => BRINGS_CHANCE.test(text))) continue;
    const written = firstOf(file, retry, kinds, numbers);
    if (written === null || typeof written === 'string') return written ?? 'no-local-edit';
    found.push(written);
  }
  const cap = backoff === null || found.some(({ text }) => text.includes(numberText(numbers.cap))) ? null : firstOf(file, retry, ['cap'], numbers);
  const isCap = cap !== null && typeof cap !== 'string';
  return (isCap ? mendOf(file, retry, [...found, cap]) : null) ?? mendOf(file, retry, found) ?? 'no-local-edit';
}

const BRINGS_CHANCE = /random|jitter|new ExponentialBackoff|exponentialDelay/;

/** What has to be written, each with what may stand for it. */
function wantedOf({ delay, retry }: LibraryRetry, backoff: BackoffFault | null, endless: boolean): readonly (readonly Adds[])[] {
  const wanted: Adds[][] = [];
  if (backoff === 'noDelay') wanted.push(['delay']);
  if (backoff === 'fixedDelay') wanted.push(delay.byDefault && retry.growth === undefined ? ['growth', 'delay'] : ['growth']);
  if (backoff === 'noJitter' || (backoff === 'fixedDelay' && delay.jitter === 'no')) wanted.push(['jitter']);
  if (endless) wanted.push(['limit']);
  return wanted;
}

/** The first edit of these kinds that holds for the version in use and can be written. */
function firstOf(file: SourceFile, retry: LibraryRetry, kinds: readonly Adds[], numbers: RetryNumbers): Written | 'delay-above-cap' | null {
  const installed = packageVersion(file, retry.model.packages[0]!);
  let problem: 'delay-above-cap' | null = null;
  // Of several that hold, the first is the best.
  for (const adds of kinds) {
    for (const edit of retry.retry.edits ?? []) {
      if (edit.adds !== adds || (edit.versions !== undefined && !holdsFor(installed.version, edit.versions))) continue;
      const written = writtenBy(file, retry, edit, numbers);
      if (written === 'delay-above-cap') problem = written;
      else if (written !== null) return written;
    }
  }
  return problem;
}

function writtenBy(file: SourceFile, retry: LibraryRetry, edit: RetryEdit, numbers: RetryNumbers): Written | 'delay-above-cap' | null {
  const { path, adds, imports, least } = edit;
  const as = (text: string, how: Edit | Write): Written => ({ path, text, edit: how, ...(imports === undefined ? {} : { imports }) });
  const text = filled(edit.text, retry, numbers);
  const fresh = (role: Write['role']): Write => ({ path: full(retry, path), text, role });
  if (adds === 'cap') return least === undefined || isAtMost(retry, least, numbers.cap) ? as(text, fresh('extra')) : null;
  if (adds !== 'growth') return as(text, fresh('main'));
  const answer = retry.read(edit.replaces ?? path);
  // Of an object that is not here either, one key says little.
  if (answer.is === 'absent') return text.includes('{was}') || path.includes('.') ? null : as(text, fresh('main'));
  if (answer.is !== 'set' || answer.value.kind !== 'literal') return null;
  const property = answer.place?.node;
  if (property?.type !== 'Property' || answer.place!.file !== file || property.shorthand || property.computed || !isInside(property, retry.node)) return null;
  if (!text.includes('{was}')) return as(text, { range: property.value.range, text });
  const { value } = answer.value;
  if (typeof value !== 'number') return null;
  if (text.includes(numberText(numbers.cap)) && value >= numbers.cap) return 'delay-above-cap';
  const was = file.text.slice(...property.value.range);
  const key = path.split('.').at(-1)!;
  return as(text.replaceAll('{was}', was), edit.replaces === undefined ? { range: property.value.range, text: text.replaceAll('{was}', was) } : { range: property.range, text: `${key}: ${text.replaceAll('{was}', was)}` });
}

function isAtMost(retry: LibraryRetry, { option, default: byDefault }: NonNullable<RetryEdit['least']>, cap: number): boolean {
  const answer = retry.read(option);
  if (answer.is === 'absent') return byDefault <= cap;
  return answer.is === 'set' && answer.value.kind === 'literal' && typeof answer.value.value === 'number' && answer.value.value <= cap;
}

function filled(text: string, { name }: LibraryRetry, { base, cap, job, attempts }: RetryNumbers): string {
  const values: Readonly<Record<string, string>> = { callee: name, base: numberText(base), cap: numberText(cap), job: numberText(job), attempts: String(attempts), retries: String(attempts - 1) };
  return text.replace(/\{(callee|base|cap|job|attempts|retries)\}/g, (_, key: string) => values[key]!);
}

const full = ({ ref }: LibraryRetry, path: string): readonly string[] => [...(ref.path === undefined ? [] : ref.path.split('.')), ...path.split('.')];

function mendOf(file: SourceFile, retry: LibraryRetry, found: readonly Written[]): Mend | null {
  const { node, ref, retry: model } = retry;
  // What a function gives is written in its returns, which may be several.
  if (ref.factory !== undefined) return null;
  const writes = found.flatMap(({ edit }) => ('role' in edit ? [edit] : []));
  const edits: Edit[] = found.flatMap(({ edit }) => ('role' in edit ? [] : [edit]));
  if (writes.length > 0) {
    const position = ref.at === 'last' ? node.arguments.length - 1 : ref.at[0]!;
    const given = node.arguments[position];
    const { path: _, ...argument } = ref;
    // `retry(3)` says the count alone.
    const added = model.shorthand === true && given?.type === 'Literal' && model.option !== undefined ? shorthand(file, given, model.option, writes) : writeArgument(file, node, argument, writes, ref.at === 'last' ? 0 : position);
    if (added === null) return null;
    edits.push(...added);
  }
  for (const name of new Set(found.flatMap(({ imports }) => imports ?? []))) {
    const imported = importOf(file, retry.model.packages[0]!, name);
    if (imported === null) return null;
    edits.push(...imported);
  }
  return { edits: edits.sort((a, b) => a.range[0] - b.range[0]), title: `set \`${found.map(({ path, text }) => `${path}: ${text}`).join(', ')}\``, safety: 'behaviour' };
}

const shorthand = (file: SourceFile, given: TSESTree.Node, option: string, writes: readonly Write[]): readonly Edit[] => [{ range: given.range, text: `{ ${option}: ${file.text.slice(...given.range)}, ${propertyText(writes)} }` }];

/** The import of what the text names; `[]` where the file has it. */
function importOf(file: SourceFile, from: string, name: string): readonly Edit[] | null {
  const known = file.program.body.some(
    (node) => node.type === 'ImportDeclaration' && node.source.value === from && node.specifiers.some((one) => one.type === 'ImportSpecifier' && one.local.name === name && one.imported.type === 'Identifier' && one.imported.name === name),
  );
  if (known) return [];
  return isFree(file, name) ? (addImport(file, { from, name, as: name })?.map((edit) => ({ ...edit, shared: true })) ?? null) : null;
}
