import type { InferInput } from 'valibot';
import { constructorOf } from '../analysis/evaluate-class.js';
import { exportsOf } from '../analysis/exports.js';
import { commonJsExports, moduleExport, presentAlternatives } from '../analysis/member.js';
import { returnedBy } from '../analysis/returns.js';
import type { SourceFile } from '../analysis/source-file.js';
import { isFunction, staticName } from '../analysis/syntax.js';
import { evaluate } from '../analysis/evaluate.js';
import type { FunctionNode, InstanceValue, Value } from '../analysis/value.js';
import { coversReply } from '../facts/bound-options.js';
import type { ClientModel } from '../models/types.js';
import type { UserSchemas } from '../models/user-schema.js';
import { draftCall, type DraftedBound, type DraftedCall, type DraftedOperation } from './draft-call.js';
import { limitOfClient } from './draft-options.js';

export type UserModel = InferInput<UserSchemas['client']>;
type Shape = NonNullable<UserModel['clients']>[string];
type Export = NonNullable<UserModel['exports']>[string];

export interface Draft {
  /** `null`: nothing that the file exports calls a client that is known. */
  readonly model: UserModel | null;
  /** What was left out, and why. */
  readonly notes: readonly string[];
  /** How many values the file exports by name. */
  readonly exports: number;
}

interface Drafting {
  readonly exports: Record<string, Export>;
  readonly clients: Record<string, Shape>;
  readonly calls: DraftedCall[];
  /** Clients of a library that are handed out as they are. */
  readonly handedOut: { readonly model: ClientModel; readonly limit: number | 'none'; readonly client: string }[];
  /** The client shapes of classes, which a factory may make too. */
  readonly classes: Map<unknown, string>;
  readonly notes: string[];
}

/** Drafts a model of a wrapper from what its file exports. What cannot be told is left out and noted. */
export function draftModel(file: SourceFile, packageName: string, version: string | null, source: string): Draft {
  const drafting: Drafting = { exports: {}, clients: {}, calls: [], handedOut: [], classes: new Map(), notes: [] };
  const exported = exportedValues(file, drafting);
  for (const [name, value] of exported) draftExport(name, value, drafting);
  if (Object.keys(drafting.exports).length === 0) return { model: null, notes: [...new Set(drafting.notes)], exports: exported.length };
  const model = assembled(drafting, packageName, version, source);
  return { model, notes: [...new Set(drafting.notes)], exports: exported.length };
}

function exportedValues(file: SourceFile, { notes }: Drafting): readonly (readonly [string, Value])[] {
  const { entries, stars, open } = exportsOf(file);
  for (const specifier of stars) notes.push(`export * from '${specifier}': not read; name that file to draft it`);
  if (open) notes.push('some of the exports are made in a way that is not read');
  const named = [...entries.keys()].filter((name) => name !== 'module.exports').map((name) => [name, moduleExport(file, name)] as const);
  const whole = entries.has('module.exports') ? commonJsExports(file) : null;
  if (whole === null) return named;
  // `module.exports = { get, post }` are exports by name; of anything else, the module itself.
  return whole.kind === 'object' ? [...[...whole.entries].map(([name, entry]) => [name, entry.value()] as const), ...named.filter(([name]) => !whole.entries.has(name))] : [['default', whole], ...named];
}

function draftExport(name: string, exported: Value, drafting: Drafting): void {
  const [value, ...others] = presentAlternatives(exported);
  if (value === undefined) return;
  if (others.length > 0) return void drafting.notes.push(`${name}: left out: it may be several things`);
  switch (value.kind) {
    case 'function':
      return draftFunction(name, value.file, value.node, drafting);
    case 'class': {
      const made = clientOfClass(name, value, drafting);
      if (made !== null) drafting.exports[name] = { is: 'class', makes: made, ...optionsOf(value.node) };
      return;
    }
    case 'object-of-class': {
      const shape = shapeOfClass(name, value, drafting, false);
      if (shape !== null) drafting.exports[name] = { is: 'client', client: addClient(clientName(name), shape, drafting) };
      return;
    }
    case 'object': {
      const operations = operationsIn(name, value, null, drafting);
      if (Object.keys(operations).length > 0) drafting.exports[name] = { is: 'client', client: addClient(clientName(name), { operations }, drafting) };
      return;
    }
    case 'instance': {
      const client = clientOfInstance(name, value, drafting);
      if (client !== null) drafting.exports[name] = { is: 'client', client };
      return;
    }
    case 'unknown':
      return void drafting.notes.push(`${name}: left out: what it is cannot be told`);
    default:
  }
}

