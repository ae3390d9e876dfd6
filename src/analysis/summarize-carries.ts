import type { TSESTree } from '@typescript-eslint/types';
import type { ClientModel } from '../models/types.js';
import { argumentValue } from './arguments.js';
import { evaluate } from './evaluate.js';
import { presentAlternatives, readMember } from './member.js';
import { operationOf } from './operation.js';
import type { SourceFile } from './source-file.js';
import { isInside } from './summarize-body.js';
import { builtinName } from './summarize-names.js';
import { question } from './summarize-question.js';
import { isFunction, unwrap } from './syntax.js';
import { alternatives, type FunctionNode, type OperationValue, type Place, type Value } from './value.js';

type Node = TSESTree.Node;

/** A parameter, or a part of one, that reaches the options of an I/O call. */
export interface CarriedParameter {
  readonly index: number;
  /** Path below the parameter: `['timeout']` of `{ timeout }`. */
  readonly path: readonly string[];
  /**
   * - `options`: it is the options object
   * - `spread`: its keys are put into the options object
   * - `signal`, `timeout`: it is that option, or the number of a timed signal
   * - `option`: it is another option
   */
  readonly as: 'options' | 'spread' | 'signal' | 'timeout' | 'option';
  /** Dotted path of the option; `null` for `options` and `spread`. */
  readonly option: string | null;
  readonly operation: OperationValue;
  /** The call in this function: of the operation, or of the function that carries it on. */
  readonly call: Place;
}

/** Which parameters of a function carry options, a signal or a timeout into which I/O call. */
export const carriedBy = question<readonly CarriedParameter[]>(find, [], []);

/** Levels of objects in the options: `{ axios: { timeout } }`. */
const MAX_LEVEL = 3;

/** What a parameter is found as, before it is known whose call it reaches. */
type Found = Pick<CarriedParameter, 'index' | 'path' | 'as' | 'option'>;

function find(file: SourceFile, fn: FunctionNode): readonly CarriedParameter[] {
  if (fn.params.length === 0 || fn.body == null) return [];
  const carried: CarriedParameter[] = [];
  // Functions inside count too: a wrapper often makes its call in a callback.
  for (const call of file.index.calls) {
    if (!isInside(call, fn) || call.callee.type === 'Super') continue;
    const place = { file, node: call };
    for (const callee of presentAlternatives(evaluate(file, call.callee))) {
      const operation = operationOf(callee);
      if (operation !== null) {
        const ref = operation.operation.options;
        const argument = ref === undefined ? null : argumentValue(file, call.arguments, ref);
        if (argument !== null) for (const found of reaching(file, fn, argument.node, argument.value, operation.model)) add(carried, { ...found, operation, call: place });
      } else if (callee.kind === 'function' && call.type === 'CallExpression' && callee.node !== fn) {
        for (const inner of carriedBy(callee.file, callee.node)) {
          for (const found of carriedOn(file, fn, call, inner)) add(carried, { ...found, operation: inner.operation, call: place });
        }
      }
    }
  }
  return carried;
}

function add(carried: CarriedParameter[], one: CarriedParameter): void {
  const same = (other: CarriedParameter): boolean =>
    other.index === one.index && other.as === one.as && other.option === one.option && other.call.node === one.call.node && other.path.join('.') === one.path.join('.') && other.operation.name === one.operation.name;
  if (!carried.some(same)) carried.push(one);
}

/** What of this function reaches the parameter that the called function carries on. */
function carriedOn(file: SourceFile, fn: FunctionNode, call: TSESTree.CallExpression, inner: CarriedParameter): readonly Found[] {
  const spread = call.arguments.findIndex((argument) => argument.type === 'SpreadElement');
  const node = call.arguments[inner.index];
  if (node === undefined || (spread !== -1 && spread <= inner.index)) return [];
  let value = evaluate(file, node);
  for (const step of inner.path) value = readMember(value, step, { file, node });
  if (inner.as === 'options' || inner.as === 'spread') {
    return reaching(file, fn, inner.path.length === 0 ? node : null, value, inner.operation.model).map((found) => (found.as === 'options' ? { ...found, as: inner.as } : found));
  }
  return alternatives(value).flatMap((member) => parameterIn(fn, member).map((found) => ({ ...found, as: inner.as, option: inner.option })));
}

