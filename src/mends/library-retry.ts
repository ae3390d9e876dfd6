import { packageVersion } from '../analysis/package-version.js';
import type { SourceFile } from '../analysis/source-file.js';
import type { LibraryRetry } from '../facts/library-retries.js';
import type { RetryEdit } from '../models/types.js';
import { holdsFor } from '../models/version-range.js';
import { addImport, isFree } from './add-import.js';
import type { Edit, Mend } from './edit.js';
import { writeArgument } from './write-options.js';

/** Edits that write an option of a library's retry, as its model says: a delay, a limit or a random part. */
export function writeRetryOption(file: SourceFile, retry: LibraryRetry, adds: RetryEdit['adds']): readonly Mend[] {
  const installed = packageVersion(file, retry.model.packages[0]!);
  // Of several that hold, the first is the best.
  for (const edit of retry.retry.edits ?? []) {
    if (edit.adds !== adds || (edit.versions !== undefined && !holdsFor(installed.version, edit.versions))) continue;
    const mend = mendOf(file, retry, edit);
    if (mend !== null) return [mend];
  }
  return [];
}

function mendOf(file: SourceFile, retry: LibraryRetry, edit: RetryEdit): Mend | null {
  const text = edit.text.replaceAll('{callee}', retry.name);
  const written = writeOption(file, retry, edit.path, text);
  if (written === null) return null;
  const imported = edit.imports === undefined ? [] : importOf(file, retry.model.packages[0]!, edit.imports);
  if (imported === null) return null;
  return { edits: [...imported, ...written].sort((a, b) => a.range[0] - b.range[0]), title: `set \`${edit.path}: ${text}\``, safety: 'behaviour' };
}

function writeOption(file: SourceFile, { node, ref, retry }: LibraryRetry, path: string, text: string): readonly Edit[] | null {
  // What a function gives is written in its returns, which may be several.
  if (ref.factory !== undefined) return null;
  const position = ref.at === 'last' ? node.arguments.length - 1 : ref.at[0]!;
  const given = node.arguments[position];
  // `retry(3)` says the count alone.
  if (retry.shorthand === true && given?.type === 'Literal' && retry.option !== undefined) {
    return [{ range: given.range, text: `{ ${retry.option}: ${file.text.slice(given.range[0], given.range[1])}, ${path}: ${text} }` }];
  }
  const { path: below, ...argument } = ref;
  const full = [...(below === undefined ? [] : below.split('.')), ...path.split('.')];
  return writeArgument(file, node, argument, [{ path: full, text, role: 'main' }]);
}

/** The import of what the text names; `[]` where the file has it. */
function importOf(file: SourceFile, from: string, name: string): readonly Edit[] | null {
  const known = file.program.body.some(
    (node) => node.type === 'ImportDeclaration' && node.source.value === from && node.specifiers.some((one) => one.type === 'ImportSpecifier' && one.local.name === name && one.imported.type === 'Identifier' && one.imported.name === name),
  );
  if (known) return [];
  return isFree(file, name) ? addImport(file, { from, name, as: name }) : null;
}
