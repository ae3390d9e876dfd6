import type { TSESTree } from '@typescript-eslint/types';
import { pathOf, type AccessPath } from './access-path.js';
import { memberName, unwrap } from './syntax.js';
import type { SourceFile } from './source-file.js';
import { writesOf } from './writes.js';

type Node = TSESTree.Node;

/** Which kinds of value a place may hold, as bits. */
export type Possible = number;
export const UNDEFINED = 1;
export const NULL = 2;
/** `0`, `''`, `false`, `NaN`, `0n` */
const FALSY = 4;
export const TRUTHY = 8;
export const ANY = 15;
export const NON_NULLISH = FALSY | TRUTHY;
const NULLISH = UNDEFINED | NULL;

/** What a call says about one of its arguments, when it completes or by what it returns. */
export interface CallGuard {
  readonly argument: number;
  readonly is: 'truthy' | 'falsy' | 'non-nullish' | 'nullish' | 'defined';
  readonly when: 'completes' | 'true' | 'false';
  /** A test that comes out the other way denies it (`isNil`, not `isString`). */
  readonly exact?: boolean;
}

/** Tells assertion and test functions, by what they are. `'ends'`: the call never returns. */
export type CallGuards = (call: TSESTree.CallExpression) => CallGuard | 'ends' | null;

const MEANS: Readonly<Record<CallGuard['is'], Possible>> = {
  truthy: TRUTHY, falsy: ANY & ~TRUTHY, 'non-nullish': NON_NULLISH, nullish: NULLISH, defined: ANY & ~UNDEFINED,
};

/** The question: what does a condition say about this path? */
export interface Narrowing {
  readonly file: SourceFile;
  readonly path: AccessPath;
  readonly calls: CallGuards;
  /** What another expression may be, where it stands. */
  readonly valueOf: (node: Node) => Possible;
  /** Is the path's value sure to be the same now as where a constant was made of it? */
  readonly stable: boolean;
}

/** Levels of logic looked into; standing in for a condition counts as several. */
const MAX_LEVELS = 12;
const ALIAS = 4;

/** What the path may be once the test came out this way. `ANY`: the test says nothing about it. */
export function narrowing(on: Narrowing, test: Node, holds: boolean, level = 0): Possible {
  if (level > MAX_LEVELS) return ANY;
  const inner = unwrap(test);
  switch (inner.type) {
    case 'UnaryExpression':
      if (inner.operator === '!') return narrowing(on, inner.argument, !holds, level + 1);
      break;
    case 'LogicalExpression': {
      if (inner.operator === '??') break;
      const both = (inner.operator === '&&') === holds;
      const left = narrowing(on, inner.left, holds, level + 1);
      const right = narrowing(on, inner.right, holds, level + 1);
      return both ? left & right : left | (narrowing(on, inner.left, !holds, level + 1) & right);
    }
    case 'BinaryExpression':
      switch (inner.operator) {
        case '===':
        case '==':
          return equality(on, inner.left, inner.right, inner.operator === '===', holds, level);
        case '!==':
        case '!=':
          return equality(on, inner.left, inner.right, inner.operator === '!==', !holds, level);
        case '<':
        case '<=':
        case '>':
        case '>=':
          return relation(on, inner.left, inner.operator, inner.right, holds);
        case 'instanceof':
          return holds ? implied(on, inner.left, TRUTHY) : ANY;
        case 'in':
          // It throws for anything but an object, however it comes out.
          return implied(on, inner.right, TRUTHY);
        default:
          return ANY;
      }
    case 'CallExpression': {
      const told = callNarrowing(on, inner, holds, level);
      if (told !== ANY) return told;
      break;
    }
    case 'Identifier': {
      const own = implied(on, inner, holds ? TRUTHY : ANY & ~TRUTHY);
      const aliased = on.stable ? constantCondition(on.file, inner) : null;
      return aliased === null ? own : own & narrowing(on, aliased, holds, level + ALIAS);
    }
    default:
      break;
  }
  return implied(on, inner, holds ? TRUTHY : ANY & ~TRUTHY);
}

