import type { TSESTree } from '@typescript-eslint/types';
import { unwrapAwaited } from '../analysis/awaited.js';
import type { SourceFile } from '../analysis/source-file.js';
import { enclosingFunction, isFunction, memberName, unwrap } from '../analysis/syntax.js';
import { storedAs } from '../facts/cache-access.js';
import type { ErrorFill } from '../facts/cache-fills.js';
import type { Edit, Mend } from './edit.js';
import { endOutsideParens, indentAt } from './layout.js';
import { guardWrite, statementOf, storedName } from './guard-write.js';

type Node = TSESTree.Node;

/**
 * Edits that keep a cache from being written to because something failed.
 * @returns the possible mends, best first; empty where no edit can be made here
 */
export function keepErrorsOut(file: SourceFile, fill: ErrorFill): readonly Mend[] {
  const mends = (): readonly (Mend | null)[] => {
    switch (fill.kind) {
      case 'failed-read':
        return fill.inHandler ? [withoutWrite(fill)] : [withFlag(file, fill)];
      case 'hidden-failure':
        return [];
      case 'error-default':
        return [withoutCatch(file, fill), onlyResults(file, fill)];
      case 'promise':
        return [removedOnFailure(file, fill)];
    }
  };
  return mends().filter((mend) => mend !== null);
}

/** The write goes; what else the handler does stays. */
function withoutWrite(fill: ErrorFill): Mend | null {
  const statement = statementOf(fill.write.node);
  const block = statement?.parent as Node | undefined;
  if (statement === null || block?.type !== 'BlockStatement') return null;
  return { edits: [{ range: [statement.range[0], statement.range[1]], text: '' }], title: 'remove this write', safety: 'behaviour' };
}

/** A flag that the handler sets, and that the write asks for. */
function withFlag(file: SourceFile, fill: ErrorFill): Mend | null {
  const { handler, read } = fill;
  if (handler === null || read === null) return null;
  const name = ['cacheFailed', 'readFailed', 'cacheReadFailed'].find((one) => !new RegExp(`\\b${one}\\b`).test(file.text));
  const guard = name === undefined ? null : guardWrite(file, fill.write, `!${name}`);
  const before = statementAround(handler.by === 'catch-clause' ? handler.statement : handler.call);
  if (name === undefined || guard === null || before === null || before.range[0] > fill.write.node.range[0]) return null;
  // The flag must be in sight of the write.
  const block = before.parent as Node;
  if (fill.write.node.range[1] > block.range[1]) return null;
  const set = handler.by === 'catch-clause' ? intoBlock(handler.clause.body, `${name} = true;`) : intoCallback(file, handler.call, name);
  if (set === null) return null;
  const declared: Edit = { range: [before.range[0], before.range[0]], text: `let ${name} = false;\n${indentAt(file, before.range[0])}` };
  return { edits: [declared, ...set, ...guard.edits].sort((a, b) => a.range[0] - b.range[0]), title: 'skip the write after a failed read', safety: 'behaviour' };
}

function intoBlock(block: TSESTree.BlockStatement, text: string): readonly Edit[] {
  const at = block.range[0] + 1;
  return [{ range: [at, at], text: ` ${text}` }];
}

function intoCallback(file: SourceFile, call: TSESTree.CallExpression, name: string): readonly Edit[] | null {
  const handler = call.arguments[0] === undefined ? null : unwrap(call.arguments[0]);
  if (!isFunction(handler) || handler.body == null) return null;
  if (handler.body.type === 'BlockStatement') return intoBlock(handler.body, `${name} = true;`);
  // From the arrow to the end of the function, with the parentheses around an object.
  const arrow = file.text.indexOf('=>', handler.params.at(-1)?.range[1] ?? handler.range[0]);
  if (arrow === -1 || arrow > handler.body.range[0]) return null;
  const from = arrow + 2;
  return [{ range: [from, handler.range[1]], text: ` { ${name} = true; return ${file.text.slice(from, handler.range[1]).trim()}; }` }];
}

/** The statement of a block that holds a node, inside its function. */
function statementAround(node: Node): Node | null {
  const owner = enclosingFunction(node);
  for (let current: Node = node; current.parent != null && current !== owner; current = current.parent) {
    const parent = current.parent as Node;
    if (parent.type === 'BlockStatement' || parent.type === 'Program') return current;
  }
  return null;
}

/** `load().catch(() => [])` without its `catch`: the failure reaches the caller, and nothing is stored. */
function withoutCatch(file: SourceFile, fill: ErrorFill): Mend | null {
  const place = fill.stands?.place;
  if (place === undefined || place.file !== file) return null;
  for (const call of file.index.calls) {
    const callee = unwrap(call.callee);
    if (call.type !== 'CallExpression' || callee.type !== 'MemberExpression' || memberName(callee) !== 'catch') continue;
    const handler = call.arguments[0];
    if (handler === undefined || place.node.range[0] < handler.range[0] || place.node.range[1] > handler.range[1]) continue;
    return { edits: [{ range: [endOutsideParens(file, callee.object, callee.property.range[0]), call.range[1]], text: '' }], title: 'let the failure reach the caller', safety: 'behaviour' };
  }
  return null;
}

/** Writes only what is not the default. */
function onlyResults(file: SourceFile, fill: ErrorFill): Mend | null {
  const name = storedName(file, fill.write);
  const condition = name === null ? null : notThe(fill.stands!.text, name);
  return condition === null ? null : guardWrite(file, fill.write, condition);
}

function notThe(text: string, name: string): string | null {
  switch (text) {
    case 'null':
    case 'undefined':
      return `${name} != null`;
    case '[]':
      return `${name}.length > 0`;
    case '{}':
      return `Object.keys(${name}).length > 0`;
    default:
      return /^(?:true|false|-?[\d.]+|'[^']*'|"[^"]*")$/.test(text) ? `${name} !== ${text}` : null;
  }
}

/** `promise.catch(() => cache.delete(key))` behind the write. */
function removedOnFailure(file: SourceFile, fill: ErrorFill): Mend | null {
  const { node, operation } = fill.write;
  const statement = statementOf(node);
  if (statement === null || node.type !== 'CallExpression' || fill.write.through.length > 0) return null;
  const callee = unwrap(node.callee);
  const key = node.arguments[0];
  const stored = unwrapAwaited(storedAs(file, fill.write.value!.node).expression);
  const shape = operation.model.clients[operation.instance?.client ?? ''];
  const remove = Object.entries(shape?.operations ?? {}).find(([, one]) => one.cache?.role === 'delete')?.[0];
  if (callee.type !== 'MemberExpression' || key === undefined || stored.type !== 'Identifier' || remove === undefined) return null;
  const text = (one: Node): string => file.text.slice(one.range[0], one.range[1]);
  const added = `\n${indentAt(file, statement.range[0])}${stored.name}.catch(() => ${text(callee.object)}.${remove}(${text(key)}));`;
  return { edits: [{ range: [statement.range[1], statement.range[1]], text: added }], title: `remove the entry when \`${stored.name}\` fails`, safety: 'behaviour' };
}
