import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { controlFlow, controlFlowAround, placesOf, type Block, type ControlFlow, type Step } from './control-flow.js';
import { isFunction } from './syntax.js';
import type { SourceFile } from './source-file.js';
import type { FunctionNode, Reason } from './value.js';
import { writesOf, type Write } from './writes.js';

export type { Write } from './writes.js';

type Node = TSESTree.Node;

/** Which writes may have given a variable the value that is read at one place. */
export interface ReachingWrites {
  /** In source order. Empty and complete: nothing is ever written. */
  readonly writes: readonly Write[];
  /** Is there certainly no other? */
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly reason?: Reason;
}

const REACHING = Symbol('reaching writes');

/**
 * Which writes reach a read.
 * - A variable that is written once has this one definition, wherever it is read.
 * - Reads and writes in one function follow its control flow: the last write on each path.
 * - Otherwise all writes that may have run, in any order.
 * The implicit `undefined` of a declaration without a value is a write of kind `'undefined'`.
 * Direct `eval` and `arguments[0] = …` are not seen.
 */
export function reachingWrites(file: SourceFile, identifier: Node): ReachingWrites {
  const memo = file.memo(REACHING, () => new WeakMap<Node, ReachingWrites>());
  let answer = memo.get(identifier);
  if (answer === undefined) memo.set(identifier, (answer = find(file, identifier)));
  return answer;
}

const incomplete = (detail: string): ReachingWrites => ({ writes: [], complete: false, reason: { code: 'syntax', detail } });

function find(file: SourceFile, identifier: Node): ReachingWrites {
  const variable = file.bindings.variableOf(identifier);
  if (variable === null) return incomplete('not a variable');
  if (variable === 'global') return incomplete('declared nowhere in this file');
  if (variable.defs.some((definition) => isAmbient(definition.node, definition.parent))) return incomplete('declared elsewhere');
  if (!variable.isValueVariable && variable.isTypeVariable) return incomplete('a type');

  const writes = writesOf(file, variable);
  const [only] = writes;
  const uninitialized = undefinedWrite(variable);
  if (writes.length === 1 && only !== undefined && only.fallback === null && uninitialized === null && !hoistedPast(variable)) return answerOf(writes);

  const flow = controlFlowAround(file, identifier);
  const steps = flow === null ? [] : placesOf(flow, identifier).filter((step) => step.block.reachable);
  if (flow !== null && steps.length > 0 && isLocalTo(file, flow, variable, writes)) return answerOf(lastWrites(flow, steps, writes, uninitialized));
  return answerOf(fromElsewhere(file, identifier, variable, writes, uninitialized));
}

function isAmbient(node: Node, parent: Node | null | undefined): boolean {
  return ('declare' in node && node.declare === true) || (parent?.type === 'VariableDeclaration' && parent.declare === true);
}

function answerOf(writes: readonly Write[]): ReachingWrites {
  const conditional = writes.length > 1;
  return { writes: conditional ? writes.map((write) => ({ ...write, conditional })) : writes, complete: true };
}

/** The state before any write, where it can be seen without an error: `var x` from the head of its function on. */
function undefinedWrite(variable: Variable): Write | null {
  for (const definition of variable.defs) {
    if ((definition.type as string) !== 'Variable') return null;
    const target = definition.name as Node;
    const { node, parent } = definition as { node: Node; parent?: Node | null };
    if (target.type === 'Identifier' && node.type === 'VariableDeclarator' && node.init == null && parent?.type === 'VariableDeclaration' && parent.kind === 'var') {
      const loop = parent.parent as Node | undefined;
      if ((loop?.type === 'ForOfStatement' || loop?.type === 'ForInStatement') && loop.left === parent) continue;
      return { kind: 'undefined', node, target, value: null, pattern: target, path: [], fallback: null, conditional: false };
    }
  }
  return null;
}

/** `var x = 1` may be read before, in the same function; other declarations cannot. */
function hoistedPast(variable: Variable): boolean {
  return variable.defs.some((definition) => (definition.parent as Node | null | undefined)?.type === 'VariableDeclaration' && (definition.parent as TSESTree.VariableDeclaration).kind === 'var');
}

