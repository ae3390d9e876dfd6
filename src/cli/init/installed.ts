import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { installCommand } from '../install-command.js';
import { UsageError } from '../usage-error.js';

/** The version of a package as a folder's code would get it; `null` where it is not installed. */
export function installedIn(folder: string, name: string): string | null {
  const require = createRequire(join(folder, 'noop.js'));
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    try {
      require.resolve(name);
      return '';
    } catch {
      return null;
    }
  }
}

/** The script that a package gives as its command; `null` where it is not installed. */
export function commandOf(folder: string, name: string): string | null {
  try {
    const manifest = createRequire(join(folder, 'noop.js')).resolve(`${name}/package.json`);
    const { bin } = createRequire(manifest)(manifest) as { bin?: string | Readonly<Record<string, string>> };
    const script = typeof bin === 'string' ? bin : bin?.[name];
    return script === undefined ? null : join(dirname(manifest), script);
  } catch {
    return null;
  }
}

/** @throws UsageError where the project's ESLint knows no flat config as we use it */
export function refuseOldESLint(folder: string): void {
  const version = installedIn(folder, 'eslint');
  if (version === null || version === '' || Number.parseInt(version, 10) >= 9) return;
  throw new UsageError(`ESLint ${version} is installed, and version 9 or later is needed: ${installCommand(folder, ['eslint@latest'])}. Until then, npx eslint-plugin-resilience check runs without it.`);
}
