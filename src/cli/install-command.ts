import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const INSTALL: readonly (readonly [lockFile: string, command: string])[] = [
  ['pnpm-lock.yaml', 'pnpm add --save-dev'],
  ['yarn.lock', 'yarn add --dev'],
  ['bun.lock', 'bun add --dev'],
  ['bun.lockb', 'bun add --dev'],
  ['package-lock.json', 'npm install --save-dev'],
];

/** The command of the package manager whose lock file is nearest. */
export function installCommand(cwd: string, packages: readonly string[]): string {
  for (let directory = cwd; ; directory = dirname(directory)) {
    for (const [lockFile, command] of INSTALL) if (existsSync(join(directory, lockFile))) return `${command} ${packages.join(' ')}`;
    if (dirname(directory) === directory) return `npm install --save-dev ${packages.join(' ')}`;
  }
}
