import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, expect, it } from 'vitest';
import { ROOT, tempFolder } from '../../integration/support.js';
import { writtenModules } from './written.js';

const folder = tempFolder('linted-modules');
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TSCONFIG = { compilerOptions: { target: 'es2022', module: 'nodenext', types: ['node'], strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: true }, include: ['*.ts'] };

it('a module of policies passes the strictest rules of typescript-eslint, and one that is broken does not', async () => {
  const modules = new Map([...writtenModules('typescript'), ['broken', 'export const broken = async () => { if (true) throw 1; };\n']]);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  for (const [name, text] of modules) writeFileSync(join(folder, `${name}.ts`), text);
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: tseslint.config(...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked, {
      languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: folder } },
      linterOptions: { reportUnusedDisableDirectives: 'error' },
    }) as never,
  });
  const results = await eslint.lintFiles(['*.ts']);
  expect(results).toHaveLength(modules.size);
  const messages = results.flatMap(({ filePath, messages: found }) => found.map(({ line, ruleId, message }) => `${filePath.slice(folder.length + 1)}:${line} ${ruleId}: ${message}`));
  expect(messages.filter((message) => !message.startsWith('broken.ts'))).toEqual([]);
  expect(messages.join()).toMatch(/require-await.*no-unnecessary-condition.*only-throw-error/);
}, 180_000);
