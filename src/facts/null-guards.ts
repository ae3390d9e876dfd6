import type { TSESTree } from '@typescript-eslint/types';
import { memberPath, pathOf, type AccessPath } from '../analysis/access-path.js';
import { evaluate } from '../analysis/evaluate.js';
import { factsAt, isGuarded, type CallGuard, type CallGuards, type Tri } from '../analysis/guards.js';
import { presentAlternatives } from '../analysis/member.js';
import type { SourceFile } from '../analysis/source-file.js';
import { callAssertions } from '../analysis/summarize-asserts.js';
import { memberName, unwrap } from '../analysis/syntax.js';
import type { Value } from '../analysis/value.js';
import { COMPARING_ASSERTIONS, COUNTS, NULL_TESTS, TESTING_NAMES, TESTING_OWNERS } from '../models/builtins.js';

type Node = TSESTree.Node;

const CALLS = Symbol('calls that guard');

/** What calls of a file say about their arguments: assertions, type predicates, tests of well-known packages. */
export function callGuardsOf(file: SourceFile): CallGuards {
  return file.memo(CALLS, () => {
    const known = new WeakMap<Node, { readonly guard: CallGuard | 'ends' | null }>();
    return (call: TSESTree.CallExpression) => {
      let entry = known.get(call);
      if (entry === undefined) {
        // Guards against a test that is defined by itself.
        known.set(call, { guard: null });
        known.set(call, (entry = { guard: guardOf(file, call) }));
      }
      return entry.guard;
    };
  });
}

function guardOf(file: SourceFile, call: TSESTree.CallExpression): CallGuard | 'ends' | null {
  const asserted = callAssertions(file, call);
  if (asserted === 'ends') return 'ends';
  if (asserted.length > 0) return asserted[0]!;
  const callees = presentAlternatives(evaluate(file, call.callee));
  const callee = callees.length === 1 ? callees[0]! : null;
  if (callee === null) return null;
  return predicateOf(callee) ?? listedTest(callee) ?? comparison(callee, call);
}

/** `isOrder(x): x is Order`. */
function predicateOf(callee: Value): CallGuard | null {
  if (callee.kind !== 'function') return null;
  const type = callee.node.returnType?.typeAnnotation;
  if (type?.type !== 'TSTypePredicate' || type.asserts || type.parameterName.type !== 'Identifier') return null;
  const { name } = type.parameterName;
  const argument = callee.node.params.findIndex((parameter) => parameter.type === 'Identifier' && parameter.name === name);
  const target = type.typeAnnotation?.typeAnnotation;
  if (argument === -1 || target === undefined) return null;
  const members: readonly Node[] = target.type === 'TSUnionType' ? target.types : [target];
  if (members.every((member) => member.type === 'TSNullKeyword' || member.type === 'TSUndefinedKeyword')) return { argument, is: 'nullish', when: 'true', exact: true };
  const open = members.some((member) => ['TSNullKeyword', 'TSUndefinedKeyword', 'TSAnyKeyword', 'TSUnknownKeyword'].includes(member.type));
  return open ? null : { argument, is: 'non-nullish', when: 'true' };
}

function nameIn(callee: Value, packages: Readonly<Record<string, unknown>>): string | null {
  if (callee.kind !== 'export' || !Object.hasOwn(packages, callee.package)) return null;
  const path = callee.path[0] === 'default' || callee.path[0] === 'strict' ? callee.path.slice(1) : callee.path;
  return path.length === 0 ? 'default' : path.join('.');
}

function listedTest(callee: Value): CallGuard | null {
  const name = nameIn(callee, NULL_TESTS);
  const table = name === null || callee.kind !== 'export' ? undefined : NULL_TESTS[callee.package];
  const is = table !== undefined && Object.hasOwn(table, name!) ? table[name!] : undefined;
  if (is === undefined) return null;
  if (is === 'nullish') return { argument: 0, is: 'nullish', when: 'true', exact: true };
  return is === 'empty' ? { argument: 0, is: 'truthy', when: 'false' } : { argument: 0, is: 'non-nullish', when: 'true' };
}

/** `assert.notEqual(x, null)`, `assert.strictEqual(rows.length, 1)`. */
function comparison(callee: Value, call: TSESTree.CallExpression): CallGuard | null {
  const name = nameIn(callee, COMPARING_ASSERTIONS);
  const table = name === null || callee.kind !== 'export' ? undefined : COMPARING_ASSERTIONS[callee.package];
  const other = call.arguments[1] === undefined ? null : unwrap(call.arguments[1]);
  if (table === undefined || other === null) return null;
  const nothing = (other.type === 'Literal' && other.value === null && other.raw === 'null') || (other.type === 'Identifier' && other.name === 'undefined');
  if (table.different.includes(name!)) return nothing ? { argument: 0, is: 'non-nullish', when: 'completes' } : null;
  if (!table.same.includes(name!)) return null;
  return other.type === 'Literal' && Boolean(other.value) ? { argument: 0, is: 'truthy', when: 'completes' } : null;
}

/**
 * Is a value protected against being null or undefined where it is used? By a test of itself, or by
 * its other half: `rows.length` for `rows[0]`, `result.rowCount` for `result.rows[0]`.
 * @param at the node that is about to be evaluated
 * @param absent what stands for "not there"
 * @param containers what it was taken out of
 * @param counts paths that are truthy exactly when the value is there
 */
export function guardedAt(file: SourceFile, at: Node, value: Node, absent: 'null' | 'undefined', containers: readonly Node[], counts: readonly AccessPath[]): Tri {
  const options = { calls: callGuardsOf(file) };
  const own = isGuarded(file, at, value, 'nullish', options);
  const facts = factsAt(file, at, value, options);
  // Which of the two a source gives is known, so a test of that one does.
  if (own === 'yes' || (absent === 'null' ? facts.notNull : facts.defined) === 'yes') return 'yes';
  if (facts.reason === 'unreachable' || facts.reason === 'no-place') return 'unknown';
  const paths = [...counts];
  for (const container of containers) {
    const path = pathOf(file, container);
    if (path !== null) for (const name of COUNTS) paths.push(memberPath(path, name));
  }
  return paths.some((path) => factsAt(file, at, path, options).truthy === 'yes') ? 'yes' : own;
}

/** Does the name of this call, or of what it is called on, say that it tests what it is given? */
export function mayTest(call: TSESTree.CallExpression | TSESTree.NewExpression): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === 'Identifier' ? callee.name : callee.type === 'MemberExpression' ? (memberName(callee) ?? '') : '';
  const owner = callee.type === 'MemberExpression' ? unwrap(callee.object) : null;
  return TESTING_NAMES.test(name) || (owner?.type === 'Identifier' && TESTING_OWNERS.test(owner.name));
}
