import type { SourceFile } from '../analysis/source-file.js';
import { outermost } from '../analysis/syntax.js';
import type { PolicySeam } from '../facts/policy-seams.js';
import { constructionOf } from './construction.js';
import type { Edit } from './edit.js';
import { writeArgument, type Write } from './write-options.js';

/**
 * Puts a policy into a client where it is made, in the way its model says.
 * @param text the policy as the client takes it: `axiosAdapter(payments)`
 * @returns `null` where it cannot be written
 */
export function wrapConstruction(file: SourceFile, { node, seam: { write } }: PolicySeam, text: string): readonly Edit[] | null {
  const whole = outermost(node);
  const [start, end] = whole.range;
  const around: readonly Edit[] = write.form === 'around' ? [{ range: [start, start], text: `${text.slice(0, -1)}, ` }, { range: [end, end], text: ')' }] : write.form === 'chain' ? [{ range: [end, end], text: `.${write.path}(${text})` }] : [];
  const writes: Write[] = (write.beside ?? []).map(({ path, text: value }) => ({ path: path.split('.'), text: value, role: 'needed' }));
  if (write.form === 'option') writes.unshift({ path: write.path.split('.'), text, role: 'main' });
  if (write.form === 'list') writes.unshift({ path: write.path.split('.'), text: `[${text}]`, role: 'main' });
  if (writes.length === 0) return around;
  const construction = constructionOf(file, node);
  if (construction === null || construction.options === null) return null;
  const edits = writeArgument(file, construction.node, construction.options, writes);
  return edits === null ? null : [...around, ...edits];
}