/** Does the variable begin anew with each run of this flow, and do all its writes happen there? */
function isLocalTo(file: SourceFile, flow: ControlFlow, variable: Variable, writes: readonly Write[]): boolean {
  const home = functionOf(variable.scope.block);
  if (home === null || controlFlow(file, home) !== flow) return false;
  return writes.every((write) => flow.stepsOf(write.target).some((step) => step.kind === 'write'));
}

/** Walks back from each step to the last write on each path. */
function lastWrites(flow: ControlFlow, from: readonly Step[], writes: readonly Write[], uninitialized: Write | null): readonly Write[] {
  const byStep = new Map<Step, Write>();
  const inBlock = new Map<Block, Step[]>();
  for (const write of writes) {
    for (const step of flow.stepsOf(write.target)) {
      if (step.kind !== 'write') continue;
      byStep.set(step, write);
      const list = inBlock.get(step.block);
      if (list === undefined) inBlock.set(step.block, [step]);
      else list.push(step);
    }
  }
  for (const list of inBlock.values()) list.sort((a, b) => a.index - b.index);

  const found = new Set<Write>();
  let atEntry = false;
  const seen = new Set<Block>();
  const work: { block: Block; before: number }[] = from.map((step) => ({ block: step.block, before: step.index }));
  for (let place = work.pop(); place !== undefined; place = work.pop()) {
    const { block, before } = place;
    const last = inBlock.get(block)?.findLast((step) => step.index < before);
    if (last !== undefined) {
      found.add(byStep.get(last)!);
      continue;
    }
    if (block === flow.entry) atEntry = true;
    for (const { from: previous } of block.predecessors) {
      if (seen.has(previous)) continue;
      seen.add(previous);
      work.push({ block: previous, before: Number.POSITIVE_INFINITY });
    }
  }
  const reached = writes.filter((write) => found.has(write));
  // Before any write: `var` reads undefined; `let` and `const` throw, so no value arrives from there.
  if (!atEntry) return reached;
  const before = uninitialized ?? implicitVar(writes);
  return before === null ? reached : [before, ...reached];
}

function implicitVar(writes: readonly Write[]): Write | null {
  const declared = writes.find((write) => write.kind === 'declaration' || write.kind === 'loop');
  const declaration = declared?.kind === 'loop' ? declaredByLoop(declared.node) : declared?.node.parent;
  if (declared === undefined || declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'var') return null;
  return { ...declared, kind: 'undefined', value: null, pattern: declared.target, path: [], fallback: null };
}

function declaredByLoop(loop: Node): Node | null {
  return loop.type === 'ForOfStatement' || loop.type === 'ForInStatement' ? loop.left : null;
}

/**
 * Read in another function than where it is written. Where all writes are in the function around a
 * closure, those that are over when the closure is made, and cannot run again, are out.
 */
function fromElsewhere(file: SourceFile, identifier: Node, variable: Variable, writes: readonly Write[], uninitialized: Write | null): readonly Write[] {
  const all = uninitialized === null ? writes : [uninitialized, ...writes];
  const home = functionOf(variable.scope.block);
  if (home === null) return all;
  const flow = controlFlow(file, home);
  if (!isLocalTo(file, flow, variable, writes)) return all;
  const closure = closureIn(identifier, home);
  if (closure === null || closure.type === 'FunctionDeclaration') return all;
  const made = placesOf(flow, closure).filter((step) => step.block.reachable);
  if (made.length === 0) return all;
  const possible = new Set<Write>(lastWrites(flow, made, writes, uninitialized));
  for (const write of writes) if (!possible.has(write) && laterThan(flow, closure, write)) possible.add(write);
  return [...possible].sort((a, b) => a.target.range[0] - b.target.range[0]);
}

function laterThan(flow: ControlFlow, closure: Node, write: Write): boolean {
  // The place of `x` in `x += 1` is its read; the write follows.
  return flow.canReach(closure, write.target) || flow.canReach(closure, write.node);
}

function functionOf(block: Node): FunctionNode | TSESTree.Program | null {
  let current: Node | undefined = block;
  while (current != null && !isFunction(current) && current.type !== 'Program') current = current.parent;
  return current ?? null;
}

/** The function directly inside `home` that holds the node. */
function closureIn(node: Node, home: Node): Node | null {
  let closure: Node | null = null;
  for (let current = node.parent as Node | undefined; current != null; current = current.parent) {
    if (current === home) return closure;
    if (isFunction(current)) closure = current;
  }
  return null;
}
