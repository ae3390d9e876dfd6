import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { isInside } from '../analysis/summarize-body.js';
import { countersOf, type Loop } from '../analysis/summarize-loop.js';
import { enclosingFunction, unwrap } from '../analysis/syntax.js';
import { delayLength } from '../facts/retry-delays.js';
import type { RetryRegion } from '../facts/retries.js';
import type { BackoffFault } from '../facts/retry-faults.js';
import type { Edit, Mend } from './edit.js';
import { sleeperOf } from './sleep-helper.js';
import { appendStatement, insertBefore } from './statements.js';

type Node = TSESTree.Node;

const MAX_MS = '30_000';

/**
 * Edits that make a region of the project's own code wait: a sleep at the end of its handler, with a
 * random length that doubles with the attempts where they are counted; or a random part and growth for
 * the delay that is there.
 * @returns no mend where none is certainly well formed
 */
export function addBackoff(file: SourceFile, region: RetryRegion, fault: BackoffFault): readonly Mend[] {
  const counter = countsUp(file, region);
  if (fault !== 'noDelay') return changeDelay(file, region, fault, counter);
  const sleeper = sleeperOf(file);
  if (sleeper === null || !region.fn.async) return [];
  const ms = counter === null ? 'Math.random() * 1000' : `Math.random() * Math.min(${MAX_MS}, 200 * 2 ** ${counter})`;
  const added = waitBeforeNext(file, region, `await ${sleeper.name}(${ms})`);
  if (added === null) return [];
  return [mendOf([...sleeper.edits, added], counter === null ? 'add a random delay of up to 1 s' : 'add exponential backoff with full jitter')];
}

function mendOf(edits: readonly Edit[], title: string): Mend {
  return { edits: [...edits].sort((a, b) => a.range[0] - b.range[0]), title, safety: 'behaviour' };
}

/** Where the wait goes, so that each way to the next attempt passes it. */
function waitBeforeNext(file: SourceFile, region: RetryRegion, statement: string): Edit | null {
  const { retry, node } = region;
  if (region.kind === 'recursion') {
    if (retry.handler?.type !== 'CatchClause' || enclosingFunction(node) !== region.fn) return null;
    return insertBefore(file, statementOf(node), statement);
  }
  const loop = node as Loop;
  // Of a reply that says it failed, the end of the handler knows nothing.
  const block = retry.byReply === true ? loop.body : retry.handler?.type === 'CatchClause' ? retry.handler.body : retry.handler === null && retry.attempt === null ? loop.body : null;
  if (block?.type !== 'BlockStatement') return null;
  // A `continue` further in goes round without passing the end.
  if (continuesWithin(file, block, loop)) return null;
  const last = block.body.at(-1);
  if (last?.type === 'ContinueStatement') return insertBefore(file, last, statement);
  return last === undefined || goesOn(last) || last === retry.attempt ? appendStatement(file, block, statement) : null;
}

function statementOf(node: Node): Node {
  let current = node;
  while (current.parent != null && !/(?:Statement|Declaration)$/.test(current.type)) current = current.parent;
  return current;
}

/** Is the end of the block reached behind this statement, as far as its form tells? */
function goesOn(statement: Node): boolean {
  switch (statement.type) {
    case 'ExpressionStatement':
    case 'VariableDeclaration':
      return true;
    case 'IfStatement':
      return statement.alternate == null || !/^(?:Throw|Return|Break|Continue)/.test(lastOf(statement.alternate)?.type ?? '');
    default:
      return false;
  }
}

function lastOf(statement: Node): Node | undefined {
  return statement.type === 'BlockStatement' ? statement.body.at(-1) : statement;
}

function continuesWithin(file: SourceFile, block: TSESTree.BlockStatement, loop: Loop): boolean {
  const last = block.body.at(-1);
  const text = file.text.slice(block.range[0], last?.type === 'ContinueStatement' ? last.range[0] : block.range[1]);
  return /\bcontinue\b/.test(text) && isInside(block, loop);
}

/** The variable that counts attempts upwards, as the handler can read it. */
function countsUp(file: SourceFile, { kind, node }: RetryRegion): string | null {
  if (kind === 'recursion') return null;
  const loop = node as Loop;
  const up = countersOf(file, loop).filter((variable) =>
    variable.references.some((reference) => {
      const parent = (reference.identifier as Node).parent;
      return parent?.type === 'UpdateExpression' && parent.operator === '++' && isInside(parent, loop);
    }),
  );
  const [only] = up;
  return up.length === 1 && only !== undefined && only.scope.block.range[0] <= loop.body.range[0] ? only.name : null;
}

/** `Math.random()` times the delay that is there, doubled with the attempts where it stays the same. */
function changeDelay(file: SourceFile, { retry }: RetryRegion, fault: BackoffFault, counter: string | null): readonly Mend[] {
  const length = retry.pauses.length === 1 ? delayLength(file, retry.pauses[0]!) : null;
  if (length === null || length.range[0] < retry.node.range[0] && retry.node.type !== 'CallExpression') return [];
  const text = file.text.slice(length.range[0], length.range[1]);
  const inner = unwrap(length);
  const operand = inner.type === 'Literal' || inner.type === 'Identifier' || inner.type === 'MemberExpression' || inner.type === 'CallExpression' ? text : `(${text})`;
  const range = length.range;
  if (fault === 'noJitter') return [mendOf([{ range, text: `Math.random() * ${operand}` }], 'add full jitter')];
  if (counter === null) return [];
  return [mendOf([{ range, text: `Math.random() * Math.min(${MAX_MS}, ${operand} * 2 ** ${counter})` }], 'let it double with the attempts, with full jitter')];
}
