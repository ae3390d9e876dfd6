import type { SourceFile } from '../../src/analysis/source-file.js';
import { factsOfFile } from '../../src/facts/file-facts.js';
import { wordsOf } from '../../src/facts/unbounded-words.js';
import type { TimeBound } from '../../src/facts/time-bounds.js';
import { marked, sourceOf } from '../support/source.js';
import { tempProject } from '../support/temp-project.js';

const MAIN = 'src/main.ts';

export interface Program {
  /** The file that is asked about, `src/main.ts`; the marker stands before the call or construction. */
  readonly main: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly installed?: Readonly<Record<string, string>>;
}

/** A file alone, without a project; or the main file of a project on disk. */
export function openProgram(program: string | Program): SourceFile {
  if (typeof program === 'string') return sourceOf(program, `/project/${MAIN}`);
  return tempProject({ [MAIN]: program.main, ...program.files }, program.installed).file(MAIN);
}

/** The judgement of the call or client behind the marker; `null` where none is made. */
export function boundAt(program: string | Program, marker = 'a'): TimeBound | null {
  const file = openProgram(program);
  const facts = factsOfFile(file);
  const at = marked(file, marker).range[0];
  const found = [...facts.timeBounds(), ...facts.wholeClients()].filter((bound) => bound.call.node.range[0] === at);
  // Of a chain that begins here, the client is what is meant, else the outermost call of a wrapper.
  return found.at(-1) ?? null;
}

/** `bounded call-option`, `unbounded absent`, `unknown parameter`, `silent`. */
export function verdictAt(program: string | Program, marker = 'a'): string {
  const bound = boundAt(program, marker);
  return bound === null ? 'silent' : `${bound.verdict} ${bound.by}`;
}

/** What would be reported in a file: `line: finding`. */
export function reportsOf(file: SourceFile): string[] {
  return factsOfFile(file)
    .unboundedSites()
    .map((site) => `${file.lines.locate(site.node.range[0]).line}: ${wordsOf(file, site, 'node').finding}`);
}
