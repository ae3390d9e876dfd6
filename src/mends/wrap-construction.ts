import type { TSESTree } from '@typescript-eslint/types';
import type { SourceFile } from '../analysis/source-file.js';
import { outermost, staticName, unwrap } from '../analysis/syntax.js';
import type { PolicySeam } from '../facts/policy-seams.js';
import { constructionOf } from './construction.js';
import type { Edit } from './edit.js';
import { writeArgument, type Write } from './write-options.js';

/**
 * Puts a policy into a client where it is made, in the way its model says.
 * @param names what the file calls the function of the module, and the policy: `axiosAdapter(payments)`
 * @returns `null` where it cannot be written
 */
export function wrapConstruction(file: SourceFile, seam: PolicySeam, names: { readonly section: string; readonly policy: string }): readonly Edit[] | null {
  const { node, options: registered } = seam;
  const { write } = seam.seam;
  const told = toldOfOwn(file, seam);
  const text = `${names.section}(${[names.policy, ...(told === null ? [] : [told])].join(', ')})`;
  const whole = outermost(node);
  const [start, end] = whole.range;
  const around: readonly Edit[] = write.form === 'around' ? [{ range: [start, start], text: `${text.slice(0, -1)}, ` }, { range: [end, end], text: ')' }] : write.form === 'chain' ? [{ range: [end, end], text: `.${write.path}(${text})` }] : [];
  const writes: Write[] = besides(seam).map(({ path, text: value }) => ({ path: path.split('.'), text: value, role: 'needed' }));
  const list = write.form === 'list' ? listIn(node, write.path) : null;
  if (write.form === 'option') writes.unshift({ path: write.path.split('.'), text, role: 'main' });
  if (write.form === 'list' && list === null) writes.unshift({ path: write.path.split('.'), text: `[${text}]`, role: 'main' });
  const moved = seam.own !== null && typeof seam.own.bound === 'object' ? [switchedOff(seam.own.bound)] : [];
  const added = list === null ? [] : [appended(file, list, text)];
  if (writes.length === 0) return [...around, ...moved, ...added];
  const construction = registered === null ? constructionOf(file, node) : { node, options: registered };
  if (construction === null || construction.options === null) return null;
  const edits = writeArgument(file, construction.node, construction.options, writes);
  return edits === null ? null : [...around, ...moved, ...added, ...edits];
}

/** Options that are written beside the policy: not those that the owner of the client has chosen. */
export function besides({ seam: { write }, own }: PolicySeam): readonly { readonly path: string; readonly text: string }[] {
  return (write.beside ?? []).filter(({ path }) => !(own?.once === true && write.own!.retries.paths.includes(path)) && !(own !== null && own.bound !== 'none' && path === write.own!.bound?.path));
}

/** `{ once: true, attempt: 5_000 }` */
function toldOfOwn(file: SourceFile, { seam: { write }, own }: PolicySeam): string | null {
  if (own === null || write.own === undefined) return null;
  const told = [...(own.once ? [`${write.own.retries.told}: true`] : []), ...(typeof own.bound === 'object' && write.own.bound !== undefined ? [`${write.own.bound.told}: ${file.text.slice(...own.bound.value.range)}`] : [])];
  return told.length === 0 ? null : `{ ${told.join(', ')} }`;
}

function switchedOff(property: TSESTree.Property): Edit {
  return property.shorthand ? { range: property.range, text: `${staticName(property.key, false)!}: false` } : { range: property.value.range, text: 'false' };
}

/** The list that a client is made with, where it is written there. */
function listIn(node: TSESTree.CallExpression | TSESTree.NewExpression, path: string): TSESTree.ArrayExpression | null {
  for (const argument of node.arguments) {
    const options = unwrap(argument);
    if (options.type !== 'ObjectExpression') continue;
    const property = options.properties.find((entry) => entry.type === 'Property' && staticName(entry.key, entry.computed) === path);
    const value = property?.type === 'Property' ? unwrap(property.value) : null;
    if (value?.type === 'ArrayExpression') return value;
  }
  return null;
}

function appended(file: SourceFile, list: TSESTree.ArrayExpression, text: string): Edit {
  const last = list.elements.at(-1);
  if (last == null) return { range: list.range, text: `[${text}]` };
  const [, end] = outermost(last).range;
  const indent = /\r?\n[ \t]*$/.exec(file.text.slice(list.range[0], last.range[0]))?.[0];
  return { range: [end, end], text: indent === undefined ? `, ${text}` : `,${indent}${text}` };
}
