import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { memberName } from '../analysis/syntax.js';
import { alternatives, type FunctionNode, type Value } from '../analysis/value.js';
import { versionOf } from '../facts/bound-options.js';
import type { IoCall } from '../facts/io-calls.js';
import type { UnboundedSite } from '../facts/unbounded-sites.js';
import type { EditModel } from '../models/types.js';
import { holdsFor } from '../models/version-range.js';
import { constructionOf, type Construction } from './construction.js';
import { isSameShared, type Edit, type Mend } from './edit.js';
import { joinSignal } from './join-signal.js';
import { propertyText, writeArgument, type Write } from './write-options.js';
import { numberText } from './number-text.js';

/**
 * Edits that give a site a time bound: the option in the object that is there, a new options
 * argument, or a chained method, as the model says it is written. A client whose own options have no
 * room for one gets it in its calls.
 * @param ms the limit to write, milliseconds
 * @returns the possible mends, best first; empty where no edit can be made here
 */
export function addTimeout(file: SourceFile, site: UnboundedSite, ms: number): readonly Mend[] {
  const mends: Mend[] = [];
  if (site.at === 'construction') mends.push(...mendsOf(editsOf(site.bound.call, 'client'), (edit) => atConstruction(file, site.node, edit, ms)));
  if (mends.length === 0 && site.calls.length > 0) mends.push(...mendsOf(editsOf(site.bound.call, 'call'), (edit) => atCalls(file, site, edit, ms)));
  return mends;
}

function mendsOf(edits: readonly EditModel[], mend: (edit: EditModel) => Mend | null): Mend[] {
  return edits.map(mend).filter((found) => found !== null);
}

/** The edits that hold for this client and the version in use. */
function editsOf(call: IoCall, at: EditModel['at']): readonly EditModel[] {
  const { model, instance } = call.operation;
  return (model.edits ?? []).filter((edit) => {
    if (edit.at !== at || (edit.clients !== undefined && (instance === null || !edit.clients.includes(instance.client)))) return false;
    return edit.versions === undefined || holdsFor(versionOf(call.operation).version, edit.versions);
  });
}

function atConstruction(file: SourceFile, node: TSESTree.Node, edit: EditModel, ms: number): Mend | null {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return null;
  const construction = constructionOf(file, node);
  if (construction === null) return null;
  if (edit.chain !== undefined) return mendOf(file, chained(file, node, edit.chain, ms), edit, ms, 1);
  const edits = inConstruction(file, construction, writesOf(file, edit, ms));
  return edits === null ? null : mendOf(file, edits, edit, ms, 1);
}

function inConstruction(file: SourceFile, { node, options }: Construction, writes: readonly Write[]): readonly Edit[] | null {
  return options === null ? null : writeArgument(file, node, options, writes);
}

/** All calls that the site stands for, so that one mend ends one cause; at least the first. */
function atCalls(file: SourceFile, site: UnboundedSite, edit: EditModel, ms: number): Mend | null {
  const edits: Edit[] = [];
  let count = 0;
  for (const { call } of site.calls) {
    const added = call.file === file ? atCall(file, call, edit, ms) : null;
    if (added === null) {
      if (count === 0) return null;
      continue;
    }
    // A call within the options of another: the next run mends it.
    const own = added.filter((one) => !edits.some((other) => isSameShared(one, other)));
    if (own.some((one) => edits.some((other) => overlap(one, other)))) continue;
    edits.push(...own);
    count++;
  }
  return mendOf(file, edits, edit, ms, count);
}

function atCall(file: SourceFile, call: IoCall, edit: EditModel, ms: number): readonly Edit[] | null {
  const { node, through } = call;
  if (node.type === 'TaggedTemplateExpression' || call.operation.operation.noEdit === true) return null;
  if (through !== null) {
    const { options } = through.inner;
    // A wrapper that hands a parameter on as the options, or within them, takes the option there.
    const index = edit.chain === undefined && options !== null ? handedOn(options, through.callee) : null;
    // Not behind arguments that are left out: `get(url, undefined, undefined, { timeout })` is better written in the wrapper.
    if (index === null || index > node.arguments.length) return null;
    return writeArgument(file, node, { at: [index] }, writesOf(file, edit, ms));
  }
  if (edit.chain !== undefined) return chained(file, node, edit.chain, ms);
  const { options } = call.operation.operation;
  return options === undefined ? null : writeArgument(file, node, options, writesOf(file, edit, ms));
}

/** The position of the parameter that a wrapper hands on as options: `request(url, options)`, `request(url, { ...options, headers })`. */
function handedOn(options: Value, callee: FunctionNode, depth = 0): number | null {
  for (const value of alternatives(options)) {
    if (value.kind === 'parameter' && value.node === callee && value.path.length === 0) return value.index;
    if (value.kind !== 'object' || depth > 4) continue;
    for (const part of value.parts ?? []) {
      const index = handedOn(part, callee, depth + 1);
      if (index !== null) return index;
    }
  }
  return null;
}

/** `.timeout(ms)` behind the call, on a line of its own where the chain has one a line. */
function chained(file: SourceFile, node: TSESTree.Node, method: string, ms: number): readonly Edit[] {
  const end = node.range[1];
  return [{ range: [end, end], text: `${chainIndent(file, node)}.${method}(${numberText(ms)})` }];
}

function chainIndent(file: SourceFile, node: TSESTree.Node): string {
  const own = node.type === 'CallExpression' && node.callee.type === 'MemberExpression' ? node.callee : null;
  const next = node.parent?.type === 'MemberExpression' && node.parent.object === node ? node.parent : null;
  for (const member of [own, next]) {
    if (member === null || memberName(member) === null) continue;
    const before = file.text.slice(member.object.range[1], member.property.range[0]);
    const found = /\r?\n[^\S\r\n]*(?=\??\.\s*$)/.exec(before);
    if (found !== null) return found[0];
  }
  return '';
}

function writesOf(file: SourceFile, edit: EditModel, ms: number): readonly Write[] {
  const main: Write = { path: edit.path.split('.'), text: valueText(edit, ms), role: 'main', ...(edit.value === 'ms' ? {} : { runs: true }), ...(edit.value === 'signal' ? { join: (existing) => joinSignal(file, existing, numberText(ms)) } : {}) };
  const beside = [edit.beside ?? []].flat();
  return [main, ...beside.map(({ path, text, needed }): Write => ({ path: path.split('.'), text: text.replace('{ms}', numberText(ms)).replace('{half}', numberText(Math.ceil(ms / 2))), role: needed === true ? 'needed' : 'extra' }))];
}

function mendOf(file: SourceFile, edits: readonly Edit[], edit: EditModel, ms: number, calls: number): Mend {
  const what = edit.chain === undefined ? propertyText(writesOf(file, edit, ms)) : `.${edit.chain}(${numberText(ms)})`;
  return { edits: [...edits].sort((a, b) => a.range[0] - b.range[0]), title: `add \`${what}\`${calls > 1 ? ` to ${calls} calls` : ''}`, safety: 'behaviour' };
}

function overlap(one: Edit, other: Edit): boolean {
  return one.range[0] <= other.range[1] && other.range[0] <= one.range[1];
}

function valueText(edit: EditModel, ms: number): string {
  switch (edit.value) {
    case 'ms':
      return numberText(ms);
    case 'signal':
      return `AbortSignal.timeout(${numberText(ms)})`;
    case 'deadline':
      return `Date.now() + ${numberText(ms)}`;
  }
}
