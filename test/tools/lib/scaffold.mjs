/** What the three `new:` commands share: arguments, refusal, writing, and `update` at the end. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { update } from '../update.mjs';
import { nameProblem } from './text.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Wrong use: one line and exit code 2. */
function refuse(message, usage) {
  console.error(`${message}\n${usage}`);
  process.exit(2);
}

/**
 * @param {{
 *   usage: string,
 *   options?: import('node:util').ParseArgsConfig['options'],
 *   check?: (name: string, values: Record<string, string>) => string | null,
 *   files: (name: string, values: Record<string, string>) => Record<string, string>,
 *   next: string[],
 * }} scaffold
 */
export async function scaffold({ usage, options = {}, check = () => null, files, next }) {
  let parsed;
  try {
    parsed = parseArgs({ allowPositionals: true, options });
  } catch (error) {
    refuse(error.message, usage);
  }
  const { positionals: [name, ...more], values } = parsed;
  const problem = nameProblem(name) ?? (more.length > 0 ? 'one name at a time' : check(name, values));
  if (problem !== null) refuse(problem, usage);
  const texts = files(name, values);
  const existing = Object.keys(texts).find((path) => existsSync(join(ROOT, path)));
  if (existing !== undefined) refuse(`${existing} exists already`, usage);
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(`wrote ${path}`);
  }
  const differences = await update();
  console.log(`updated ${differences.length} derived files`);
  for (const line of next) console.log(`next: ${line}`);
}
