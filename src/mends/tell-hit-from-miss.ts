import type { TSESTree } from '@typescript-eslint/types';
import { NULL, UNDEFINED } from '../analysis/narrowing.js';
import type { SourceFile } from '../analysis/source-file.js';
import { outermost, unwrap } from '../analysis/syntax.js';
import type { AmbiguousHit } from '../facts/ambiguous-hits.js';
import type { Mend } from './edit.js';
import { guardWrite, storedName } from './guard-write.js';
import { withoutComments } from './layout.js';

type Node = TSESTree.Node;

/**
 * Edits that make a hit test tell: another test, or a write that keeps out what the test cannot tell.
 * @returns the possible mends, best first; empty where no edit can be made here
 */
export function tellHitFromMiss(file: SourceFile, hit: AmbiguousHit): readonly Mend[] {
  return mendsOf(file, hit).filter((mend) => mend !== null);
}

function mendsOf(file: SourceFile, hit: AmbiguousHit): readonly (Mend | null)[] {
  const subject = file.text.slice(...rangeOf(hit.test.subject.node));
  const name = hit.write === null ? null : storedName(file, hit.write);
  switch (hit.kind) {
    case 'empty':
      return hit.test.operator === null ? [retest(hit, ...emptiness(hit.is, subject))] : [];
    case 'other-null': {
      const other = hit.is;
      return [retest(hit, `${subject} !== ${other}`, `${subject} === ${other}`), retest(hit, `${subject} != null`, `${subject} == null`)];
    }
    case 'stored-null':
    case 'possible':
      return [name === null ? null : guardWrite(file, hit.write!, `${name} != null`)];
    case 'stored-empty':
      return [name === null ? null : guardWrite(file, hit.write!, hit.is === '[]' ? `${name}.length > 0` : `Object.keys(${name}).length > 0`)];
    case 'falsy':
      return falsy(file, hit, subject, name);
  }
}

function falsy(file: SourceFile, hit: AmbiguousHit, subject: string, name: string | null): readonly (Mend | null)[] {
  const { missing } = hit.test.subject;
  const guard = hit.is === 'null' && name !== null ? guardWrite(file, hit.write!, `${name} != null`) : null;
  // Where a miss is null as well, no test tells the two apart.
  if (hit.is === 'null' && (missing & NULL) !== 0) return [guard];
  if (hit.test.operator === '||') return [hit.is === 'null' ? null : operatorInstead(file, hit), guard];
  const [there, gone] =
    missing === NULL ? [`${subject} !== null`, `${subject} === null`] : missing === UNDEFINED ? [`${subject} !== undefined`, `${subject} === undefined`] : [`${subject} != null`, `${subject} == null`];
  return [retest(hit, there, gone), guard];
}

/** Tests that hold when something is there, and when nothing is. */
function emptiness(is: AmbiguousHit['is'], subject: string): [string, string] {
  switch (is) {
    case '{}':
      return [`Object.keys(${subject}).length > 0`, `Object.keys(${subject}).length === 0`];
    case '[null]':
      return [`${bare(subject)}.some((item) => item !== null)`, `${bare(subject)}.every((item) => item === null)`];
    case 'object':
      return [`${bare(subject)}.value !== null`, `${bare(subject)}.value === null`];
    default:
      return [`${bare(subject)}.length > 0`, `${bare(subject)}.length === 0`];
  }
}

function bare(subject: string): string {
  return /^[\w$.]+$/.test(subject) ? subject : `(${subject})`;
}

/** Another test in the place of this one, with the `!` in front of it; inside an operator in parentheses. */
function retest(hit: AmbiguousHit, there: string, gone: string): Mend | null {
  let node = outermost(hit.test.node);
  let holdsOnHit = hit.test.hit.some((edge) => edge.kind === 'true');
  if (hit.test.operator !== null) return null;
  const test = unwrap(hit.test.node);
  // A condition behind a name is tested where the name is made.
  if (test.type === 'Identifier' && test !== unwrap(hit.test.subject.node)) return null;
  for (let parent = node.parent as Node | undefined; parent?.type === 'UnaryExpression' && parent.operator === '!'; parent = node.parent as Node | undefined) {
    node = outermost(parent);
    holdsOnHit = !holdsOnHit;
  }
  const text = holdsOnHit ? there : gone;
  const range = rangeOf(node);
  const inside = node.parent as Node | undefined;
  const needsParens = inside?.type === 'BinaryExpression' || inside?.type === 'UnaryExpression' || inside?.type === 'MemberExpression';
  return { edits: [{ range, text: needsParens ? `(${text})` : text }], title: `test \`${text}\``, safety: 'behaviour' };
}

/** `??` in the place of `||`, where the right side needs no parentheses for it. */
function operatorInstead(file: SourceFile, hit: AmbiguousHit): Mend | null {
  const parent = outermost(hit.test.node).parent as Node | undefined;
  if (parent?.type !== 'LogicalExpression') return null;
  const mixes = [parent.left, parent.right, parent.parent as Node | undefined].some((one) => one?.type === 'LogicalExpression' && one.operator !== '??');
  const at = withoutComments(file, parent.left.range[1], parent.right.range[0]).indexOf('||');
  if (mixes || at === -1) return null;
  const from = parent.left.range[1] + at;
  return { edits: [{ range: [from, from + 2], text: '??' }], title: 'use `??` in place of `||`', safety: 'behaviour' };
}

function rangeOf(node: Node): [number, number] {
  return [node.range[0], node.range[1]];
}
