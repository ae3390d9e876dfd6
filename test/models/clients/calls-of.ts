import type { SourceFile } from '../../../src/analysis/source-file.js';
import { callsOf } from '../../../src/facts/io-calls.js';
import { sourceOf } from '../../support/source.js';
import { tempProject } from '../../support/temp-project.js';

/** What the calls of a file are taken for, in source order: `write`, `read Item undefined`, `stream read`, `blocking none`. */
export function callsIn(code: string, installed?: Readonly<Record<string, string>>): string[] {
  const file: SourceFile = installed === undefined ? sourceOf(code) : tempProject({ 'src/main.ts': code }, installed).file('src/main.ts');
  return callsOf(file).io.map((call) => {
    const { operation } = call.operation;
    const { empty } = operation;
    return [call.mode === 'reply' ? '' : call.mode, operation.effect, empty?.path ?? '', empty?.value ?? ''].filter((part) => part !== '').join(' ');
  });
}
