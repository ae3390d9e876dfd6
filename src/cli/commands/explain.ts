import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { colorsFor } from '../color.js';
import { explainPackage, parsePackageTarget } from '../explain-package.js';
import { explainSite } from '../explain-site.js';
import { openForExplaining } from '../explained-file.js';
import type { ModelSet } from '../../models/model-set.js';
import type { CliHost } from '../host.js';
import type { LoadedESLint } from '../load-eslint.js';
import { renderPackage } from '../render/explain-package.js';
import { renderSite } from '../render/explain-site.js';
import { UsageError } from '../usage-error.js';
import { settingsFor } from '../settings-for.js';

export interface ExplainOptions {
  readonly target: string;
  readonly format: 'text' | 'json';
  readonly cwd?: string | undefined;
  readonly color?: boolean | undefined;
  /** `false`: the user's ESLint configuration is not asked for settings. */
  readonly config?: boolean | undefined;
  readonly crossFile?: boolean | undefined;
  readonly runtime?: string | undefined;
  /** The ESLint that reads the user's configuration; absent: the project's. */
  readonly eslint?: LoadedESLint | undefined;
}

const FALLBACK_WIDTH = 100;
const WIDEST = 140;
const LOOKS_LIKE_A_FILE = /\.(?:[cm]?[jt]s|[jt]sx)$|^\.{0,2}\//;

/** Explains a line of a file, or a package. Gives the exit code: 0, or 2 through a UsageError. */
export async function runExplain(options: ExplainOptions, host: CliHost): Promise<number> {
  const root = resolve(host.cwd, options.cwd ?? '.');
  const width = Math.min(host.stdout.columns ?? FALLBACK_WIDTH, WIDEST);
  const colors = colorsFor(host, options.color);
  const target = await targetOf(options.target, root);
  if (target.is === 'file') {
    const settings = await settingsFor(options, host, root, target.path);
    const opened = await openForExplaining(target.path, root, settings, host);
    if (target.line > opened.file.lines.count) throw new UsageError(`${options.target}: the file has ${opened.file.lines.count} lines.`);
    const explanation = explainSite(opened, target.line, target.column);
    host.stdout.write(options.format === 'json' ? `${JSON.stringify(explanation, null, 2)}\n` : renderSite(explanation, width, colors));
    return 0;
  }
  const explanation = await explainPackage(target.name, await modelsFor(options, host, root), root);
  host.stdout.write(options.format === 'json' ? `${JSON.stringify(explanation, null, 2)}\n` : renderPackage(explanation, width, colors));
  return explanation.clients.length + explanation.policies.length > 0 ? 0 : 2;
}

type Target = { readonly is: 'file'; readonly path: string; readonly line: number; readonly column: number | null } | { readonly is: 'package'; readonly name: string };

/** A path that exists wins over a package of the same name. */
async function targetOf(target: string, root: string): Promise<Target> {
  const place = /^(.+?):(\d+)(?::(\d+))?$/.exec(target);
  const path = resolve(root, place?.[1] ?? target);
  const isFile = await stat(path).then((found) => found.isFile(), () => false);
  if (isFile) {
    if (place === null) throw new UsageError(`${target} is a file: name a line of it, as in ${target}:12.`);
    const line = Number(place[2]);
    if (line < 1) throw new UsageError(`${target}: lines count from 1.`);
    return { is: 'file', path, line, column: place[3] === undefined ? null : Number(place[3]) };
  }
  if (place !== null || LOOKS_LIKE_A_FILE.test(target)) throw new UsageError(`${place?.[1] ?? target}: no such file. Paths are read from ${root}.`);
  if (parsePackageTarget(target).version === '') throw new UsageError(`${target}: a version is missing after the @, as in axios@1.7.0.`);
  return { is: 'package', name: target };
}

/** The shipped models, and those in the settings that hold in the working directory. */
async function modelsFor(options: ExplainOptions, host: CliHost, root: string): Promise<ModelSet> {
  const { createModelSet } = await import('../../models/model-set.js');
  const { readSettings } = await import('../../eslint/settings.js');
  const { models, policies } = readSettings({ resilience: await settingsFor(options, host, root, resolve(root, 'index.js')) });
  return createModelSet(models, policies);
}