/** A function that gives an object of functions, or a client, is a factory; any other is an operation. */
function draftFunction(name: string, file: SourceFile, fn: FunctionNode, drafting: Drafting): void {
  const given = presentAlternatives(returnedBy(file, fn));
  const [made] = given;
  if (given.length === 1 && made !== undefined && (made.kind === 'object' || made.kind === 'instance' || made.kind === 'object-of-class')) {
    const shape = shapeMade(name, made, fn, drafting);
    if (shape !== null) {
      drafting.exports[name] = { is: 'factory', makes: shape.makes, options: { at: shape.options } };
      return;
    }
    if (made.kind !== 'object') return;
  }
  const call = draftCall(file, fn, name, null);
  if (call === null) return;
  note(call, drafting);
  if (call.operation !== null) drafting.exports[name] = { is: 'operation', ...operationText(call.operation) };
}

function shapeMade(name: string, made: Value, factory: FunctionNode, drafting: Drafting): { readonly makes: string; readonly options: number[] } | null {
  if (made.kind === 'object') {
    const before = drafting.calls.length;
    const operations = operationsIn(name, made, factory, drafting);
    if (Object.keys(operations).length === 0) return null;
    return { makes: addClient(clientName(name), { operations }, drafting), options: positionsOf(factory, before, drafting) };
  }
  if (made.kind === 'object-of-class') {
    const makes = clientOfClass(name, made, drafting);
    const node = made.made?.node;
    const argument = node?.type === 'NewExpression' ? node.arguments[0] : undefined;
    const handed = argument === undefined || argument.type === 'SpreadElement' || made.made === null ? null : evaluate(made.made.file, argument);
    // The options of the class, where the factory hands its own on as they are.
    return makes === null ? null : { makes, options: handed?.kind === 'parameter' && handed.node === factory && handed.path.length === 0 ? [handed.index] : [] };
  }
  drafting.notes.push(`${name}: left out: it gives a client of a library as it is; write its options yourself, or export the client`);
  return null;
}

/** Which argument of the factory holds what its calls are bounded by. */
function positionsOf(factory: FunctionNode, before: number, { calls }: Drafting): number[] {
  const bounds = calls.slice(before).flatMap((call) => call.bounds.filter(({ at }) => at === 'client'));
  return bounds.length === 0 && factory.params.length !== 1 ? [] : [0];
}

const optionsOf = (node: Extract<Value, { kind: 'class' }>['node']): { options: { at: number[] } } => ({ options: { at: (constructorOf(node)?.params.length ?? 0) > 0 ? [0] : [] } });

function clientOfClass(name: string, value: Extract<Value, { kind: 'class' | 'object-of-class' }>, drafting: Drafting): string | null {
  const known = drafting.classes.get(value.node);
  if (known !== undefined) return known;
  const shape = shapeOfClass(name, value, drafting, true);
  if (shape === null) return null;
  const client = addClient(clientName(name), shape, drafting);
  drafting.classes.set(value.node, client);
  return client;
}

