import { isFlow } from '../analysis/parse.js';
import { isBuiltCode, saysGenerated } from '../facts/built-code.js';
import { factsOfFile } from '../facts/file-facts.js';
import { gatesOf, importsOf } from '../facts/file-gates.js';
import { functionCalls, type FunctionCalls } from '../facts/function-calls.js';
import { retriedCalls } from '../facts/retried-calls.js';
import type { OpenProject } from '../facts/open-project.js';
import { memberOfFile } from '../project/member.js';
import type { Project } from '../project/project.js';
import { resolveModule } from '../project/resolve.js';
import { isFailed } from '../project/store.js';
import { retries } from './guard-words.js';
import { keyOf, operationsOf, type FoundOperation } from './operations.js';
import type { Places } from './places.js';
import type { FailureMap, Guard } from './types.js';

export interface FilesToRead {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly places: Places;
  /** The project as rules see it, for the settings in force for a file. */
  readonly projectOf: (path: string) => OpenProject;
  /** One that reads every file that is imported, as the way to a client may lead through files that name none. */
  readonly whole: Project;
  readonly onFile: (done: number, path: string) => void;
}

/** All that files say by themselves, as plain data. */
export interface ReadFiles {
  readonly operations: readonly FoundOperation[];
  readonly calls: readonly FunctionCalls[];
  /** What tries a call again, by its key. */
  readonly retried: ReadonlyMap<string, Guard>;
  /** Folders of members whose files were read, and those whose files theirs import. */
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
  readonly unread: FailureMap['unread'];
}

/** Reads the files one after another; of each only what it says is kept. */
export function readFiles({ files, places, projectOf, whole, onFile }: FilesToRead): ReadFiles {
  const operations: FoundOperation[] = [];
  const calls: FunctionCalls[] = [];
  const retried = new Map<string, Guard>();
  const imports = new Map<string, Set<string>>();
  const unread: { file: string; reason: string }[] = [];
  for (const [done, path] of files.entries()) {
    onFile(done, path);
    const text = whole.store.text(path);
    if (text !== null && (isBuiltCode(text) || saysGenerated(text))) continue;
    const file = text !== null && isFlow(text) ? ({ failed: 'flow', message: 'written in Flow' } as const) : whole.store.get(path);
    if (file === null || isFailed(file)) {
      unread.push({ file: places.pathOf(path), reason: file === null ? 'it cannot be read' : file.message });
      continue;
    }
    calls.push(functionCalls(file));
    noteImports(path, importsOf(file.program, file.text).map(({ specifier }) => specifier), imports);
    const project = projectOf(path);
    if (!gatesOf(path, file.text, project, () => importsOf(file.program, file.text)).mayCallOut()) continue;
    const judged = project.file(path);
    if (judged === null) continue;
    operations.push(...operationsOf(factsOfFile(judged), places));
    for (const { io, node, by } of retriedCalls(judged)) {
      const detail = `${typeof by.attempts === 'number' && by.attempts > 1 && Number.isFinite(by.attempts) ? `${retries(by.attempts - 1)} by ` : 'by '}${by.name === null ? 'a loop around it' : `\`${by.name}\``}`;
      const guard: Guard = { answer: 'yes', detail, at: places.at({ file: by.file, node: by.node }) };
      for (const key of [keyOf(io.file.path, io.node.range[0]), keyOf(judged.path, node.range[0])]) if (!retried.has(key)) retried.set(key, guard);
    }
  }
  return { operations, calls, retried, imports, unread };
}

function noteImports(path: string, specifiers: readonly string[], imports: Map<string, Set<string>>): void {
  const own = memberOfFile(path)?.directory;
  if (own === undefined) return;
  const known = imports.get(own) ?? new Set<string>();
  imports.set(own, known);
  for (const specifier of specifiers) {
    const found = resolveModule(path, specifier);
    const other = found.is === 'file' ? memberOfFile(found.path)?.directory : undefined;
    if (other !== undefined && other !== own) known.add(other);
  }
}
