import type { SourceFile } from '../analysis/source-file.js';
import type { LibraryRetry } from '../facts/library-retries.js';
import { addImport, isFree } from './add-import.js';
import type { Edit, Mend } from './edit.js';

/** Edits that let the error of an open circuit leave a retry, as the model writes such a choice; `null` where that cannot be written. */
export function leaveOpenCircuit(file: SourceFile, { node, retry, model }: LibraryRetry, open: string): Mend | null {
  const { chosenBy } = retry;
  if (chosenBy === undefined || !('argument' in chosenBy)) return null;
  const argument = node.arguments[chosenBy.argument];
  // A name of the module alone: `cockatiel.handleAll` has others beside it.
  if (argument?.type !== 'Identifier') return null;
  const imports = importOf(file, model.packages[0]!, [chosenBy.but.imports, open]);
  if (imports === null) return null;
  const text = chosenBy.but.text.replace('{error}', open);
  return { edits: [...imports, { range: argument.range, text }].sort((a, b) => a.range[0] - b.range[0]), title: `retry all but \`${open}\``, safety: 'behaviour' };
}

/** One edit that imports what the file has not; `[]` where it has all. */
function importOf(file: SourceFile, from: string, names: readonly string[]): readonly Edit[] | null {
  const missing = names.filter(
    (name) => !file.program.body.some((node) => node.type === 'ImportDeclaration' && node.source.value === from && node.importKind !== 'type' && node.specifiers.some((one) => one.type === 'ImportSpecifier' && one.local.name === name && one.imported.type === 'Identifier' && one.imported.name === name)),
  );
  if (!missing.every((name) => isFree(file, name))) return null;
  const edits = missing.map((name) => addImport(file, { from, name, as: name }));
  const [first] = edits;
  if (first === undefined) return [];
  // Both come into the same declaration, at the same place.
  if (first === null || edits.some((edit) => edit === null || edit.length !== 1 || edit[0]!.range[0] !== first[0]!.range[0] || !edit[0]!.text.startsWith(', '))) return edits.length === 1 ? first : null;
  return [{ range: first[0]!.range, text: edits.map((edit) => edit![0]!.text).join('') }];
}