/** The public methods of a class. */
function shapeOfClass(name: string, { file, node }: Extract<Value, { kind: 'class' | 'object-of-class' }>, drafting: Drafting, isMade: boolean): Shape | null {
  const maker = constructorOf(node);
  const operations: Record<string, ReturnType<typeof operationText>> = {};
  if (node.superClass != null) drafting.notes.push(`${name}: what it inherits is not read`);
  for (const member of node.body.body) {
    if ((member.type !== 'MethodDefinition' && member.type !== 'PropertyDefinition') || member.static) continue;
    if (member.accessibility === 'private' || member.accessibility === 'protected' || member.key.type === 'PrivateIdentifier') continue;
    const method = staticName(member.key, member.computed);
    const fn = member.value;
    if (method === null || !isFunction(fn) || (member.type === 'MethodDefinition' && member.kind !== 'method')) continue;
    const call = draftCall(file, fn, `${name}.${method}`, maker);
    if (call === null) continue;
    if (!isMade && [...call.bounds, ...call.signals].some(({ at }) => at === 'client')) {
      drafting.notes.push(`${name}.${method}: left out: what the constructor was given decides`);
      continue;
    }
    note(call, drafting);
    if (call.operation !== null) operations[method] = operationText(call.operation);
  }
  return Object.keys(operations).length === 0 ? null : { operations };
}

/** The functions of an object that call out, those of objects in it included. */
function operationsIn(name: string, object: Extract<Value, { kind: 'object' }>, maker: FunctionNode | null, drafting: Drafting, prefix = ''): Shape['operations'] {
  const operations: Record<string, ReturnType<typeof operationText>> = {};
  for (const [key, entry] of object.entries) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    for (const value of presentAlternatives(entry.value())) {
      if (value.kind === 'object' && prefix === '') Object.assign(operations, operationsIn(name, value, maker, drafting, path));
      if (value.kind !== 'function') continue;
      const call = draftCall(value.file, value.node, `${name}.${path}`, maker);
      if (call === null) continue;
      note(call, drafting);
      if (call.operation !== null) operations[path] = operationText(call.operation);
    }
  }
  return operations;
}

/** A client of a library that is handed out as it was made: its own operations, under the limit that it was given. */
function clientOfInstance(name: string, instance: InstanceValue, drafting: Drafting): string | null {
  const limit = limitOfClient(instance);
  if (limit === 'unknown') {
    drafting.notes.push(`${name}: left out: what bounds the client cannot be told`);
    return null;
  }
  const { model, client } = instance;
  const shape = model.clients[client];
  if (shape === undefined) return null;
  if (model.mutators !== undefined && model.mutators.length > 0) drafting.notes.push(`${name}: what interceptors or assigned defaults change is not read`);
  const drafted: Shape = { operations: JSON.parse(JSON.stringify(shape.operations)) as Shape['operations'], perCall: shape.perCall, ...(shape.harmless === undefined ? {} : { harmless: [...shape.harmless] }) };
  const made = addClient(clientName(name), drafted, drafting);
  drafting.handedOut.push({ model, limit, client: made });
  return made;
}

function addClient(name: string, shape: Shape, { clients }: Drafting): string {
  let free = name;
  for (let i = 2; Object.hasOwn(clients, free); i++) free = `${name}${i}`;
  clients[free] = shape;
  return free;
}

/** `createOrdersClient` makes an `ordersClient`, `AcmeHttp` an `acmeHttp`. */
function clientName(name: string): string {
  const bare = name === 'default' ? '' : name.replace(/^(?:create|make|build|new|get)(?=[A-Z])/, '');
  return bare === '' ? 'client' : bare.charAt(0).toLowerCase() + bare.slice(1);
}

function note(call: DraftedCall, { calls, notes }: Drafting): void {
  notes.push(...call.notes);
  if (call.operation !== null) calls.push(call);
}

const operationText = ({ effect, options, noEdit, empty }: DraftedOperation) => ({
  ...(effect === 'unknown' ? {} : { effect }),
  options: { at: [...options.at] },
  ...(noEdit === true ? { noEdit } : {}),
  ...(empty === undefined ? {} : { empty }),
});

