import type { TSESTree } from '@typescript-eslint/types';
import { argumentValue } from '../analysis/arguments.js';
import { evaluate } from '../analysis/evaluate.js';
import { readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { returnedFrom } from '../analysis/summarize-returns.js';
import { isInside } from '../analysis/summarize-body.js';
import { describe, enclosingFunction, memberName } from '../analysis/syntax.js';
import { alternatives, type Place, type Value } from '../analysis/value.js';
import type { ArgumentRef, EmptyResult } from '../models/types.js';
import { commandOf } from './call-mode.js';
import { callsAmong, callsOf, type IoCall } from './io-calls.js';
import { isByKeyOfCaller, isHandedIn, isReadBefore } from './keyed-lookups.js';
import type { NullableSource } from './nullable-source.js';
import { rowsOf, type Rows } from './sql-rows.js';

/** Results of modelled calls that are empty when the thing is missing, and of functions of the project that return null. */
export function nullableResults(file: SourceFile): readonly NullableSource[] {
  const sources: NullableSource[] = [];
  const { io, project } = callsOf(file);
  for (const call of io) {
    const source = ofCall(call, io);
    if (source !== null && !sources.some((other) => other.node === source.node)) sources.push(source);
  }
  for (const { node, callee } of project) {
    const returned = returnedFrom(callee.file, callee.node);
    const nothing = returned.empty.find(({ form }) => form === 'null' || form === 'undefined');
    // A promise that is made by hand is as good as an async function.
    if (sources.some((other) => other.node === node)) continue;
    if (nothing === undefined) {
      const handedOn = returned.nullish.is === 'yes' ? recordAt(returned.nullish.place) : null;
      if (handedOn !== null) sources.push(ofHandedOn(file, node, handedOn, returned.nullish as { readonly place: Place }));
      continue;
    }
    if (!callee.node.async && isPromise(nothing.place)) continue;
    const value = nothing.form === 'null' ? 'null' : 'undefined';
    sources.push({ kind: 'function', node, path: [], promise: callee.node.async, value, name: describe(node.callee), when: whenOf(file, callee, nothing.place), typed: true });
  }
  return sources;
}

/** What the call at a place answers for a record that is not there; `null` where it is no such call. */
function recordAt({ file, node }: Place): EmptyResult | null {
  if (node.type !== 'CallExpression') return null;
  const [call, ...more] = callsAmong(file, [node]).io;
  const { empty } = call?.operation.operation ?? {};
  if (call === undefined || more.length > 0 || call.uncertain || call.operation.model.kind !== 'db' || empty === undefined || empty.path !== '' || empty.sql !== undefined || isExcepted(call, empty)) return null;
  return empty.value === 'null' || empty.value === 'undefined' ? empty : null;
}

/** A function that hands on what a read of the database finds, or does not. */
function ofHandedOn(file: SourceFile, node: TSESTree.CallExpression, empty: EmptyResult, { place }: { readonly place: Place }): NullableSource {
  const { line } = place.file.lines.locate(place.node.range[0]);
  return {
    kind: 'function',
    node,
    path: [],
    promise: true,
    value: empty.value === 'null' ? 'null' : 'undefined',
    name: describe(node.callee),
    when: `when nothing matches (${place.file === file ? `line ${line}` : `${place.file.path.split('/').at(-1)}:${line}`})`,
    typed: true,
    // Whoever was handed the key has mostly loaded the record, or been asked for a thing that is there.
    ofCaller: node.arguments.length === 0 || node.arguments.some((argument) => isHandedIn(file, argument)),
  };
}

function ofCall(call: IoCall, io: readonly IoCall[]): NullableSource | null {
  const { operation, kind, model } = { operation: call.operation.operation, kind: call.operation.model.kind, model: call.operation };
  if (call.uncertain || call.through !== null) return null;
  const command = call.node.type === 'TaggedTemplateExpression' ? null : commandOf(call.file, call.node, operation);
  const empty = operation.byCommand === undefined ? operation.empty : (command?.empty ?? operation.empty);
  if (empty === undefined || isExcepted(call, empty)) return null;
  const list = empty.value === '[]';
  if (!list && empty.value !== 'null' && empty.value !== 'undefined') return null;
  const path = [...segmentsOf(empty.path), ...(list ? ['0'] : [])];
  if (empty.sql !== undefined && rowsOfCall(call, empty.sql) !== 'may-be-none') return null;
  return {
    kind: empty.sql !== undefined ? 'row' : 'record',
    node: call.node,
    path,
    promise: empty.atOnce !== true,
    value: empty.value === 'null' ? 'null' : 'undefined',
    name: model.name,
    when: empty.sql !== undefined ? 'no row matches' : kind === 'cache' ? 'the key is missing' : kind === 'db' ? 'nothing matches' : 'there is none',
    typed: empty.unsaid !== true && !path.some((segment) => /^\d+$/.test(segment)),
    ofCaller: isByKeyOfCaller(call) || isReadBefore(call, io),
  };
}

/** Where a function gives nothing, in words: only its code knows why. */
function whenOf(file: SourceFile, { file: home, node: fn }: Extract<Value, { kind: 'function' }>, { node }: Place): string {
  const failed = home.index.tries.find(({ handler }) => handler != null && isInside(handler, fn) && (node === fn ? fallsThrough(handler.body) : isInside(node, handler)));
  const { line } = home.lines.locate((node === fn ? (failed?.handler ?? fn) : node).range[0]);
  const place = home === file ? `line ${line}` : `${home.path.split('/').at(-1)}:${line}`;
  if (failed !== undefined) return `when what it tries fails (${place})`;
  return node === fn ? `, as it may end without a \`return\` (${place})` : `(${place})`;
}

/** Its last statement neither returns nor throws. */
function fallsThrough(body: TSESTree.BlockStatement): boolean {
  const last = body.body.at(-1);
  return last?.type !== 'ReturnStatement' && last?.type !== 'ThrowStatement';
}

/** The value stands in `Promise.resolve(…)`. */
function isPromise({ node }: Place): boolean {
  const call = node.parent as TSESTree.Node | undefined;
  return call?.type === 'CallExpression' && describe(call.callee) === 'Promise.resolve';
}

/** `rows[0]` is `rows`, `0`. */
function segmentsOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((segment) => segment !== '');
}

