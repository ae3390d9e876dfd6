import type { MapBaselineOutcome } from '../../map-baseline.js';
import type { FailOn, MapFault } from '../../map-faults.js';
import { count } from '../words.js';

export interface FaultReport {
  readonly failOn: FailOn;
  /** What fails the run. */
  readonly failed: readonly MapFault[];
  readonly outcome: MapBaselineOutcome | null;
}

/** What failed a run, and what its baseline says. */
export function renderFaults({ failOn, failed, outcome }: FaultReport): string {
  const lines: string[] = [''];
  if (failed.length > 0) {
    lines.push(`${count(failed.length, outcome === null ? 'call' : 'new call')} failed --fail-on ${failOn}:`);
    for (const { state, operation, id } of failed) lines.push(`  ${operation.file}:${operation.line}:${operation.column}  ${operation.name}  ${state}  (${id})`);
  } else if (outcome?.written !== true) {
    lines.push(`${outcome === null ? 'No call' : 'No new call'} fails --fail-on ${failOn}.`);
  }
  if (outcome?.written === true) lines.push(`${outcome.name} written with ${count(outcome.known, 'call')}.`);
  else if (outcome !== null && outcome.known > 0) lines.push(`Known to ${outcome.name}: ${outcome.known}.`);
  if (outcome !== null && outcome.gone.length > 0) {
    lines.push(`${count(outcome.gone.length, 'entry', 'entries')} of ${outcome.name} ${outcome.gone.length === 1 ? 'is' : 'are'} gone${outcome.written ? ' and dropped' : ': run with --update-baseline'}:`);
    for (const { operation, dependency } of outcome.gone) lines.push(`  ${operation}  (${dependency})`);
  }
  return `${lines.join('\n')}\n`;
}
