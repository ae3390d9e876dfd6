import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parser as typescript } from 'typescript-eslint';
import { Linter } from 'eslint';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { parse } from '../../src/analysis/parse.js';
import { applyEdits } from '../../src/codemod/apply-edits.js';
import { rulesOf, type Codemod } from '../../src/codemod/define-codemod.js';
import { readOptions } from '../../src/codemod/options.js';
import { planFile, type FilePlan } from '../../src/codemod/plan-file.js';
import { gatePackage } from '../../src/codemod/type-gate.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SETTINGS = { crossFile: true, runtime: null, models: [], policies: [] } as const;

const TSCONFIG = JSON.stringify({
  compilerOptions: { target: 'es2022', lib: ['es2022', 'dom', 'esnext.disposable'], module: 'esnext', moduleResolution: 'bundler', strict: true, noImplicitAny: false, allowJs: true, experimentalDecorators: true, jsx: 'preserve', types: ['node'], typeRoots: [fileURLToPath(new URL('../../node_modules/@types', import.meta.url))] },
  include: ['src'],
});

interface Expected {
  readonly options?: Readonly<Record<string, unknown>>;
  /** Reasons of the places that are left alone, in order. */
  readonly refused?: readonly string[];
  /** What the reasons say of their places, where that is told. */
  readonly details?: readonly string[];
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

  it(`${codemod.name}: no output has a type error that its input has not`, () => {
    const cases = readdirSync(folder).map((name) => ({ name, files: readdirSync(join(folder, name)) }));
    const texts = (kind: 'input' | 'output') =>
      Object.fromEntries(cases.flatMap(({ name, files }) => files.filter((file) => file.startsWith(`${kind}.`)).map((file) => [`src/${name}/main${file.slice(kind.length)}`, readFileSync(join(folder, name, file), 'utf8')])));
    const others = Object.fromEntries(cases.flatMap(({ name, files }) => (files.includes('case.json') ? Object.entries((JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')) as Expected).files ?? {}) : []).flatMap(([path, text]) => (path.startsWith('src/') ? [[`src/${name}/${path.slice('src/'.length)}`, text]] : []))));
    const project = tempProject({ 'tsconfig.json': TSCONFIG, ...others, ...texts('input') });
    const after = Object.entries(texts('output')).map(([path, text]) => ({ path: join(project.root, path), after: text }));
    const { rejected, unchecked, problem } = gatePackage(project.root, project.root, after);
    expect({ rejected, unchecked, problem }).toEqual({ rejected: [], unchecked: [], problem: null });
  });

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
      if (expected.details !== undefined) expect(planned.is === 'steps' ? planned.steps.flatMap((step) => (step.kind === 'refusal' ? [step.detail] : [])) : []).toEqual(expected.details);
      for (const reason of expected.refused ?? []) expect(Object.keys(codemod.refusals), 'a documented reason').toContain(reason);
    });

    it('changes nothing in a second run', () => {
      expect(editsOf(plan(after))).toEqual([]);
    });

    it.skipIf(rulesOf(codemod).length === 0)('leaves the paired rules nothing to report of what it mended', () => {
      const options = /\.[cm]?tsx?$/.test(extension) || extension.endsWith('sx') ? { parser: typescript } : {};
      const linter = new Linter({ configType: 'flat', cwd: project.root });
      const reports = (text: string): number => {
        const messages = linter.verify(
          text,
          { files: [`**/*${extension}`], languageOptions: { ...options, ...(extension === '.cjs' ? { sourceType: 'commonjs' } : {}) }, plugins: { resilience: { rules } }, rules: Object.fromEntries(rulesOf(codemod).map((rule) => [`resilience/${rule}`, ['error', ...(rules[rule]!.meta.docs.presetOptions?.strict ?? [])]])) } as unknown as Linter.Config,
          { filename: path },
        );
        expect(messages.filter(({ fatal }) => fatal === true)).toEqual([]);
      return messages.length;
      };
      const planned = plan(before);
      const edits = planned.is === 'steps' ? planned.steps.reduce((sum, step) => sum + (step.kind === 'edit' ? (step.mends?.length ?? 1) : 0), 0) : 0;
      // What is refused stays reported.
      expect(reports(after)).toBeLessThanOrEqual(Math.max(0, reports(before) - edits) + refusedOf(planned).length);
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