function assembled({ exports, clients, calls, handedOut, notes }: Drafting, packageName: string, version: string | null, source: string): UserModel {
  const models = [...new Set([...calls.flatMap((call) => call.models), ...handedOut.map(({ model }) => model)])];
  const kinds = [...new Set(models.map(({ kind }) => kind))];
  if (kinds.length > 1) notes.push(`kind: it calls clients of several kinds (${kinds.join(', ')}); the first is taken`);
  const signals = [...new Set(calls.flatMap((call) => call.signals.map(({ path }) => path)))];
  if (signals.length > 1) notes.push(`signal: ${signals.slice(1).map((path) => `\`${path}\``).join(', ')} left out: a model has one`);
  const signal = signals[0] ?? handedOut.find(({ model }) => model.signal !== undefined && model.signal.bounds !== false)?.model.signal?.path;
  const places = signals[0] === undefined ? handedOut.flatMap(({ model }) => [...(model.signal?.at ?? [])]) : calls.flatMap((call) => call.signals.filter(({ path }) => path === signal).map(({ at }) => at));
  const retries = [...new Set(calls.map((call) => call.retries))];
  if (retries.length > 1) notes.push('retry: left out: its calls try again differently often');
  const own = models.length === 1 ? models[0]!.retry : undefined;
  if (own !== undefined && own.retries > 0 && retries.every((count) => count === null)) notes.push(`retry: ${models[0]!.title} tries again by itself (${own.retries === Infinity ? 'without end' : `${own.retries} more by default`}); write \`retry\` if the wrapper leaves that as it is`);
  return {
    packages: [packageName],
    kind: kinds[0] ?? 'http',
    checked: version === null ? [] : [version],
    exports,
    clients,
    bounds: [...mergedBounds(calls, notes), ...handedOut.flatMap(boundsOfHandedOut)],
    ...(signal === undefined ? {} : { signal: { path: signal, at: [...new Set(places)], source: 'code' } }),
    ...(retries.length === 1 && typeof retries[0] === 'number' ? { retry: { retries: retries[0], backoff: 'none' as const, jitter: false, source: 'code' } } : {}),
    sources: { code: source },
    verified: 'source',
  };
}

/** One entry an option and what it covers, at every place that takes it. */
function mergedBounds(calls: readonly DraftedCall[], notes: string[]): NonNullable<UserModel['bounds']> {
  const groups = new Map<string, DraftedBound[]>();
  for (const bound of calls.flatMap((call) => call.bounds)) {
    const key = `${bound.path} ${bound.covers}`;
    groups.set(key, [...(groups.get(key) ?? []), bound]);
  }
  return [...groups.values()].map((bounds) => {
    const [first] = bounds;
    const defaults = new Set(bounds.map((bound) => bound.default));
    const numbers = [...defaults].filter((value) => value !== null);
    // Silence where they differ: a default that some calls have is written for all.
    if (defaults.size > 1) notes.push(`bounds: the default of \`${first!.path}\` differs by call (${[...defaults].map((value) => value ?? 'none').join(', ')}); the model has one for all`);
    const zero = bounds.every((bound) => bound.zero === first!.zero) ? first!.zero : undefined;
    return { path: first!.path, at: [...new Set(bounds.map((bound) => bound.at))], covers: first!.covers, unit: first!.unit, default: numbers.length === 0 ? null : Math.max(...numbers), ...(zero === undefined ? {} : { zero }), source: 'code' };
  });
}

/** What bounds a call of the client as the library made it; the limit that it was given is the default. */
function boundsOfHandedOut({ model, limit, client }: Drafting['handedOut'][number]): NonNullable<UserModel['bounds']> {
  return model.bounds
    .filter((bound) => coversReply(bound) && bound.rejects !== false && bound.requires === undefined && bound.at.includes('call'))
    .map(({ path, covers, unit, default: byDefault, zero, off, shorthand }) => ({ path, at: ['call'], covers, unit, default: limit === 'none' ? byDefault : limit, ...(zero === undefined ? {} : { zero }), ...(off === undefined ? {} : { off: [...off] }), ...(shorthand === undefined ? {} : { shorthand }), clients: [client], source: 'code' }));
}
