import type { Need, PackageFiles, PackageInput } from './define-codemod.js';
import type { ChosenCodemod } from './plan-file.js';
import type { Completed } from './runner.js';

/** What a package needs for the edits of all codemods of a run. */
export async function completePackage(chosen: readonly ChosenCodemod[], directory: string, edits: readonly Completed[], read: PackageInput['read']): Promise<PackageFiles> {
  const files = new Map<string, string>();
  const refused = new Map<Need, { readonly reason: string; readonly detail: string }>();
  const libraries: Record<string, string> = {};
  // What one codemod has made of a file is what the next one reads.
  const current = async (path: string): Promise<string | null> => files.get(path) ?? (await read(path));
  for (const { codemod, options } of chosen) {
    const own = edits.filter(({ edit }) => edit.codemod === codemod.name);
    if (codemod.complete === undefined || own.length === 0) continue;
    const added = await codemod.complete({ directory, edits: own.map(({ path, edit }) => ({ path, needs: edit.needs ?? [] })), options: options as never, read: current });
    for (const { path, after } of added.files) files.set(path, after);
    for (const [need, why] of added.refused) refused.set(need, why);
    Object.assign(libraries, added.libraries);
  }
  return { files: [...files].map(([path, after]) => ({ path, after })), refused, libraries };
}
