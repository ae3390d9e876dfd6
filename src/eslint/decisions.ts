/** One judgement of one site by one rule: what `check --stats` counts. */
export interface Decision {
  readonly rule: string;
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  readonly verdict: 'set' | 'absent' | 'unknown';
  /** Code of what decided, or of why nothing could. */
  readonly reason: string;
  /** `http`, `rpc`, `db` …: what the site talks to. */
  readonly kind: string;
  /** Client and operation, for people: `axios.get`. */
  readonly subject: string;
}

type Sink = (decision: Decision) => void;

let sink: Sink | null = null;

/** Sends every decision made from now on to `receive`, until the returned function is called. */
export function collectDecisions(receive: Sink): () => void {
  sink = receive;
  return () => {
    sink = null;
  };
}

/** Is anybody listening? Rules skip the work of building decisions otherwise. */
export function decisionsWanted(): boolean {
  return sink !== null;
}

export function recordDecision(decision: Decision): void {
  sink?.(decision);
}
