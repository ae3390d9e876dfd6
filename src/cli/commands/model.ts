import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { draftModel, type UserModel } from '../draft-model.js';
import { openForExplaining } from '../explained-file.js';
import { fromRoot } from '../find-files.js';
import type { CliHost } from '../host.js';
import type { LoadedESLint } from '../load-eslint.js';
import { settingsFor } from '../settings-for.js';
import { UsageError } from '../usage-error.js';
import { nearest } from '../user-settings.js';

export interface ModelOptions {
  readonly file: string;
  readonly format: 'json' | 'js';
  /** The package that consumers import; absent: that of the nearest package.json. */
  readonly package?: string | undefined;
  readonly cwd?: string | undefined;
  readonly config?: boolean | undefined;
  readonly crossFile?: boolean | undefined;
  readonly eslint?: LoadedESLint | undefined;
}

/** Where the file of models finds its schema, beside a package.json that has this plugin. */
const SCHEMA = './node_modules/eslint-plugin-resilience/docs/schemas/models.json';

/** Drafts a model from the source of a wrapper. Gives the exit code: 0, or 2 through a UsageError. */
export async function runModel(options: ModelOptions, host: CliHost): Promise<number> {
  const root = resolve(host.cwd, options.cwd ?? '.');
  const path = resolve(root, options.file);
  const found = await stat(path).catch(() => null);
  if (found === null) throw new UsageError(`${options.file}: no such file. Paths are read from ${root}.`);
  if (found.isDirectory()) throw new UsageError(`${options.file} is a folder: name the file that exports the wrapper, as in ${join(options.file, 'index.ts')}.`);
  const { file, relativePath } = await openForExplaining(path, root, await settingsFor(options, host, root, path), host);
  const own = ownPackage(path);
  const name = options.package ?? own.name;
  if (name === null) throw new UsageError(`${relativePath}: no package.json above it has a name. Say which package its consumers import: --package @acme/http.`);
  const { model, notes, exports } = draftModel(file, name, own.version, relativePath);
  if (exports === 0 && notes.length === 0) throw new UsageError(`${relativePath} exports nothing: name the file from which consumers take the wrapper.`);
  if (model === null) throw new UsageError([`${relativePath}: nothing that it exports makes a call that a model can be drafted of.`, ...notes.map((note) => `note: ${note}`)].join('\n'));
  host.stdout.write(options.format === 'js' ? configText(model) : `${JSON.stringify({ $schema: SCHEMA, models: [model] }, null, 2)}\n`);
  for (const note of notes) host.stderr.write(`note: ${note}\n`);
  host.stderr.write(`note: exports are named as ${fromRoot(root, path)} names them; consumers must find them at '${name}'\n`);
  return 0;
}

/** Name and version in the nearest package.json that has a name. */
function ownPackage(path: string): { readonly name: string | null; readonly version: string | null } {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    const found = nearest(directory, ['package.json'], new Map());
    if (found === null) return { name: null, version: null };
    try {
      const { name, version } = JSON.parse(readFileSync(found, 'utf8')) as { name?: unknown; version?: unknown };
      if (typeof name === 'string' && name !== '') return { name, version: typeof version === 'string' ? version : null };
    } catch {
      // One that cannot be read names nothing.
    }
    directory = dirname(found);
    if (dirname(directory) === directory) return { name: null, version: null };
  }
}

/** The same as an object of an ESLint configuration. */
function configText(model: UserModel): string {
  const text = literal(model, '        ');
  return `// eslint.config.js\nexport default [\n  {\n    settings: {\n      resilience: { models: [\n        ${text},\n      ] },\n    },\n  },\n];\n`;
}

const KEY = /^[A-Za-z_$][\w$]*$/;
const WIDTH = 120;

/** JSON as JavaScript is written by hand: bare keys, single quotes, short values on one line. */
function literal(value: unknown, indent: string): string {
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const below = `${indent}  `;
  const parts = Array.isArray(value) ? value.map((item) => literal(item, below)) : Object.entries(value).map(([key, item]) => `${KEY.test(key) ? key : literal(key, below)}: ${literal(item, below)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return `${open}${close}`;
  const inner = parts.join(', ');
  const short = Array.isArray(value) ? `[${inner}]` : `{ ${inner} }`;
  return short.length + indent.length <= WIDTH && !short.includes('\n') ? short : `${open}\n${parts.map((part) => `${below}${part},\n`).join('')}${indent}${close}`;
}
