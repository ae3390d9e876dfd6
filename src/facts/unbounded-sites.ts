import type { Variable } from '@typescript-eslint/scope-manager';
import type { TSESTree } from '@typescript-eslint/types';
import { enclosingFunction } from '../analysis/syntax.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { FunctionNode, InstanceValue, OperationValue } from '../analysis/value.js';
import { allModels, nothingSets } from '../models/lookup.js';
import type { ModelSet } from '../models/model-set.js';
import type { ClientKind } from '../models/types.js';
import { staysInFile } from './client-escape.js';
import { clientConstructions } from './client-constructions.js';
import type { IoCall } from './io-calls.js';
import { timeBounds, type TimeBound } from './time-bounds.js';
import { judgeCall } from './judge-call.js';

/** One cause of unbounded waiting in a file: a call, or a client with all its calls. */
export interface UnboundedSite {
  /** What to point at. */
  readonly node: TSESTree.Node;
  readonly at: 'call' | 'construction';
  /** The judgement that speaks for the site. */
  readonly bound: TimeBound;
  /** All unbounded calls that this cause explains in this file (empty for a client nobody calls here). */
  readonly calls: readonly TimeBound[];
  /** The client; `null` for bare functions. */
  readonly instance: InstanceValue | null;
}

const MEMO = Symbol('unbounded-sites');

const WITHOUT_WHOLE = Symbol('unbounded-sites without whole clients');

/**
 * One root cause, one site: a client that bounds only as a whole is one site where it is made; a
 * client whose calls can be bounded is one where it is made if it stays in its file, and one a file
 * at the first unbounded call if it leaves it; a bare function is one site a call.
 * @param kinds what is asked for; a site of another kind may be missing from the answer. Absent: all.
 */
export function unboundedSites(file: SourceFile, kinds?: ReadonlySet<ClientKind>): readonly UnboundedSite[] {
  // Clients that bound only as a whole are found by evaluating every construction.
  if (kinds === undefined || boundsAsWhole(file, kinds)) return file.memo(MEMO, () => find(file, wholeClients(file)));
  return file.memo(WITHOUT_WHOLE, () => find(file, []));
}

const WHOLE_KINDS = new WeakMap<ModelSet, ReadonlySet<ClientKind>>();

/** Has any model of these kinds a client that can only be bounded as a whole? Most HTTP clients take a limit with each call. */
function boundsAsWhole(file: SourceFile, kinds: ReadonlySet<ClientKind>): boolean {
  const { models } = file.project;
  let known = WHOLE_KINDS.get(models);
  if (known === undefined) {
    const clients = [...allModels().clients, ...models.user.clients];
    known = new Set(clients.filter((model) => Object.values(model.clients).some((shape) => !shape.perCall)).map((model) => model.kind));
    WHOLE_KINDS.set(models, known);
  }
  return [...known].some((kind) => kinds.has(kind));
}

function find(file: SourceFile, whole: readonly TimeBound[]): UnboundedSite[] {
  const sites: UnboundedSite[] = [];
  const byWrapper = new Map<TSESTree.Node, TimeBound[]>();
  const byClient = new Map<TSESTree.Node, { instance: InstanceValue; calls: TimeBound[] }>();
  for (const client of whole) {
    if (client.verdict !== 'unbounded') continue;
    const instance = client.call.operation.instance!;
    const calls = timeBounds(file).filter((bound) => bound.call.operation.instance?.made?.node === instance.made!.node);
    // A connection that only ever waits on purpose must not be given a reply timeout.
    if (calls.length > 0 && calls.every((bound) => bound.by === 'blocking' || bound.by === 'stream')) continue;
    // `query({ sql, timeout })`: each call sets the limit that the client cannot.
    if (calls.length > 0 && calls.every((bound) => bound.verdict === 'bounded' && bound.by !== 'no-io')) continue;
    sites.push({ node: client.call.node, at: 'construction', bound: client, calls, instance });
  }
  for (const bound of timeBounds(file)) {
    if (bound.verdict !== 'unbounded') continue;
    if (isDeadCode(file, bound.call.node)) continue;
    const instance = bound.call.operation.instance;
    const { through } = bound.call;
    if (through !== null && !(through.byClient && instance !== null && instance.made !== null)) {
      // One wrapper, one cause: its calls in this file are one site at the first.
      const wrapper = byWrapper.get(through.callee);
      if (wrapper === undefined) byWrapper.set(through.callee, [bound]);
      else wrapper.push(bound);
      continue;
    }
    // A client that is handed in and bounds only as a whole is judged where it is made.
    if (instance !== null && instance.made === null && instance.optionsUnknown !== null && !boundedByCall(instance)) continue;
    if (instance === null || instance.made === null) {
      // `const get = secure ? https.get : http.get`: one call, one report.
      if (sites.some((site) => site.node === bound.call.node)) continue;
      sites.push({ node: bound.call.node, at: 'call', bound, calls: [bound], instance });
      continue;
    }
    if (!boundedByCall(instance)) continue;
    const group = byClient.get(instance.made.node);
    if (group === undefined) byClient.set(instance.made.node, { instance, calls: [bound] });
    else group.calls.push(bound);
  }
  for (const calls of byWrapper.values()) {
    const bound = calls[0]!;
    sites.push({ node: bound.call.node, at: 'call', bound, calls: distinct(calls), instance: bound.call.operation.instance });
  }
  for (const [made, { instance, calls }] of byClient) {
    const first = calls[0]!;
    // A client that is handed to a function which takes no options is bounded where it is made.
    if (instance.made!.file.path === file.path && (calls.some(({ call }) => call.through !== null) || staysInFile(file, made))) sites.push({ node: made, at: 'construction', bound: first, calls, instance });
    else sites.push({ node: first.call.node, at: 'call', bound: first, calls, instance });
  }
  return sites.sort((a, b) => a.node.range[0] - b.node.range[0]);
}

