import picocolors from 'picocolors';
import type { CliHost } from './host.js';

export type Colors = ReturnType<typeof picocolors.createColors>;

/**
 * Colours for standard output.
 * @param wanted what `--color` or `--no-color` said; absent: the environment and the terminal decide
 */
export function colorsFor(host: CliHost, wanted: boolean | undefined): Colors {
  if (wanted !== undefined) return picocolors.createColors(wanted);
  if ((host.env['NO_COLOR'] ?? '') !== '') return picocolors.createColors(false);
  const forced = host.env['FORCE_COLOR'];
  if (forced !== undefined) return picocolors.createColors(forced !== '0' && forced !== 'false');
  return picocolors.createColors(host.stdout.isTTY && host.env['TERM'] !== 'dumb');
}
