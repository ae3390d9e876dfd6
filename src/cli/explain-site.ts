import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from '../analysis/evaluate.js';
import { readLayers, readOption } from '../analysis/options.js';
import type { SourceFile } from '../analysis/source-file.js';
import { describe } from '../analysis/syntax.js';
import { alternatives, type InstanceValue, type OptionAnswer, type Value } from '../analysis/value.js';
import { readBounds } from '../facts/bound-options.js';
import type { IoCall } from '../facts/io-calls.js';
import type { TimeBound } from '../facts/time-bounds.js';
import type { BoundModel, ClientModel } from '../models/types.js';
import { inRange } from '../models/version-range.js';
import { describePlace, describeReason, describeValue } from './describe-value.js';
import type { Explained } from './explained-file.js';
import { versionUsed, type VersionUsed } from './version-used.js';

/** Why a line is reported or silent: what `explain <file>:<line> --format json` prints. */
export interface SiteExplanation {
  readonly schemaVersion: 1;
  readonly path: string;
  readonly line: number;
  readonly runtime: { readonly runtime: string; readonly why: string; readonly mixed?: boolean };
  readonly sites: readonly Site[];
  /** When the line has no site: calls near it, and why nothing is said of them. */
  readonly nearby: readonly NearbyCall[];
  /** Lines of the file that have sites. */
  readonly linesWithSites: readonly number[];
}

/** One I/O call, or the making of one client. */
export interface Site {
  readonly is: 'call' | 'construction';
  readonly line: number;
  readonly column: number;
  /** `axios.get`, `pg Pool`. */
  readonly subject: string;
  readonly client: { readonly title: string; readonly kind: ClientModel['kind']; readonly model: string };
  readonly version: VersionUsed;
  /** Where the client was made; `null` for bare functions and clients that the library makes itself. */
  readonly made: string | null;
  readonly mode: IoCall['mode'] | null;
  readonly options: readonly ReadOption[];
  /** The abort signal of the call; `null` for a client, and where the library takes none. */
  readonly signal: Pick<ReadOption, 'path' | 'answer' | 'value' | 'at' | 'why'> | null;
  /** `null` for a client whose calls are judged one by one. */
  readonly verdict: { readonly is: TimeBound['verdict']; readonly by: string; readonly at: string | null; readonly why: string | null } | null;
  /**
   * Where the cause of unbounded waiting is reported: here, at another place of the file, or nowhere in it
   * (the client is made in another file and can only be bounded there, or the code runs in a browser).
   */
  readonly reported: { readonly is: 'here' | 'elsewhere' | 'not-in-this-file' | 'not-in-browsers' | 'not-in-scripts' | 'not-where-unclear'; readonly at: string | null } | null;
  readonly steps: readonly string[];
  /** For a construction: the calls of this file on the client. */
  readonly calls: readonly { readonly line: number; readonly subject: string; readonly verdict: TimeBound['verdict'] }[];
  /** What happens on a silent server when nothing bounds the call. */
  readonly unbounded: string;
  readonly mend: string;
}

/** What one option says. */
export interface ReadOption {
  readonly path: string;
  readonly covers: BoundModel['covers'];
  readonly unit: BoundModel['unit'];
  readonly answer: 'set' | 'absent' | 'unknown';
  /** For `set`: does the value end the wait? */
  readonly effect: 'bounds' | 'none' | 'partial' | null;
  readonly value: string | null;
  readonly where: 'call' | 'client' | null;
  readonly at: string | null;
  readonly why: string | null;
  readonly default: number | null;
  /** It holds by itself, and nothing sets it. */
  readonly fixed: boolean;
}

