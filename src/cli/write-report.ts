import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { CliHost } from './host.js';
import { oneLine, UsageError } from './usage-error.js';

/**
 * Prints a report, or writes it to a file.
 * @throws UsageError where the file cannot be written
 */
export async function writeReport(text: string, { outputFile, cwd }: { readonly outputFile?: string | undefined; readonly cwd?: string | undefined }, host: CliHost): Promise<void> {
  if (outputFile === undefined) {
    host.stdout.write(text);
    return;
  }
  const path = resolve(host.cwd, cwd ?? '.', outputFile);
  const { default: writeFileAtomic } = await import('write-file-atomic');
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, text);
  } catch (error) {
    throw new UsageError(`--output-file ${outputFile} cannot be written: ${oneLine(error)}`);
  }
}
