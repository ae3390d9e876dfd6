import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from '../../src/analysis/parse.js';
import { applyEdits } from '../../src/codemod/apply-edits.js';
import type { Codemod } from '../../src/codemod/define-codemod.js';
import { readOptions } from '../../src/codemod/options.js';
import { planFile, type FilePlan } from '../../src/codemod/plan-file.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SETTINGS = { crossFile: true, runtime: null, models: [], policies: [] } as const;

interface Expected {
  readonly options?: Readonly<Record<string, unknown>>;
  /** Reasons of the places that are left alone, in order. */
  readonly refused?: readonly string[];
  /** Packages that count as installed. */
  readonly installed?: Readonly<Record<string, string>>;
  /** Other files of the project. */
  readonly files?: Readonly<Record<string, string>>;
}

/**
 * Runs a codemod over its fixtures: `<case>/input.<ext>` becomes `<case>/output.<ext>`, or stays as it
 * is where there is none; `case.json` says with which options, and what is refused.
 */
export function codemodFixtures(codemod: Codemod): void {
  afterAll(removeTempProjects);
  const folder = join(HERE, codemod.name);
  describe.each(readdirSync(folder))(`${codemod.name}: %s`, (name) => {
    const directory = join(folder, name);
    const files = readdirSync(directory);
    const input = files.find((file) => file.startsWith('input.'))!;
    const extension = basename(input).slice('input'.length);
    const expected: Expected = files.includes('case.json') ? (JSON.parse(readFileSync(join(directory, 'case.json'), 'utf8')) as Expected) : {};
    const before = readFileSync(join(directory, input), 'utf8');
    const outputPath = join(directory, `output${extension}`);
    const after = existsSync(outputPath) ? readFileSync(outputPath, 'utf8') : before;
    const project = tempProject({ ...expected.files, [`src/main${extension}`]: before }, expected.installed ?? {});
    const path = join(project.root, `src/main${extension}`);
    const options = readOptions(codemod.name, codemod.options, expected.options ?? {});
    const plan = (text: string): FilePlan => planFile(path, text, [{ codemod, options }], SETTINGS);
    const editsOf = (planned: FilePlan) => (planned.is === 'steps' ? planned.steps.flatMap((step) => (step.kind === 'edit' ? step.edits : [])) : []);
    const refusedOf = (planned: FilePlan) => (planned.is === 'steps' ? planned.steps.flatMap((step) => (step.kind === 'refusal' ? [step.reason] : [])) : []);

    it('changes the input into the output, and refuses the rest with its reason', () => {
      const planned = plan(before);
      expect(applyEdits(before, editsOf(planned))).toBe(after);
      expect(refusedOf(planned)).toEqual(expected.refused ?? []);
      for (const reason of expected.refused ?? []) expect(Object.keys(codemod.refusals), 'a documented reason').toContain(reason);
    });

    it('changes nothing in a second run', () => {
      expect(editsOf(plan(after))).toEqual([]);
    });

    it('gives code that parses, with every comment and line end kept', () => {
      const [one, two] = [parse(path, before), parse(path, after)];
      if (!one.ok || !two.ok) throw new Error('the fixture does not parse');
      // Moved in with the code around it, a comment of several lines begins its lines further right.
      const words = ({ value }: { readonly value: string }): string => value.replace(/\n[^\S\n]+/g, '\n');
      expect(two.comments.map(words)).toEqual(expect.arrayContaining(one.comments.map(words)));
      expect(/(?<!\r)\n/.test(after)).toBe(/(?<!\r)\n/.test(before));
      expect(after.charCodeAt(0) === 0xfeff).toBe(before.charCodeAt(0) === 0xfeff);
    });
  });
}
