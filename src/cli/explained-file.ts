import { analyzeScopes, parse } from '../analysis/parse.js';
import { createSourceFile, type SourceFile } from '../analysis/source-file.js';
import { readSettings } from '../eslint/settings.js';
import { factsOfFile, type FileFacts } from '../facts/file-facts.js';
import { openProject } from '../facts/open-project.js';
import { fromRoot } from './find-files.js';
import type { CliHost } from './host.js';
import { requireParser } from './require-parser.js';
import { oneLine, UsageError } from './usage-error.js';

/** A file with all that explaining a line of it needs. */
export interface Explained {
  readonly file: SourceFile;
  readonly root: string;
  readonly relativePath: string;
  readonly runtime: { readonly runtime: string; readonly why: string; readonly mixed?: boolean };
  readonly facts: FileFacts;
}

/**
 * Reads and judges one file as `check` would.
 * @param settings `settings.resilience` in force for it
 * @throws UsageError when it cannot be read or parsed
 */
export async function openForExplaining(path: string, root: string, settings: Readonly<Record<string, unknown>>, host: CliHost): Promise<Explained> {
  const relativePath = fromRoot(root, path);
  let source: string;
  try {
    source = await host.read.readText(path);
  } catch (error) {
    throw new UsageError(`${relativePath} cannot be read: ${oneLine(error)}`);
  }
  requireParser();
  const parsed = parse(path, source);
  if (!parsed.ok) {
    throw new UsageError(parsed.why === 'flow' ? `${relativePath} is written in Flow, which is not judged.` : `${relativePath} cannot be parsed, so it is not judged: ${parsed.message}`);
  }
  const project = openProject(path, readSettings({ resilience: settings }));
  const file = createSourceFile({
    path,
    text: parsed.text,
    program: parsed.program,
    comments: parsed.comments,
    scopes: () => analyzeScopes(parsed.program, parsed.sourceType),
    project,
  });
  return { file, root, relativePath, runtime: project.runtimeOf(path, parsed.text), facts: factsOfFile(file) };
}
