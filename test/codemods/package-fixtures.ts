import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import { parser as typescript } from 'typescript-eslint';
import { afterAll, describe, expect, it } from 'vitest';
import { rules } from '../../rules/index.js';
import { runCodemods, undoCodemods } from '../../src/codemods.js';
import { gatePackage } from '../../src/codemod/type-gate.js';
import { removeTempProjects, tempProject } from '../support/temp-project.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const SCRATCH = fileURLToPath(new URL('../.tmp', import.meta.url));

/** What a case expects beside its files; `case.json`. */
interface Expected {
  readonly options?: Readonly<Record<string, unknown>>;
  /** Reasons of the places that are left alone, in order. */
  readonly refused?: readonly string[];
  /** The last constants of the module, in order. */
  readonly policies?: readonly string[];
  /** Reasons in the second run, where they are not those of the first with `in-policy` for each edit. */
  readonly installed?: Readonly<Record<string, string>>;
  /** Files of `before` that no compiler looks at. */
  readonly untyped?: true;
}

type Files = Readonly<Record<string, string>>;

const CODE = /\.[cm]?[jt]sx?$/;
const MODULE = /(?:^|\/)resilience\.[cm]?[jt]s$/;
const TSCONFIG = JSON.stringify({
  compilerOptions: { target: 'es2022', lib: ['es2022', 'dom'], module: 'esnext', moduleResolution: 'bundler', strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, experimentalDecorators: true, emitDecoratorMetadata: true, types: ['node'], skipLibCheck: true, noEmit: true },
  include: ['**/*.ts'],
});
/** A package that JavaScript fixtures do not want. */
const MANIFEST = `{\n  "name": "orders",\n  "type": "module",\n  "engines": { "node": ">=20" },\n  "dependencies": {}\n}\n`;

function filesIn(folder: string, below = ''): Record<string, string> {
  if (!existsSync(folder)) return {};
  return Object.assign({}, ...readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesIn(join(folder, entry.name), name) : { [name]: readFileSync(join(folder, entry.name), 'utf8') };
  })) as Record<string, string>;
}

interface Case {
  readonly name: string;
  readonly before: Files;
  readonly after: Files;
  readonly expected: Expected;
}

function casesOf(folder: string): readonly Case[] {
  return readdirSync(folder).sort().map((name) => {
    const files = filesIn(join(folder, name));
    const below = (kind: string): Files => Object.fromEntries(Object.entries(files).flatMap(([path, text]) => (path.startsWith(`${kind}/`) ? [[path.slice(kind.length + 1), text]] : [])));
    const before = below('before');
    const isTyped = Object.keys(before).some((path) => /\.[cm]?tsx?$/.test(path));
    return {
      name,
      before: { 'package.json': MANIFEST, ...(isTyped ? { 'tsconfig.json': TSCONFIG } : {}), ...before },
      after: below('after'),
      expected: files['case.json'] === undefined ? {} : (JSON.parse(files['case.json']) as Expected),
    };
  });
}

/**
 * Runs a codemod over packages: `<case>/before` becomes `<case>/after`, which holds the files that change; the module
 * that the codemod writes is told by its policies in `case.json`.
 * @param silent rules that have nothing to say of what was changed
 */
export function packageFixtures(codemod: string, silent: readonly string[]): void {
  const cases = casesOf(join(HERE, codemod));
  const results = new Map<string, Files>();
  afterAll(removeTempProjects);

  describe.each(cases)(`${codemod}: $name`, ({ name, before, after, expected }) => {
    it('changes the package as expected, once, and can take it back', async () => {
      const { root } = tempProject({ ...before, '.gitignore': 'node_modules\n' }, expected.installed ?? {});
      const run = (write: boolean) => runCodemods({ codemods: [{ name: codemod, options: expected.options ?? {} }], cwd: root, write, allowDirty: true, typeGate: false, config: false });
      const first = await run(true);
      expect(first.skips.map(({ reason }) => reason)).toEqual(expected.refused ?? []);
      const found = Object.fromEntries(Object.entries(filesIn(root)).filter(([path]) => !path.startsWith('node_modules/')));
      results.set(name, found);
      for (const [path, text] of Object.entries(before)) if (CODE.test(path) && !MODULE.test(path)) expect(found[path], path).toBe(after[path] ?? text);
      for (const [path, text] of Object.entries(after)) expect(found[path], path).toBe(text);
      const modules = Object.entries(found).filter(([path]) => MODULE.test(path));
      expect(modules.flatMap(([, text]) => [...text.matchAll(/^(?:export )?const \w+(?:: \w+)? = (?:exports\.\w+ = )?(?:policy|store)\(.*/gm)].map(([line]) => line))).toEqual(expected.policies ?? []);
      if (expected.policies !== undefined && expected.policies.length > 0 && !(MODULE.test(Object.keys(before).join('\n')))) expect(JSON.parse(found['package.json']!)).toHaveProperty('dependencies');

      const second = await run(true);
      expect(second.changes, 'a second run changes nothing').toEqual([]);
      if ((first.written?.length ?? 0) === 0) return;
      await undoCodemods(root);
      const back = Object.fromEntries(Object.entries(filesIn(root)).filter(([path]) => !path.startsWith('node_modules/')));
      expect(Object.keys(back).filter((path) => CODE.test(path)).sort()).toEqual(Object.keys(before).filter((path) => CODE.test(path)).sort());
      for (const [path, text] of Object.entries(before)) expect(back[path], path).toBe(text);
    });

    it.skipIf(silent.length === 0)(`leaves ${silent.join(', ')} nothing to report of what was changed`, () => {
      const { root } = tempProject({ ...results.get(name)! }, expected.installed ?? {});
      const linter = new Linter({ configType: 'flat', cwd: root });
      for (const path of Object.keys(after).filter((one) => CODE.test(one))) {
        const messages = linter.verify(
          readFileSync(join(root, path), 'utf8'),
          { files: ['**/*.{js,cjs,mjs,ts,cts,mts}'], languageOptions: { ...(/\.[cm]?tsx?$/.test(path) ? { parser: typescript } : {}), ...(path.endsWith('.cjs') ? { sourceType: 'commonjs' } : {}) }, plugins: { resilience: { rules } }, rules: Object.fromEntries(silent.map((rule) => [`resilience/${rule}`, 'error'])) } as unknown as Linter.Config,
          { filename: join(root, path) },
        );
        // What is refused stays reported.
        expect(new Set(messages.map(({ line }) => line)).size, messages.map(({ message, line }) => `${path}:${line} ${message}`).join('\n')).toBeLessThanOrEqual(expected.refused?.length ?? 0);
      }
    });
  });

  it(`${codemod}: no result has a type error`, () => {
    const folder = join(SCRATCH, codemod);
    rmSync(folder, { recursive: true, force: true });
    const changed: { path: string; after: string }[] = [];
    for (const { name, before, expected } of cases) {
      if (expected.untyped === true || before['tsconfig.json'] === undefined) continue;
      for (const [path, text] of Object.entries(results.get(name) ?? {})) {
        if (!/\.[cm]?tsx?$/.test(path)) continue;
        const to = join(folder, name, path);
        mkdirSync(dirname(to), { recursive: true });
        writeFileSync(to, '');
        changed.push({ path: to, after: text });
      }
    }
    writeFileSync(join(folder, 'tsconfig.json'), TSCONFIG);
    const { rejected, unchecked, problem } = gatePackage(folder, folder, changed);
    expect({ rejected, unchecked, problem }).toEqual({ rejected: [], unchecked: [], problem: null });
  }, 60_000);
}