/** An option that makes the call throw instead is set, or may be; or somebody asked whether it is there. */
function isExcepted(call: IoCall, empty: EmptyResult): boolean {
  if (empty.asks !== undefined && isAsked(call, empty.asks)) return true;
  return (empty.unless ?? []).some((condition) => {
    const args = call.node.type === 'TaggedTemplateExpression' ? [] : call.node.arguments;
    const where = condition.argument === undefined ? call.options : (argumentValue(call.file, args, condition.argument)?.value ?? null);
    const answer = readOption(where, condition.path);
    if (answer.is === 'absent') return false;
    return answer.is === 'unknown' || alternatives(answer.value).some((value) => value.kind !== 'literal' || value.value === condition.equals);
  });
}

/** A member of this name is read in the same function: of what, matters less than that there is a guard. */
function isAsked({ file, node }: IoCall, names: readonly string[]): boolean {
  const owner = enclosingFunction(node);
  const isRead = (member: TSESTree.MemberExpression): boolean => names.includes(memberName(member) ?? '');
  if (file.index.members.some((member) => isRead(member) && isInside(member, owner))) return true;
  return names.some((name) => new RegExp(`\\{[^{}]*\\b${name}\\b[^{}]*\\}\\s*=`).test(file.text.slice(...owner.range)));
}

function rowsOfCall(call: IoCall, ref: ArgumentRef): Rows {
  const statements = statementsOf(call, ref);
  if (statements.length === 0) return 'unknown';
  const rows = statements.map((parts) => (parts === null ? 'unknown' : rowsOf(parts)));
  return rows.every((one) => one === rows[0]) ? rows[0]! : 'unknown';
}

/** The texts of the statement that a call may send; `null` for one that is not known. */
function statementsOf(call: IoCall, ref: ArgumentRef): readonly (readonly (string | null)[] | null)[] {
  const { node, file } = call;
  if (node.type === 'TaggedTemplateExpression') return [partsOfTemplate(node.quasi)];
  const position = ref.at === 'last' ? node.arguments.length - 1 : (ref.at[0] ?? 0);
  const argument = node.arguments[position];
  if (argument === undefined || argument.type === 'SpreadElement') return [];
  // `` query(sql`…`) ``: whatever the tag makes of it, the text is there.
  if (argument.type === 'TaggedTemplateExpression') return [partsOfTemplate(argument.quasi)];
  return alternatives(evaluate(file, argument)).map((value) => partsOf(value, ref.path));
}

function partsOf(value: Value, path: string | undefined): readonly (string | null)[] | null {
  if (value.kind === 'literal') return typeof value.value === 'string' ? [value.value] : null;
  if (value.kind === 'text') return value.parts;
  if (value.kind !== 'object' || path === undefined) return null;
  const answer = readOption(value, path);
  return answer.is === 'set' && answer.value.kind !== 'object' ? partsOf(answer.value, undefined) : null;
}

function partsOfTemplate(template: TSESTree.TemplateLiteral): readonly (string | null)[] {
  return template.quasis.flatMap((quasi, i) => (i === 0 ? [quasi.value.cooked ?? quasi.value.raw] : [null, quasi.value.cooked ?? quasi.value.raw]));
}
