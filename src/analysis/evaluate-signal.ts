import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from './source-file.js';
import { enclosingFunction, isFunction, memberName, outermost, unwrap } from './syntax.js';
import { unknown, type Place, type Value } from './value.js';

type Node = TSESTree.Node;

/**
 * The signal of a controller made at `place`: aborted by a timer, proved to be aborted by something
 * else only, or unknown (the controller leaves our sight).
 */
export function signalOf(place: Place): Value {
  const { file, node } = place;
  const uses = usesOf(file, node);
  if (uses === null) return unknown('signal', 'the controller is kept where we cannot follow it');
  let escapes = false;
  for (const use of uses) {
    const parent = outermost(use).parent;
    if (parent?.type === 'MemberExpression' && unwrap(parent.object) === unwrap(use)) {
      if (memberName(parent) === 'abort') {
        if (isDeferredByTimer(file, parent)) return { kind: 'signal', abortedBy: 'timer', ms: null };
        if (!abortsInSight(file, parent, node)) escapes = true;
      } else if (memberName(parent) !== 'signal') {
        escapes = true;
      }
    } else {
      escapes = true;
    }
  }
  return escapes ? unknown('signal', 'the controller is handed on') : { kind: 'signal', abortedBy: 'cancel', ms: null };
}

/** Every identifier or `this.x` that names the controller; `null` when it is not simply bound. */
function usesOf(file: SourceFile, made: Node): readonly Node[] | null {
  const holder = outermost(made).parent;
  if (holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier') {
    if (holder.parent.parent?.type === 'ExportNamedDeclaration') return null;
    const variable = file.bindings.variableOf(holder.id);
    if (variable === null || variable === 'global') return null;
    return variable.references.filter((reference) => reference.init !== true).map((reference) => reference.identifier as Node);
  }
  return null;
}

/** `setTimeout(() => c.abort(), ms)` or `setTimeout(c.abort.bind(c), ms)`: does a timer stand between here and its function? */
function isDeferredByTimer(file: SourceFile, node: Node): boolean {
  let current: Node | undefined = node;
  for (let hops = 0; current != null && hops < 40; hops++) {
    const parent: Node | undefined = current.parent;
    if (parent == null) return false;
    if (parent.type === 'CallExpression' && parent.arguments[0] === current && isTimer(parent.callee)) return true;
    // A named function that is handed to a timer somewhere: `const onTimeout = () => c.abort()`.
    if (isFunction(current)) {
      const name = current.type === 'FunctionDeclaration' ? current.id : parent.type === 'VariableDeclarator' ? parent.id : null;
      if (name?.type === 'Identifier') {
        const variable = file.bindings.variableOf(name);
        if (variable !== null && variable !== 'global') {
          const handed = variable.references.some((reference) => {
            const identifier = reference.identifier as Node;
            const call = identifier.parent;
            return call?.type === 'CallExpression' && ((call.arguments[0] === identifier && isTimer(call.callee)) || (call.callee === identifier && enclosingFunction(call) !== current && isDeferredByTimer(file, call)));
          });
          if (handed) return true;
        }
      }
    }
    current = parent;
  }
  return false;
}

const LISTENS = /^(?:on|once|addListener|prependListener|addEventListener|on[a-z]+)$/;

/**
 * Do we see when this `c.abort` runs: in the controller's own function, or in a listener? What is handed
 * to a helper, kept or returned may well be called by a timer.
 */
function abortsInSight(file: SourceFile, abort: Node, made: Node, depth = 0): boolean {
  if (depth > 3) return false;
  const direct = outermost(abort).parent;
  const isCalled = direct?.type === 'CallExpression' && unwrap(direct.callee) === unwrap(abort);
  if (!isCalled) return isHandedToListener(outermost(abort));
  const owner = enclosingFunction(abort);
  if (owner === enclosingFunction(made) || !isFunction(owner)) return true;
  const holder = outermost(owner);
  if (isHandedToListener(holder)) return true;
  const name = owner.type === 'FunctionDeclaration' ? owner.id : holder.parent?.type === 'VariableDeclarator' ? holder.parent.id : null;
  if (name?.type !== 'Identifier') return false;
  const variable = file.bindings.variableOf(name);
  if (variable === null || variable === 'global') return false;
  return variable.references.every((reference) => reference.init === true || abortsInSight(file, reference.identifier as Node, made, depth + 1));
}

/** `request.on('close', here)`, `socket.onclose = here`. */
function isHandedToListener(node: Node): boolean {
  const parent = node.parent;
  if (parent?.type === 'AssignmentExpression') return parent.right === node && parent.left.type === 'MemberExpression' && LISTENS.test(memberName(parent.left) ?? '');
  if (parent?.type !== 'CallExpression' || parent.callee === node) return false;
  const callee = unwrap(parent.callee);
  return callee.type === 'MemberExpression' && LISTENS.test(memberName(callee) ?? '');
}

function isTimer(callee: Node): boolean {
  const target = unwrap(callee);
  if (target.type === 'Identifier') return target.name === 'setTimeout' || target.name === 'setInterval';
  return target.type === 'MemberExpression' && (memberName(target) === 'setTimeout' || memberName(target) === 'setInterval');
}
