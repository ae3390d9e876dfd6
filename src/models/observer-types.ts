/** The schema of what is known of libraries that log or report: data, as in `types.ts`. */

/**
 * What a call does with an error that it is handed.
 * - `logs`: writes a line; the program goes on as before
 * - `reports`: tells telemetry: an error tracker, a span, a metric
 * - `fatal`: logs at the level that ends or pages; who calls that has decided
 */
export type ObserverAct = 'logs' | 'reports' | 'fatal';

/** An object that observes: a logger, a span, a counter. */
export interface ObserverShape {
  readonly title: string;
  /** What its methods do. */
  readonly methods: Readonly<Record<string, ObserverAct>>;
  /** Methods that give another one: `child`, `startSpan`. */
  readonly makes?: Readonly<Record<string, string>>;
  /** Type names that mean it in a type annotation, as the packages export them. */
  readonly types?: readonly string[];
  /** What comes first in a call that logs an error. */
  readonly order?: 'message-first' | 'error-first';
}

/** What an export of a logging or telemetry package is. */
export type ObserverExport =
  | { readonly is: 'observer'; readonly observer: string }
  | { readonly is: 'makes'; readonly observer: string }
  | { readonly is: 'act'; readonly does: ObserverAct };

/** A library that logs or reports. */
export interface ObserverModel {
  readonly id: string;
  readonly title: string;
  /** Package names; empty for globals. */
  readonly packages: readonly string[];
  /** Versions whose documentation or source was read. */
  readonly checked: readonly string[];
  readonly globals?: Readonly<Record<string, ObserverExport>>;
  /** By path: `default`, `captureException`, `trace.getActiveSpan`. */
  readonly exports: Readonly<Record<string, ObserverExport>>;
  readonly observers: Readonly<Record<string, ObserverShape>>;
  readonly sources: Readonly<Record<string, string>>;
  readonly verified: 'source' | 'source+test' | 'docs';
}
