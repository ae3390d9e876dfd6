import type { TSESTree } from '@typescript-eslint/types';
import { describe, unwrap } from '../analysis/syntax.js';
import type { Lent, ReturnModel } from '../models/release-types.js';
import { poolSize } from './pools.js';
import type { Release } from './releases.js';

/** A finding in words, for messages. */
export interface ReleaseWords {
  /** What is not given back, and when. */
  readonly finding: string;
  /** What happens then. */
  readonly consequence: string;
  /** What to do about it. */
  readonly mend: string;
}

/** Says how a loan gets lost. */
export function wordsOfRelease(release: Release): ReleaseWords {
  const { model, file, at, leaks, uses } = release;
  const how = howOf(release);
  const where = at === null ? '' : ` (line ${file.lines.locate(at.range[0]).line})`;
  const [given] = uses.returns;
  const back = given === undefined ? how : `\`${describe(given.callee)}()\``;
  const finding =
    leaks === 'always'
      ? `Nothing gives this ${model.title} back (${how})`
      : leaks === 'on-return'
        ? `This ${model.title} is not given back where the function ${at === null ? 'runs to its end' : 'returns'}${where} before ${back}`
        : `This ${model.title} is given back only when all goes well: ${failureOf(at)} can fail${where} before ${back}`;
  return { finding, consequence: consequenceOf(release, leaks === 'always'), mend: mendOf(release, back) };
}

function failureOf(at: TSESTree.Node | null): string {
  if (at === null || at.type === 'ThrowStatement') return 'an error that is thrown';
  const failing = at.type === 'AwaitExpression' ? unwrap(at.argument) : at;
  if (failing.type === 'ThrowStatement') return 'an error that is thrown';
  return failing.type === 'CallExpression' ? `\`${describe(failing.callee)}()\`` : 'what is awaited';
}

function howOf({ model, variable }: Release): string {
  return `no ${model.returned.slice(0, model.byOutcome === true ? 2 : 1).map((one) => `\`${callOf(one, variable?.name ?? '')}\``).join(' or ')}`;
}

function callOf(one: ReturnModel, held: string): string {
  switch (one.by) {
    case 'method':
      return `${held}.${one.name}()`;
    case 'argument':
      return `${one.name}(${held})`;
    case 'lender':
      return `${one.name}()`;
    default:
      return `${held}()`;
  }
}

const CONSEQUENCES: Readonly<Record<Lent, string>> = {
  connection: 'the pool is one short from then on, and once none is left every caller waits',
  resource: 'the pool is one short from then on, and once none is left every caller waits',
  session: 'its transaction stays open, with its locks, until the server ends it',
  transaction: 'it stays open with its connection and its locks, and once the pool is empty every caller waits',
  lock: 'it stays taken, and everybody who wants it waits',
  file: 'it stays open, until the process may open no more',
  browser: 'its processes stay, with their memory',
  page: 'it stays open in the browser, with its memory',
  span: 'it is never exported, so traces lack just the work that failed',
};

function consequenceOf({ model, lender }: Release, always: boolean): string {
  const size = model.lent !== 'connection' || lender === null ? null : poolSize(lender);
  if (size !== null && size > 1) return `after ${size} ${always ? 'calls' : 'such calls'} the pool is empty, and every caller waits`;
  if (model.expires === true) return 'it stays taken until its time is over, and everybody who wants it waits';
  if (model.lent === 'span' && always) return 'it is never exported';
  return CONSEQUENCES[model.lent];
}

function mendOf({ model, leaks, variable }: Release, back: string): string {
  if (model.byOutcome === true) return `Catch the error and end it with ${howEnds(model.returned, variable?.name ?? '')}`;
  return leaks === 'always' ? 'Give it back in a `finally`' : `Move ${back} into a \`finally\``;
}

function howEnds(returned: readonly ReturnModel[], held: string): string {
  return `\`${callOf(returned[1] ?? returned[0]!, held)}\``;
}
