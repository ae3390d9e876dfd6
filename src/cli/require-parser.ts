import { parse } from '../analysis/parse.js';
import { UsageError } from './usage-error.js';

/**
 * Files are parsed by oxc-parser, which has a native part.
 * @throws UsageError where it cannot be loaded, with what to do
 */
export function requireParser(): void {
  const probe = parse('probe.js', '');
  if (probe.ok || probe.why !== 'no-parser') return;
  if (process.versions['pnp'] !== undefined) {
    throw new UsageError('oxc-parser cannot be loaded from a zip archive of Plug\'n\'Play. Add "dependenciesMeta": { "oxc-parser": { "unplugged": true } } to the package.json of the root, and install again.');
  }
  throw new UsageError(
    `oxc-parser has no native binding here (${process.platform}-${process.arch}). Install again without --omit=optional; where the platform has none, use the plugin inside ESLint with your own parser.`,
  );
}
