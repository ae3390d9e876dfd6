import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { describe, memberName, staticName, unwrap } from '../analysis/syntax.js';
import { OUTCOME_KEYS, SUCCESS_KEYS, SUCCESS_NAMES } from '../models/error-names.js';

type Node = TSESTree.Node;

/**
 * A constant that is written where a result belongs.
 * - `empty`: looks like a result with nothing in it: `[]`, `{}`, `''`, `0`, `{ rows: [] }`, `new Map()`
 * - `nothing`: `null`, `undefined`, an object of these
 * - `boolean`: `true`, `false`
 * - `value`: anything else
 */
export type ConstantShape = 'empty' | 'nothing' | 'boolean' | 'value';

export interface ConstantForm {
  readonly shape: ConstantShape;
  /** As in the code; shortened. */
  readonly text: string;
  /** It tells a caller that something failed: `{ success: false }`, `'failed'`. */
  readonly tellsFailure: boolean;
  /** It tells a caller that all is well: `{ success: true }`. */
  readonly tellsSuccess: boolean;
}

const NOTHING: ConstantForm = { shape: 'nothing', text: 'undefined', tellsFailure: false, tellsSuccess: false };

/** Is this expression a constant, however it is written? `null` where it holds anything that varies. */
export function constantForm(file: SourceFile, node: Node | null): ConstantForm | null {
  if (node === null) return NOTHING;
  const inner = unwrap(node);
  const text = file.text.slice(...inner.range);
  const of = (shape: ConstantShape, shown = text, tellsFailure = false, tellsSuccess = false): ConstantForm => ({ shape, text: shown, tellsFailure, tellsSuccess });
  switch (inner.type) {
    case 'Literal':
      if (inner.value === null) return of('nothing');
      if (typeof inner.value === 'boolean') return of('boolean');
      return inner.value === '' || inner.value === 0 ? of('empty') : of('value', text, typeof inner.value === 'string');
    case 'Identifier':
      return inner.name === 'undefined' ? NOTHING : null;
    case 'UnaryExpression':
      if (inner.operator === 'void') return NOTHING;
      return inner.operator === '-' && unwrap(inner.argument).type === 'Literal' ? of('value', text, true) : null;
    case 'TemplateLiteral':
      return inner.expressions.length > 0 ? null : (inner.quasis[0]?.value.cooked ?? '') === '' ? of('empty', "''") : of('value', '`…`', true);
    case 'ArrayExpression': {
      const items = inner.elements.map((item) => (item === null || item.type === 'SpreadElement' ? null : constantForm(file, item)));
      return items.some((item) => item === null) ? null : of(items.length === 0 ? 'empty' : 'value', items.length === 0 ? '[]' : '[…]', items.some((item) => item!.tellsFailure));
    }
    case 'ObjectExpression':
      return objectForm(file, inner);
    case 'NewExpression':
      return /^(?:Map|Set|WeakMap|URLSearchParams)$/.test(describe(inner.callee)) && inner.arguments.length === 0 ? of('empty', `${describe(inner)}`) : null;
    case 'CallExpression': {
      const [argument] = inner.arguments;
      return describe(inner.callee) === 'Promise.resolve' && argument?.type !== 'SpreadElement' ? constantForm(file, argument ?? null) : null;
    }
    default:
      return null;
  }
}

function objectForm(file: SourceFile, node: TSESTree.ObjectExpression): ConstantForm | null {
  let tellsFailure = false;
  let tellsSuccess = false;
  const shapes: ConstantShape[] = [];
  for (const property of node.properties) {
    if (property.type !== 'Property') return null;
    const key = staticName(property.key, property.computed) ?? '';
    if (saysSuccess(key, property.value)) tellsSuccess = true;
    const value = constantForm(file, property.value);
    if (value === null) {
      if (tellsSuccess) continue;
      return null;
    }
    shapes.push(value.shape);
    if (value.tellsFailure || OUTCOME_KEYS.test(key)) tellsFailure = true;
  }
  const shape = shapes.length === 0 || shapes.includes('empty') ? 'empty' : shapes.every((one) => one === 'nothing') ? 'nothing' : 'value';
  return { shape, text: node.properties.length === 0 ? '{}' : '{…}', tellsFailure: tellsFailure && !tellsSuccess, tellsSuccess };
}

/** `success: true`, `result: DeletionResult.DELETED`. */
export function saysSuccess(key: string, value: Node): boolean {
  const inner = unwrap(value);
  if (inner.type === 'Literal') return inner.value === true && SUCCESS_KEYS.test(key);
  return inner.type === 'MemberExpression' && /^(?:result|status|outcome|code)$/.test(key) && SUCCESS_NAMES.test(memberName(inner) ?? '');
}
