import { rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { ESLint, Linter } from 'eslint';
import { oneLine } from '../usage-error.js';

/** What ESLint makes of a configuration for some files. */
export type LoadedConfig =
  | { readonly ok: true; readonly configs: ReadonlyMap<string, CalculatedConfig | null> }
  | { readonly ok: false; readonly message: string };

export interface CalculatedConfig {
  readonly rules: Readonly<Record<string, Linter.RuleEntry>>;
  /** The name that the parser gives itself. */
  readonly parser: string | null;
  /** Is a plugin bound to our prefix? */
  readonly hasPlugin: boolean;
}

/** A configuration that waits for something that never comes must not hold us. */
const PATIENCE_MS = 60_000;

/** Loads a configuration as ESLint does and asks it about files. */
export async function loadConfig(Engine: typeof ESLint, path: string, files: readonly string[]): Promise<LoadedConfig> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<LoadedConfig>((done) => {
    timer = setTimeout(() => done({ ok: false, message: `it was still loading after ${PATIENCE_MS / 1000} s` }), PATIENCE_MS);
  });
  try {
    return await Promise.race([ask(Engine, path, files), late]);
  } catch (error) {
    return { ok: false, message: oneLine(error) };
  } finally {
    clearTimeout(timer);
  }
}

async function ask(Engine: typeof ESLint, path: string, files: readonly string[]): Promise<LoadedConfig> {
  const eslint = new Engine({ cwd: dirname(path), overrideConfigFile: path });
  const configs = new Map<string, CalculatedConfig | null>();
  for (const file of files) {
    const config = (await eslint.calculateConfigForFile(file)) as Linter.Config | undefined;
    configs.set(file, config == null ? null : calculated(config));
  }
  return { ok: true, configs };
}

function calculated(config: Linter.Config): CalculatedConfig {
  const parser = config.languageOptions?.parser as { readonly meta?: { readonly name?: unknown }; readonly name?: unknown } | undefined;
  const name = parser?.meta?.name ?? parser?.name;
  return { rules: (config.rules ?? {}) as Readonly<Record<string, Linter.RuleEntry>>, parser: typeof name === 'string' ? name : parser === undefined ? null : 'unnamed', hasPlugin: Object.hasOwn(config.plugins ?? {}, 'resilience') };
}

/**
 * The same for a text that is not written yet: from a scratch file beside the configuration, where its imports lead to
 * the same files. It is gone afterwards, also when the configuration ends the process.
 */
export async function loadText(Engine: typeof ESLint, path: string, text: string, files: readonly string[]): Promise<LoadedConfig> {
  const scratch = join(dirname(path), `.${basename(path, extname(path))}.init-${process.pid}-${scratches++}${extname(path)}`);
  const remove = (): void => rmSync(scratch, { force: true });
  process.once('exit', remove);
  try {
    writeFileSync(scratch, text, { flag: 'wx' });
    return await loadConfig(Engine, scratch, files);
  } catch (error) {
    return { ok: false, message: oneLine(error) };
  } finally {
    remove();
    process.off('exit', remove);
  }
}

let scratches = 0;

const isOurs = (rule: string): boolean => rule.startsWith('resilience/');

/** Rules of ours that are on. */
export function ourRules({ rules }: CalculatedConfig): readonly string[] {
  return Object.entries(rules).flatMap(([rule, entry]) => {
    const severity: unknown = Array.isArray(entry) ? entry[0] : entry;
    return isOurs(rule) && severity !== 0 && severity !== 'off' ? [rule] : [];
  });
}

/** A rule of others that is not what it was; `null` where none is. */
export function changedRule(before: CalculatedConfig, after: CalculatedConfig): string | null {
  const names = new Set([...Object.keys(before.rules), ...Object.keys(after.rules)]);
  for (const rule of names) if (!isOurs(rule) && JSON.stringify(before.rules[rule]) !== JSON.stringify(after.rules[rule])) return rule;
  return null;
}
