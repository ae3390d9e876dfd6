import type { CliHost } from './host.js';

/** Says how far a run has come. */
export interface Progress {
  /** @param at what is being worked on: it names the file that takes long */
  update(done: number, total: number, at: string): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };
/** Writing more often than this costs time and cannot be read. */
const EVERY_MS = 80;

/** A spinner on standard error when a person is there to see it, nothing otherwise. */
export async function startProgress(host: CliHost, text: string): Promise<Progress> {
  if (!host.stderr.isTTY || isContinuousIntegration(host.env)) return SILENT;
  const { default: ora } = await import('ora');
  const spinner = ora({ text, stream: process.stderr, discardStdin: false }).start();
  let last = 0;
  return {
    update(done, total, at) {
      const now = Date.now();
      if (now - last < EVERY_MS) return;
      last = now;
      spinner.text = `${text}: ${done} of ${total}, ${at}`;
      // The run is busy between files, so the timer of the spinner rarely fires.
      spinner.render();
    },
    stop: () => void spinner.stop(),
  };
}

function isContinuousIntegration(env: CliHost['env']): boolean {
  return env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false' && env['CI'] !== '0';
}
