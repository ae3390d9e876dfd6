import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { readLayers, readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { Attempts } from '../analysis/summarize-attempts.js';
import { describe, enclosingFunction, isFunction, unwrap } from '../analysis/syntax.js';
import { alternatives, type Value } from '../analysis/value.js';
import { BREAKER_TEXTS, HOLDS_ADDRESS, NAMES_BREAKER, NOBODY_WAITS, RUNS_PER_REQUEST, SEAM_OPTIONS } from '../models/breaker-names.js';
import { LASTS_WITH_THE_PROCESS, ON_TIMER } from '../models/retry-names.js';
import type { ClientKind } from '../models/types.js';
import { breakerAround } from './breaker-around.js';
import { isGeneration } from './generation-calls.js';
import { functionName } from './handler-place.js';
import type { IoCall } from './io-calls.js';
import { retriedCalls, type RetriedCall } from './retried-calls.js';
import { retriedErrors } from './retried-errors.js';

type Node = TSESTree.Node;

/** A remote call that is tried again, with what keeps the attempts from a service that is down. */
export interface RetriedRemote {
  readonly io: IoCall;
  /** What is reported: the call, or the one that leads to it. */
  readonly node: Node;
  readonly through: string | null;
  /** What tries it again: `withRetry`; `null` for a loop. */
  readonly by: string | null;
  readonly attempts: Attempts;
  /** The one service, for people: `https://pay.internal`, `this.baseUrl`. */
  readonly downstream: string | null;
  /** `null`: nothing breaks the circuit; else what does, or why nothing is said. */
  readonly excuse: BreakerExcuse | null;
}

/**
 * - `breaker`: a breaker of a library around it
 * - `words`, `seam`: something in the package may be one
 * - `modest`: two attempts, or only after a refusal
 * - `nobody-waits`: a job, a start, a timer
 * - `downstream-unknown`: one breaker serves one service, and which it is is not known
 * - `polls`, `conflict`, `credentials`, `person`, `new-name`: it is not about a service that is down
 * - `generation`: a language model is asked again because of what it answered
 * - `per-request`: the process is started for each request
 */
export type BreakerExcuse = 'breaker' | 'words' | 'seam' | 'modest' | 'nobody-waits' | 'downstream-unknown' | 'polls' | 'conflict' | 'credentials' | 'person' | 'new-name' | 'generation' | 'per-request';

const MEMO = Symbol('retried remote calls');
const REMOTE: ReadonlySet<ClientKind> = new Set(['http', 'rpc', 'sdk']);
/** One more attempt is what a careful client allows itself. */
const ENOUGH_TO_HARM = 3;

/** The remote calls of a file that are tried again, one for each service and retry. */
export function retriedRemotes(file: SourceFile): readonly RetriedRemote[] {
  return file.memo(MEMO, () => {
    const seen = new Set<string>();
    return retriedCalls(file).flatMap((call) => {
      if (!REMOTE.has(call.io.operation.model.kind) || call.io.operation.operation.effect === 'none' || call.io.mode !== 'reply') return [];
      // What a function decides by itself is reported there.
      if (call.byCaller === true && call.io.through !== null && downstreamOf(call.io.through.inner) !== null) return [];
      const downstream = downstreamOf(call.io);
      const id = call.by.is === 'helper' ? `${call.by.name} ${downstream}` : String(call.by.node.range[0]);
      if (seen.has(id)) return [];
      seen.add(id);
      return [{ io: call.io, node: call.node, through: call.through, by: call.by.name, attempts: call.by.attempts, downstream, excuse: excuseOf(file, call, downstream) }];
    });
  });
}

function excuseOf(file: SourceFile, call: RetriedCall, downstream: string | null): BreakerExcuse | null {
  const { by, node } = call;
  if (typeof by.attempts === 'number' && by.attempts < ENOUGH_TO_HARM) return 'modest';
  if (by.region != null && by.region.excuse !== null) return by.region.excuse;
  if (by.region?.polls === true || by.library?.polls === true) return 'polls';
  if (isAroundNobody(file, node)) return 'nobody-waits';
  if (RUNS_PER_REQUEST.test(file.text)) return 'per-request';
  if (isGeneration(call.io)) return 'generation';
  if (downstream === null) return 'downstream-unknown';
  if (retriedErrors(by.deciders) === 'nothing-done') return 'modest';
  if (breakerAround(file, node) !== null) return 'breaker';
  if (hasSeam(call.io)) return 'seam';
  return mentionsBreaker(file) ? 'words' : null;
}

/** A job, a boot, a timer: by the names of the functions around it and of the file. */
function isAroundNobody(file: SourceFile, node: Node): boolean {
  const path = file.path.split('/').slice(-3).join('/');
  if (NOBODY_WAITS.test(path)) return true;
  for (let owner = enclosingFunction(node); isFunction(owner); owner = enclosingFunction(owner)) {
    const name = functionName(owner) ?? '';
    if (LASTS_WITH_THE_PROCESS.test(name) || ON_TIMER.test(name) || NOBODY_WAITS.test(name)) return true;
  }
  return false;
}

/** The one service that a call goes to; `null` where it may be any. */
function downstreamOf({ file, node, operation, options }: IoCall): string | null {
  if (operation.model.kind === 'sdk') return operation.model.title;
  if (node.type === 'TaggedTemplateExpression') return null;
  const layers = operation.instance?.layers.map((layer) => layer.value) ?? [];
  for (const path of ['baseURL', 'prefixUrl', 'prefix']) {
    const base = readLayers(layers, path, null);
    if (base.is === 'set') return alternatives(base.value).every(isFixed) ? textOf(base.value) : null;
  }
  const url = readOption(options, 'url');
  const known = url.is === 'set' ? hostOf(url.value) : null;
  if (known !== null) return known;
  const [first] = node.arguments;
  const written = url.is === 'set' && url.place?.file === file ? unwrap(url.place.node.type === 'Property' ? url.place.node.value : url.place.node) : first === undefined || first.type === 'SpreadElement' ? null : unwrap(first);
  return written === null ? null : addressOf(file, written, 0);
}

const MAX_DEPTH = 3;

/** The beginning of a URL, up to its path, where it is the same each time. */
function addressOf(file: SourceFile, node: Node, depth: number): string | null {
  const value = evaluate(file, node);
  const host = hostOf(value);
  if (host !== null) return host;
  if (value.kind === 'env') return `process.env.${value.name}`;
  if (depth >= MAX_DEPTH) return null;
  switch (node.type) {
    case 'TemplateLiteral':
      return node.quasis[0]?.value.raw === '' && node.expressions[0] !== undefined ? addressOf(file, unwrap(node.expressions[0]), depth + 1) : null;
    case 'BinaryExpression':
      return node.operator === '+' ? addressOf(file, unwrap(node.left), depth + 1) : null;
    case 'NewExpression':
    case 'CallExpression': {
      const base = describe(node.callee) === 'URL' ? (node.arguments[1] ?? node.arguments[0]) : undefined;
      return base === undefined || base.type === 'SpreadElement' ? null : addressOf(file, unwrap(base), depth + 1);
    }
    case 'MemberExpression': {
      const name = describe(node);
      // A setting of the process, or a field of a client that is made for one service.
      return /^(?:this|config|env|settings|process\.env|[A-Z_]+)\./.test(name) && HOLDS_ADDRESS.test(name.split('.').at(-1)!) ? name : null;
    }
    case 'Identifier': {
      const variable = file.bindings.variableOf(node);
      if (variable === null || variable === 'global') return null;
      const definition = variable.defs[0];
      const declared = definition?.node as Node | undefined;
      if ((definition?.type as string | undefined) === 'ImportBinding') return /^[A-Z][A-Z\d_]+$/.test(node.name) ? node.name : null;
      if (declared?.type !== 'VariableDeclarator' || declared.init == null) return null;
      // A constant of the module is one; of a function, what it is made of.
      const found = addressOf(file, unwrap(declared.init), depth + 1);
      return found ?? (/^[A-Z][A-Z\d_]+$/.test(node.name) ? node.name : null);
    }
    default:
      return null;
  }
}

/** The host that a URL begins with, where it is written out. */
function hostOf(value: Value): string | null {
  const text = value.kind === 'url' && value.text !== null ? value.text : value;
  if (text.kind !== 'literal' && text.kind !== 'text') return null;
  const start = text.kind === 'literal' ? String(text.value) : (text.parts[0] ?? '');
  const host = /^(?:https?|wss?):\/\/[^/?#]+(?=$|[/?#])/.exec(start);
  return host === null || (text.kind === 'text' && host[0] === start) ? null : host[0];
}

function isFixed(value: Value): boolean {
  return value.kind === 'literal' || value.kind === 'env' || value.kind === 'text' || value.kind === 'url';
}

function textOf(value: Value): string {
  const [first] = alternatives(value);
  if (first?.kind === 'literal') return String(first.value);
  if (first?.kind === 'env') return `process.env.${first.name}`;
  return 'one service';
}

/** Is the client's own transport replaced, or is nothing known of its options? */
export function hasSeam({ operation, options }: IoCall): boolean {
  const { instance } = operation;
  const layers = instance?.layers.map((layer) => layer.value) ?? [];
  return SEAM_OPTIONS.some((path) => readOption(options, path).is === 'set' || readLayers(layers, path, null).is === 'set');
}

/** Does anything in the package speak of a breaker? It may stand around this call, too. */
export function mentionsBreaker(file: SourceFile): boolean {
  return NAMES_BREAKER.test(file.text) || file.project.textsContaining(file.path, BREAKER_TEXTS).some(({ path }) => !/\.(?:test|spec)\.|\.md$|\.json$/.test(path));
}
