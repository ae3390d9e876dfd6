import { recordAt } from '../../project/json.js';
import { manifestIn } from '../../project/workspace.js';

/** The script of a package.json that runs ESLint with `--cache`; `null` where none does. */
export function cachedLintScript(folder: string): string | null {
  const manifest = manifestIn(folder);
  if (manifest === null) return null;
  const script = Object.entries(recordAt(manifest.json, 'scripts')).find(([, command]) => typeof command === 'string' && /\beslint\b[^&|;]*\s--cache(?![-\w])/.test(command));
  return script?.[0] ?? null;
}