/** The parameters that make up an options value. */
function reaching(file: SourceFile, fn: FunctionNode, node: Node | null, value: Value, model: ClientModel): readonly Found[] {
  const found: Found[] = [];
  for (const member of alternatives(value)) {
    for (const whole of parameterIn(fn, member)) found.push({ ...whole, as: 'options', option: null });
    if (member.kind === 'object') found.push(...entriesOf(fn, member, '', model));
  }
  for (const spread of spreadsOf(file, node, value)) {
    for (const member of alternatives(evaluate(file, spread))) {
      for (const whole of parameterIn(fn, member)) found.push({ ...whole, as: 'spread', option: null });
    }
  }
  return found;
}

function entriesOf(fn: FunctionNode, object: Extract<Value, { kind: 'object' }>, prefix: string, model: ClientModel, level = 0): readonly Found[] {
  const found: Found[] = [];
  for (const [key, entry] of object.entries) {
    const option = prefix === '' ? key : `${prefix}.${key}`;
    for (const member of alternatives(entry.value())) {
      // `AbortSignal.timeout(ms)`: the number is the bound.
      if (member.kind === 'signal' && member.ms !== null) {
        for (const ms of alternatives(member.ms)) for (const one of parameterIn(fn, ms)) found.push({ ...one, as: 'timeout', option });
      }
      for (const one of parameterIn(fn, member)) found.push({ ...one, as: roleOf(option, model), option });
      if (member.kind === 'object' && level < MAX_LEVEL) found.push(...entriesOf(fn, member, option, model, level + 1));
    }
  }
  return found;
}

function roleOf(option: string, model: ClientModel): CarriedParameter['as'] {
  if (model.signal?.path === option) return 'signal';
  return model.bounds.some((bound) => (bound.path === option && bound.fixed !== true) || (bound.shorthand === true && bound.path.startsWith(`${option}.`))) ? 'timeout' : 'option';
}

function parameterIn(fn: FunctionNode, value: Value): readonly { index: number; path: readonly string[] }[] {
  return value.kind === 'parameter' && value.node === fn ? [{ index: value.index, path: value.path }] : [];
}

/** What is spread into the options, or assigned to them, where they are written. */
function spreadsOf(file: SourceFile, node: Node | null, value: Value): readonly Node[] {
  const places = alternatives(value).flatMap((member) => (member.kind === 'object' && member.place !== null && member.place.file === file ? [member.place.node] : []));
  const found: Node[] = [];
  for (const place of new Set(node === null ? places : [...places, unwrap(node)])) {
    const made = place.type === 'Identifier' ? (madeAt(file, place) ?? place) : place;
    if (made.type === 'ObjectExpression') {
      for (const property of made.properties) if (property.type === 'SpreadElement') found.push(property.argument);
    } else if (made.type === 'CallExpression' && builtinName(evaluate(file, made.callee)) === 'Object.assign') {
      found.push(...made.arguments.filter((argument) => argument.type !== 'SpreadElement'));
    }
  }
  return [...new Set(found)];
}

/** What the variable of the options was made of: `const merged = Object.assign({}, defaults, options)`. */
function madeAt(file: SourceFile, name: TSESTree.Identifier): Node | null {
  const variable = file.bindings.variableOf(name);
  const definition = variable === null || variable === 'global' ? undefined : (variable.defs[0]?.node as Node | undefined);
  if (definition?.type !== 'VariableDeclarator' || definition.id.type !== 'Identifier' || definition.init == null) return null;
  const made = unwrap(definition.init);
  return isFunction(made) ? null : made;
}