/** A wrapper with two requests inside gives two judgements of one call. */
function distinct(calls: readonly TimeBound[]): readonly TimeBound[] {
  return calls.filter((bound, index) => calls.findIndex((other) => other.call.node === bound.call.node) === index);
}

/** Inside a function of this file that nobody can call: not exported, and mentioned at most by others of its kind. */
export function isDeadCode(file: SourceFile, node: TSESTree.Node): boolean {
  // Scripts share their top level; only a module keeps its functions to itself.
  if (!file.program.body.some((statement) => statement.type === 'ImportDeclaration' || /^Export/.test(statement.type))) return false;
  let inner: TSESTree.Node = node;
  for (let owner = enclosingFunction(inner); owner.type !== 'Program' && owner !== inner; owner = enclosingFunction(inner)) {
    inner = owner;
    const name = topLevelName(owner);
    const variable = name === null ? null : file.bindings.variableOf(name);
    if (variable === null || variable === 'global') continue;
    const memo = file.memo(DEAD, () => new Map<Variable, boolean>());
    let dead = memo.get(variable);
    if (dead === undefined) {
      // Functions that only mention each other are dead together.
      memo.set(variable, true);
      dead = variable.references.every((reference) => !reference.isRead() || isDeadCode(file, reference.identifier as TSESTree.Node));
      memo.set(variable, dead);
    }
    return dead;
  }
  return false;
}

/** The name of a function that stands at the top of its file and is not exported there. */
function topLevelName(owner: FunctionNode): TSESTree.Identifier | null {
  if (owner.type === 'FunctionDeclaration') return owner.parent.type === 'Program' ? owner.id : null;
  const holder = owner.parent;
  return holder?.type === 'VariableDeclarator' && holder.id.type === 'Identifier' && holder.parent.parent.type === 'Program' ? holder.id : null;
}

/** Where nothing sets a limit, the making of the client is not where one is missing. */
export function boundedByCall({ model, client }: InstanceValue): boolean {
  return model.clients[client]?.perCall === true || nothingSets(model);
}

const DEAD = Symbol('functions nobody can call');
const CLIENTS = Symbol('whole clients');

/** Judgements of clients made in this file which can only be bounded as a whole (a pool, a Redis connection). */
export function wholeClients(file: SourceFile): readonly TimeBound[] {
  return file.memo(CLIENTS, () =>
    clientConstructions(file)
      .filter(({ instance }) => !boundedByCall(instance) && instance.model.inProcess === undefined)
      .map(({ node, instance }) => judgeCall(pseudoCall(file, node, instance))),
  );
}

/** A client is judged as if it were called with nothing of the call's own. */
function pseudoCall(file: SourceFile, node: TSESTree.CallExpression | TSESTree.NewExpression, instance: InstanceValue): IoCall {
  const title = instance.model.clients[instance.client]?.title ?? instance.model.title;
  const operation: OperationValue = { kind: 'operation', model: instance.model, packageName: instance.packageName, operation: { effect: 'unknown' }, name: title, instance, from: file };
  return { file, node, operation, options: null, optionsNode: null, mode: 'reply', uncertain: false, through: null };
}