export interface NearbyCall {
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

const NEARBY_LINES = 8;
const MOST_NEARBY = 5;

type AnyCall = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;

/** Explains a line of an opened file. */
export function explainSite(opened: Explained, line: number, column: number | null): SiteExplanation {
  const { file, root } = opened;
  const timeBounds = opened.facts.timeBounds();
  const calls = pick(file, timeBounds, (fact) => fact.call.node, line, column);
  const made = pick(file, constructions(file, line), (site) => site.node, line, column);
  const sites = [...calls.map((fact) => callSite(opened, fact)), ...made.map((site) => constructionSite(opened, site))].sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = new Set([...timeBounds, ...opened.facts.wholeClients()].map((fact) => lineOf(file, fact.call.node)));
  return {
    schemaVersion: 1,
    path: opened.relativePath,
    line,
    runtime: opened.runtime,
    sites,
    nearby: sites.length > 0 ? [] : nearby(file, root, line),
    linesWithSites: [...lines].sort((a, b) => a - b),
  };
}

const lineOf = (file: SourceFile, node: TSESTree.Node): number => file.lines.locate(node.range[0]).line;

/** Those that begin on the line or have their name there; else those around it. With a column, the innermost. */
function pick<T>(file: SourceFile, all: readonly T[], nodeOf: (item: T) => AnyCall, line: number, column: number | null): T[] {
  const spanning = all.filter((item) => lineOf(file, nodeOf(item)) <= line && file.lines.locate(nodeOf(item).range[1]).line >= line);
  if (column !== null) {
    const offset = file.lines.startOf(line) + column - 1;
    const around = spanning.filter((item) => nodeOf(item).range[0] <= offset && offset < nodeOf(item).range[1]);
    const smallest = Math.min(...around.map((item) => nodeOf(item).range[1] - nodeOf(item).range[0]));
    const innermost = around.filter((item) => nodeOf(item).range[1] - nodeOf(item).range[0] === smallest);
    if (innermost.length > 0) return innermost;
  }
  const here = spanning.filter((item) => lineOf(file, nodeOf(item)) === line || nameLine(file, nodeOf(item)) === line);
  return here.length > 0 ? here : spanning;
}

/** Where the called name ends: `axios\n  .get(url)` is found at the second line too. */
function nameLine(file: SourceFile, node: AnyCall): number {
  const callee = node.type === 'TaggedTemplateExpression' ? node.tag : node.callee;
  return file.lines.locate(callee.range[1]).line;
}

interface Construction {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly instance: InstanceValue;
}

/** Calls around a line that make a client. */
function constructions(file: SourceFile, line: number): Construction[] {
  const found: Construction[] = [];
  for (const node of file.index.calls) {
    if (lineOf(file, node) > line || file.lines.locate(node.range[1]).line < line) continue;
    for (const value of alternatives(evaluate(file, node))) {
      if (value.kind === 'instance' && value.made?.node === node) found.push({ node, instance: value });
    }
  }
  return found;
}

function callSite(opened: Explained, fact: TimeBound): Site {
  const { root } = opened;
  const { call } = fact;
  const { operation } = call;
  const instance = operation.instance;
  const at = call.file.lines.locate(call.node.range[0]);
  return {
    is: 'call',
    line: at.line,
    column: at.column + 1,
    subject: operation.name,
    client: clientOf(operation.model, instance),
    version: versionUsed(operation.model, operation.from, operation.packageName),
    made: instance?.made == null ? null : describePlace(instance.made, root),
    mode: call.mode,
    options: readBounds(call, []).map((answer) => ({
      path: answer.bound.path,
      covers: answer.bound.covers,
      unit: answer.bound.unit,
      answer: answer.says === 'absent' || answer.says === 'unknown' ? answer.says : 'set',
      effect: answer.says === 'absent' || answer.says === 'unknown' ? null : answer.says,
      value: answer.value === null ? null : describeValue(answer.value, root),
      where: answer.where,
      at: answer.place === null ? null : describePlace(answer.place, root),
      why: answer.reason === null ? null : describeReason(answer.reason),
      default: answer.bound.default,
      fixed: answer.bound.fixed === true,
    })),
    signal: signalOf(call, root),
    verdict: verdictOf(fact, root),
    reported: reportedAt(opened, call.node, fact.verdict),
    steps: fact.steps,
    calls: [],
    unbounded: opened.runtime.runtime === 'node' || opened.runtime.runtime === 'script' ? operation.model.unbounded : (operation.model.unboundedElsewhere ?? operation.model.unbounded),
    mend: operation.model.mend,
  };
}

function constructionSite(opened: Explained, { node, instance }: Construction): Site {
  const { file, root } = opened;
  const { model } = instance;
  // A client whose calls can be bounded is not judged itself; its calls are.
  const whole = opened.facts.wholeClients().find((fact) => fact.call.node === node);
  const at = file.lines.locate(node.range[0]);
  const version = versionUsed(model, instance.from, instance.packageName);
  const bounds = model.bounds.filter(
    (bound) => bound.at.includes('client') && (bound.clients === undefined || bound.clients.includes(instance.client)) && (bound.versions === undefined || version.version === null || inRange(version.version, bound.versions)),
  );
  return {
    is: 'construction',
    line: at.line,
    column: at.column + 1,
    subject: model.clients[instance.client]?.title ?? instance.client,
    client: clientOf(model, instance),
    version,
    made: describePlace({ file, node }, root),
    mode: null,
    options: bounds.map((bound) => clientOption(bound, readLayers(instance.layers.map((layer) => layer.value), bound.path, instance.optionsUnknown), root)),
    signal: null,
    verdict: whole === undefined ? null : verdictOf(whole, root),
    reported: reportedAt(opened, node, whole?.verdict ?? null),
    steps: whole?.steps ?? [],
    calls: opened.facts
      .timeBounds()
      .filter((fact) => fact.call.operation.instance?.made?.node === node)
      .map((fact) => ({ line: lineOf(file, fact.call.node), subject: fact.call.operation.name, verdict: fact.verdict })),
    unbounded: model.unbounded,
    mend: model.mend,
  };
}

function clientOption(bound: BoundModel, answer: OptionAnswer, root: string): ReadOption {
  return {
    path: bound.path,
    covers: bound.covers,
    unit: bound.unit,
    answer: answer.is,
    effect: null,
    value: answer.is === 'set' ? describeValue(answer.value, root) : null,
    where: answer.is === 'absent' ? null : 'client',
    at: answer.is === 'set' && answer.place !== null ? describePlace(answer.place, root) : null,
    why: answer.is === 'unknown' ? describeReason(answer.reason) : null,
    default: bound.default,
    fixed: bound.fixed === true,
  };
}

function verdictOf(fact: TimeBound, root: string): NonNullable<Site['verdict']> {
  return {
    is: fact.verdict,
    by: fact.by,
    at: fact.place === null ? null : describePlace(fact.place, root),
    why: fact.reason === null ? null : describeReason(fact.reason),
  };
}

/** One cause is reported once, which may be elsewhere than at the call somebody asks about. */
function reportedAt({ file, facts, root, runtime }: Explained, node: AnyCall, verdict: TimeBound['verdict'] | null): Site['reported'] {
  const cause = facts.unboundedSites().find((site) => site.node === node || site.calls.some((fact) => fact.call.node === node));
  if (cause === undefined) return verdict === 'unbounded' ? { is: 'not-in-this-file', at: null } : null;
  if (runtime.runtime === 'browser') return { is: 'not-in-browsers', at: null };
  if (runtime.runtime === 'script') return { is: 'not-in-scripts', at: null };
  if (runtime.mixed === true) return { is: 'not-where-unclear', at: null };
  return cause.node === node ? { is: 'here', at: null } : { is: 'elsewhere', at: describePlace({ file, node: cause.node }, root) };
}

function signalOf(call: IoCall, root: string): Site['signal'] {
  const { signal } = call.operation.model;
  if (signal === undefined || !signal.at.includes('call')) return null;
  const answer = readOption(call.options, signal.path);
  return {
    path: signal.path,
    answer: answer.is,
    value: answer.is === 'set' ? describeValue(answer.value, root) : null,
    at: answer.is === 'set' && answer.place !== null ? describePlace(answer.place, root) : null,
    why: answer.is === 'unknown' ? describeReason(answer.reason) : null,
  };
}

function clientOf(model: ClientModel, instance: InstanceValue | null): Site['client'] {
  return { title: instance === null ? model.title : (model.clients[instance.client]?.title ?? model.title), kind: model.kind, model: model.id };
}

/** The calls nearest to a line, and what their callees are instead of client calls. */
function nearby(file: SourceFile, root: string, line: number): NearbyCall[] {
  const near = file.index.calls
    .map((node) => ({ node, at: nameLine(file, node) }))
    .filter(({ at }) => Math.abs(at - line) <= NEARBY_LINES)
    .sort((a, b) => Math.abs(a.at - line) - Math.abs(b.at - line) || a.node.range[0] - b.node.range[0]);
  const onLine = near.filter(({ at }) => at === line);
  return (onLine.length > 0 ? onLine : near).slice(0, MOST_NEARBY).map(({ node, at }) => ({ line: at, text: calleeText(file, node), why: whyNoClient(evaluate(file, node.callee), file, node, root) }));
}

function calleeText(file: SourceFile, node: TSESTree.CallExpression | TSESTree.NewExpression): string {
  const text = describe(node.callee) ?? file.text.slice(...node.callee.range).replace(/\s+/g, ' ');
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return node.type === 'NewExpression' ? `new ${short}(…)` : `${short}(…)`;
}

function whyNoClient(value: Value, file: SourceFile, node: TSESTree.CallExpression | TSESTree.NewExpression, root: string): string {
  switch (value.kind) {
    case 'unknown': {
      const receiver = node.callee.type === 'MemberExpression' ? evaluate(file, node.callee.object) : null;
      if (receiver !== null && receiver.kind !== 'unknown') return `a method of ${describeValue(receiver, root)}, which no model calls I/O`;
      return `what is called is not known: ${describeReason(value.reason)}`;
    }
    case 'export':
      return `${describeValue(value, root)}: no model says that it does I/O`;
    case 'function':
      return `${describeValue(value, root)}; what it calls is judged where it is called`;
    case 'instance-member':
      return `${describeValue(value, root)}: its model does not call it I/O`;
    case 'instance':
    case 'model-export':
      return `${describeValue(value, root)}: it makes or is a client, and sends nothing here`;
    default:
      return `${describeValue(value, root)}: no client`;
  }
}
