import { progress as progressBar } from '@clack/prompts';
import type { CliHost } from './host.js';

type Stage = 'plan' | 'types' | 'write';

/** Says how far a run has come: a bar on a terminal, plain lines elsewhere. */
export interface CodemodProgress {
  readonly update: (stage: Stage, done: number, total: number, at: string) => void;
  /** Takes the bar away, for what is printed or asked next: it draws over text, and swallows keys. It comes back with the next update. */
  pause(): void;
  stop(): void;
}

const TITLES: Readonly<Record<Stage, string>> = { plan: 'Reading files', types: 'Checking types', write: 'Writing files' };
/** Of a long run, a line in a log each time a tenth is done. */
const PARTS = 10;
/** Shorter runs say nothing in a log. */
const WORTH_SAYING = 500;

/** @param nameOf a file as people know it */
export function startCodemodProgress(host: CliHost, silent: boolean, nameOf: (path: string) => string): CodemodProgress {
  if (silent) return { update: () => undefined, pause: () => undefined, stop: () => undefined };
  const ci = host.env['CI'];
  return host.stderr.isTTY && (ci === undefined || ci === '' || ci === 'false' || ci === '0') ? onTerminal(nameOf) : inLog(host);
}

function onTerminal(nameOf: (path: string) => string): CodemodProgress {
  let bar: ReturnType<typeof progressBar> | null = null;
  let stage: Stage | null = null;
  let shown = 0;
  const stop = (): void => {
    bar?.stop(stage === null ? undefined : TITLES[stage]);
    bar = null;
    stage = null;
  };
  return {
    update(next, done, total, at) {
      if (next !== stage || bar === null) {
        stop();
        bar = progressBar({ max: Math.max(total, 1), output: process.stderr });
        bar.start(TITLES[next]);
        stage = next;
        shown = 0;
      }
      bar.advance(Math.max(done - shown, 0), `${TITLES[next]}: ${done} of ${total}, ${nameOf(at)}`);
      shown = done;
    },
    pause: stop,
    stop,
  };
}

function inLog(host: CliHost): CodemodProgress {
  const said = new Set<string>();
  return {
    update(stage, done, total) {
      if (total < WORTH_SAYING) return;
      const part = Math.floor((done / total) * PARTS);
      if (part === 0 || said.has(`${stage} ${part}`)) return;
      said.add(`${stage} ${part}`);
      host.stderr.write(`${TITLES[stage]}: ${done} of ${total}\n`);
    },
    pause: () => undefined,
    stop: () => undefined,
  };
}
