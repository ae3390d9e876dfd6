import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ESLint } from 'eslint';
import { fromRoot } from './find-files.js';
import { oneLine, UsageError } from './usage-error.js';

/** `settings.resilience` from the user's own ESLint configuration, file by file. */
export interface UserSettings {
  /** The same object for every file of one package and configuration; `null` where there is none. */
  of(path: string): Promise<Readonly<Record<string, unknown>> | null>;
  /** The configurations that could not be loaded. */
  failures(): readonly ConfigFailure[];
  /** One line for every way in which they failed. */
  warnings(): string[];
}

/** A configuration that could not be loaded, by its path from the working directory. */
export interface ConfigFailure {
  readonly config: string;
  readonly message: string;
}

const CONFIG_FILES = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`);

/** For `--no-config`. */
export const NO_USER_SETTINGS: UserSettings = { of: async () => null, failures: () => [], warnings: () => [] };

/**
 * Asks the user's configuration once for every package and configuration file.
 * @param load gives ESLint; called only when there is a configuration
 */
export function userSettings(load: () => typeof ESLint, root: string): UserSettings {
  const configOf = new Map<string, string | null>();
  const packageOf = new Map<string, string | null>();
  const instances = new Map<string, ESLint>();
  const answers = new Map<string, Promise<Readonly<Record<string, unknown>> | null>>();
  const failures: ConfigFailure[] = [];

  async function ask(config: string, path: string): Promise<Readonly<Record<string, unknown>> | null> {
    if (failedBefore(config)) return null;
    try {
      let eslint = instances.get(config);
      // `dirname` as working directory: ESLint then finds this configuration and no other.
      if (eslint === undefined) instances.set(config, (eslint = new (load())({ cwd: dirname(config) })));
      const of = async (file: string) => (await eslint.calculateConfigForFile(file)) as { settings?: { resilience?: unknown } } | undefined;
      // A configuration that is not for TypeScript has its settings all the same; the answer serves the whole package.
      const calculated = (await of(path)) ?? (await of(join(dirname(path), 'index.js')));
      const settings = calculated?.settings?.resilience;
      return settings !== null && typeof settings === 'object' ? (settings as Record<string, unknown>) : null;
    } catch (error) {
      if (error instanceof UsageError) throw error;
      failures.push({ config: fromRoot(root, config), message: oneLine(error) });
      return null;
    }
  }
  const failedBefore = (config: string): boolean => failures.some((failure) => failure.config === fromRoot(root, config));

  return {
    of(path) {
      const directory = dirname(path);
      const config = nearest(directory, CONFIG_FILES, configOf);
      if (config === null) return Promise.resolve(null);
      const key = `${config}\0${nearest(directory, ['package.json'], packageOf) ?? ''}`;
      let answer = answers.get(key);
      if (answer === undefined) answers.set(key, (answer = ask(config, path)));
      return answer;
    },
    failures: () => failures,
    warnings: () => failureWarnings(failures),
  };
}

/** A line for each message; the same lines in whatever order the configurations were met, and however often. */
export function failureWarnings(failures: readonly ConfigFailure[]): string[] {
  const byMessage = new Map<string, Set<string>>();
  for (const { config, message } of [...failures].sort((a, b) => (a.config < b.config ? -1 : 1))) byMessage.set(message, (byMessage.get(message) ?? new Set()).add(config));
  return [...byMessage].map(([message, configs]) => {
    const [first] = configs;
    const others = configs.size > 1 ? ` and ${configs.size - 1} more` : '';
    return `${first!}${others} could not be loaded, so settings.resilience is not read from there (${message}). --no-config leaves it alone.`;
  });
}

/** The nearest of some files, in a folder or above it. */
export function nearest(directory: string, names: readonly string[], memo: Map<string, string | null>): string | null {
  const known = memo.get(directory);
  if (known !== undefined) return known;
  const here = names.map((name) => join(directory, name)).find((path) => existsSync(path));
  const parent = dirname(directory);
  const answer = here ?? (parent === directory ? null : nearest(parent, names, memo));
  memo.set(directory, answer);
  return answer;
}
