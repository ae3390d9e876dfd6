import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ESLint } from 'eslint';
import { installCommand } from './install-command.js';
import { UsageError } from './usage-error.js';

/** The ESLint that does the work. */
export interface LoadedESLint {
  readonly ESLint: typeof ESLint;
  readonly version: string;
}

const LOWEST_MAJOR = 9;

/**
 * Loads ESLint as the project sees it, else as this package does.
 * @param resolveFrom where to look, best first; overridden by tests
 * @throws UsageError with the command that installs it, when neither has version 9 or later
 */
export function loadESLint(cwd: string, resolveFrom: readonly string[] = [join(cwd, 'noop.js'), import.meta.url]): LoadedESLint {
  let tooOld: string | null = null;
  for (const from of resolveFrom) {
    const require = createRequire(from);
    let version: string;
    try {
      version = (require('eslint/package.json') as { version: string }).version;
    } catch {
      continue;
    }
    if (Number.parseInt(version, 10) < LOWEST_MAJOR) {
      tooOld ??= version;
      continue;
    }
    return { ESLint: (require('eslint') as { ESLint: typeof ESLint }).ESLint, version };
  }
  const found = tooOld === null ? 'ESLint is not installed.' : `ESLint ${tooOld} is installed, and version ${LOWEST_MAJOR} or later is needed.`;
  throw new UsageError(`${found} Install it with: ${installCommand(cwd, ['eslint'])}`);
}