/** The condition that a constant stands for: `const ok = x != null`. */
export function constantCondition(file: SourceFile, identifier: TSESTree.Identifier): Node | null {
  const variable = file.bindings.variableOf(identifier);
  if (variable === null || variable === 'global') return null;
  const [write, ...more] = writesOf(file, variable);
  if (write === undefined || more.length > 0 || write.kind !== 'declaration' || write.path.length > 0 || write.value === null) return null;
  const value = unwrap(write.value);
  return ['BinaryExpression', 'LogicalExpression', 'UnaryExpression', 'CallExpression'].includes(value.type) ? value : null;
}

/** What it says about the path that the value of an expression is one of some kinds. */
export function implied(on: Narrowing, node: Node, kinds: Possible): Possible {
  const inner = unwrap(node);
  let result = ANY;
  const path = pathOf(on.file, inner);
  if (path !== null) {
    if (path.key === on.path.key) result &= kinds;
    // A map that has the key gives its value.
    else if (kinds === TRUTHY && path.key === asQuestion(on.path)) result &= NON_NULLISH;
  }
  switch (inner.type) {
    case 'MemberExpression':
    case 'CallExpression':
      // A chain that was cut short is undefined: where it is not, each link held.
      if ((kinds & UNDEFINED) === 0) result &= links(on, inner);
      break;
    case 'AssignmentExpression':
      if (inner.operator === '=' || /^(?:\|\||&&|\?\?)=$/.test(inner.operator)) result &= implied(on, inner.left, kinds);
      if (inner.operator === '=') result &= implied(on, inner.right, kinds);
      break;
    case 'SequenceExpression':
      if (inner.expressions.length > 0) result &= implied(on, inner.expressions.at(-1)!, kinds);
      break;
    default:
      break;
  }
  return result;
}

function links(on: Narrowing, node: Node): Possible {
  let result = ANY;
  for (let current = node; ; ) {
    if (current.type !== 'MemberExpression' && current.type !== 'CallExpression') return result;
    const before: Node = unwrap(current.type === 'MemberExpression' ? current.object : current.callee);
    if (current.optional && pathOf(on.file, before)?.key === on.path.key) result &= NON_NULLISH;
    current = before;
  }
}

/** `map.has(key)` for `map.get(key)`. */
function asQuestion(path: AccessPath): string | null {
  const last = path.segments.at(-1);
  return last?.startsWith('.get(') ? path.key.slice(0, -last.length) + last.replace('.get(', '.has(') : null;
}

const TYPES: Readonly<Record<string, Possible>> = {
  undefined: UNDEFINED, object: NULL | TRUTHY, function: TRUTHY, symbol: TRUTHY, string: NON_NULLISH, number: NON_NULLISH, boolean: NON_NULLISH, bigint: NON_NULLISH,
};

function equality(on: Narrowing, left: Node, right: Node, strict: boolean, equal: boolean, level: number): Possible {
  return equalTo(on, unwrap(left), unwrap(right), strict, equal, level) & equalTo(on, unwrap(right), unwrap(left), strict, equal, level);
}

function equalTo(on: Narrowing, node: Node, other: Node, strict: boolean, equal: boolean, level: number): Possible {
  if (node.type === 'UnaryExpression' && node.operator === 'typeof' && other.type === 'Literal') {
    const kinds = TYPES[String(other.value)] ?? ANY;
    if (equal) return implied(on, node.argument, kinds);
    return kinds === UNDEFINED ? implied(on, node.argument, ANY & ~UNDEFINED) : ANY;
  }
  const kinds = literalKinds(other);
  if (kinds === null) {
    const value = equal && strict ? on.valueOf(other) : ANY;
    return value === ANY ? ANY : implied(on, node, value);
  }
  if ((kinds & NULLISH) !== 0) {
    const meant = strict ? kinds : NULLISH;
    return implied(on, node, equal ? meant : ANY & ~meant);
  }
  if (other.type === 'Literal' && typeof other.value === 'boolean' && strict && equal) {
    return implied(on, node, kinds) & narrowing(on, node, other.value, level + 1);
  }
  if (equal) return implied(on, node, strict ? kinds : NON_NULLISH);
  return kinds === FALSY && isCount(node) ? implied(on, node, TRUTHY) : ANY;
}

