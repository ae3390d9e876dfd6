import { createHash } from 'node:crypto';
import type { FailureMap, MapOperation } from '../map/types.js';

/** `unbounded`: calls without an end. `unprotected`: those, and calls without any guard against a service that fails. */
export type FailOn = 'unbounded' | 'unprotected';

const FAIL_ON: readonly FailOn[] = ['unbounded', 'unprotected'];

/** A call that is shown to be at fault. */
export interface MapFault {
  /** Of the dependency. */
  readonly id: string;
  readonly state: FailOn;
  readonly operation: MapOperation;
  /** The same when lines move. */
  readonly fingerprint: string;
}

/** The calls at fault. What is not known is none. */
export function faultsOf(map: FailureMap, failOn: FailOn): readonly MapFault[] {
  const wanted: ReadonlySet<string> = new Set(failOn === 'unbounded' ? ['unbounded'] : FAIL_ON);
  return map.dependencies.flatMap(({ id, operations }) => {
    const seen = new Map<string, number>();
    return operations.flatMap((operation): readonly MapFault[] => {
      if (!wanted.has(operation.state)) return [];
      // Which one it is among equals.
      const parts = [id, operation.state, operation.file, operation.within ?? '', operation.name, operation.target ?? ''].join('\0');
      const count = seen.get(parts) ?? 0;
      seen.set(parts, count + 1);
      return [{ id, state: operation.state as FailOn, operation, fingerprint: createHash('sha256').update(`${parts}\0${count}`).digest('hex').slice(0, 32) }];
    });
  });
}