/** The kinds of a constant; `null` where it is none. */
export function literalKinds(node: Node): Possible | null {
  if (node.type === 'Literal') {
    if (node.value === null && node.raw === 'null') return NULL;
    return node.value || node.value === null ? TRUTHY : FALSY;
  }
  if (node.type === 'Identifier' && node.name === 'undefined') return UNDEFINED;
  if (node.type === 'UnaryExpression' && node.operator === 'void') return UNDEFINED;
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked === '' ? FALSY : TRUTHY;
  return null;
}

/** A number that is never negative. */
function isCount(node: Node): boolean {
  return node.type === 'MemberExpression' && !node.optional && /^(?:length|size|count|rowCount|byteLength)$/.test(memberName(node) ?? '');
}

const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function relation(on: Narrowing, left: Node, operator: keyof typeof MIRRORED, right: Node, holds: boolean): Possible {
  return comparedTo(on, unwrap(left), operator, unwrap(right), holds) & comparedTo(on, unwrap(right), MIRRORED[operator], unwrap(left), holds);
}

function comparedTo(on: Narrowing, node: Node, operator: keyof typeof MIRRORED, other: Node, holds: boolean): Possible {
  const bound = other.type === 'Literal' && typeof other.value === 'number' ? other.value : null;
  const some = (operator === '>' && bound === 0) || (operator === '>=' && bound === 1);
  const none = (operator === '<' && bound === 1) || (operator === '<=' && bound === 0);
  // undefined compares as NaN, and so with nothing.
  if (!holds) {
    if (!isCount(node) || bound === null) return ANY;
    // Not `<= 1`, not `< 2`: more than nothing.
    if ((operator === '<=' && bound >= 0) || (operator === '<' && bound > 0)) return implied(on, node, TRUTHY);
    return some ? implied(on, node, FALSY) : ANY;
  }
  if (none && isCount(node)) return implied(on, node, FALSY);
  if (bound !== null) {
    const zero = { '<': 0 < bound, '<=': 0 <= bound, '>': 0 > bound, '>=': 0 >= bound }[operator];
    if (!zero) return implied(on, node, TRUTHY);
  }
  return implied(on, node, ANY & ~UNDEFINED);
}

const TESTS: Readonly<Record<string, Possible>> = {
  'Array.isArray': TRUTHY, 'Buffer.isBuffer': TRUTHY, 'ArrayBuffer.isView': TRUTHY, 'Number.isInteger': NON_NULLISH, 'Number.isSafeInteger': NON_NULLISH, 'Number.isFinite': NON_NULLISH,
};

function callNarrowing(on: Narrowing, call: TSESTree.CallExpression, holds: boolean, level: number): Possible {
  const callee = unwrap(call.callee);
  const [first] = call.arguments;
  const builtin = pathOf(on.file, callee);
  if (first !== undefined && builtin !== null && builtin.key.startsWith('global ')) {
    const name = builtin.key.slice('global '.length);
    if (name === 'Boolean') return narrowing(on, first, holds, level + 1);
    const kinds = TESTS[name];
    if (kinds !== undefined) return holds ? implied(on, first, kinds) : ANY;
  }
  const guard = on.calls(call);
  if (guard === null || guard === 'ends' || guard.when === 'completes') return ANY;
  const argument = call.arguments[guard.argument];
  if (argument === undefined) return ANY;
  if ((guard.when === 'true') === holds) return implied(on, argument, MEANS[guard.is]);
  return guard.exact === true ? implied(on, argument, ANY & ~MEANS[guard.is]) : ANY;
}

/** What the completion of a call says: an assertion. */
export function afterCall(on: Narrowing, call: TSESTree.CallExpression): Possible | 'ends' {
  const guard = on.calls(call);
  if (guard === 'ends') return 'ends';
  if (guard === null || guard.when !== 'completes') return ANY;
  const argument = call.arguments[guard.argument];
  if (argument === undefined) return ANY;
  if (guard.is === 'truthy' || guard.is === 'falsy') return narrowing(on, argument, guard.is === 'truthy');
  return implied(on, argument, MEANS[guard.is]);
}
