/** How a library tries again: part of the schema in `types.ts`. */
export interface RetryModel {
  /** Attempts after the first, by default; `Infinity` for without end. */
  readonly retries: number;
  /** The option that says how often. */
  readonly option?: string;
  /** What the option's number counts; absent: `retries`. */
  readonly counts?: 'retries' | 'attempts';
  /** Environment variables from which the library reads the number. */
  readonly env?: readonly string[];
  /** Methods retried by default; `all` when writes are repeated too. */
  readonly methods: readonly string[] | 'all';
  /** The option that names the methods to repeat: `retry.methods` of got. */
  readonly methodsOption?: string;
  /** The option that says after which failures, and the library's own answers: those that leave writes alone, and those that do not ask for the method. */
  readonly condition?: { readonly path: string; readonly sparesWrites: readonly string[]; readonly repeatsWrites: readonly string[] };
  /** Of these, the ones that are tried again although a reply came; others only where none did. Absent: all. */
  readonly afterReply?: readonly string[];
  /** The further attempt is made with another server of the same set. */
  readonly failover?: true;
  /** Where the number of attempts may be written: `call` is better, as nobody else is concerned. */
  readonly at?: readonly ('call' | 'client')[];
  /** Some clients of the library refuse to make one attempt alone: of two layers, the outer one is to go. */
  readonly stays?: true;
  /** What says which failures are tried again: an option, or an argument of the call, of which one export means all. */
  readonly chosenBy?: { readonly path: string } | { readonly argument: number; readonly all: string; readonly but: RetryChoice };
  /** How long it waits, ms: the first time, and what each further wait is multiplied with. A random part only adds to it. */
  readonly waits?: { readonly first: RetryNumber; readonly factor: RetryNumber; readonly most?: RetryNumber };
  /** How the waits grow by default. */
  readonly backoff: 'none' | 'fixed' | 'exponential';
  /** A random part is added to them by default. */
  readonly jitter: boolean;
  /** Its own timeouts are tried again, so the time bound multiplies. */
  readonly retriesTimeouts?: boolean;
  /** A number in the options' place is the count: `retry(3)` of rxjs. */
  readonly shorthand?: boolean;
  /** An option that, set to true, takes every limit away: `forever`. */
  readonly forever?: string;
  /** Options that say how long to wait. Where one is set to more than nothing, there is a delay; to 0, there is none. */
  readonly delay?: readonly string[];
  /** An option whose value says that a delay that is set grows, or stays the same. */
  readonly growth?: RetryGrowth;
  /** An option that, set to anything but these values, adds a random part. */
  readonly randomness?: { readonly path: string; readonly off?: readonly (string | number | boolean)[]; readonly versions?: string };
  /** How a delay, a limit or a random part is written. */
  readonly edits?: readonly RetryEdit[];
  /** One clause for messages. */
  readonly note?: string;
  /** Key into the model's `sources`. */
  readonly source: string;
}

/** How a choice of all failures but one is written; `{error}` in the text is its class, an export of the package like `imports`. */
export interface RetryChoice {
  /** The choice as code. */
  readonly text: string;
  /** The export that is the class of the error. */
  readonly imports: string;
}

/** A number that an option sets. */
export interface RetryNumber {
  /** The option that sets it. */
  readonly path?: string;
  /** What holds where nobody sets it. */
  readonly byDefault: number;
}

/** An option whose value says whether a delay grows. */
export interface RetryGrowth {
  /** The option. */
  readonly path: string;
  /** Values with which it grows. */
  readonly when?: readonly (string | number | boolean)[];
  /** Values with which it does not: a factor of 1. */
  readonly unless?: readonly (string | number | boolean)[];
}

/**
 * One option to write. In the text, `{callee}` is the library's function as the code calls it; `{base}`,
 * `{cap}` and `{job}` are the first and the longest wait and the first wait of a job, `{attempts}` and
 * `{retries}` a limit that counts the first attempt or not, and `{was}` the number that stands there.
 */
export interface RetryEdit {
  /** What it writes. */
  readonly adds: 'delay' | 'growth' | 'cap' | 'limit' | 'jitter';
  /** Dotted path of the option. */
  readonly path: string;
  /** The value as code. */
  readonly text: string;
  /** It takes the place of this option, in which the number stands. */
  readonly replaces?: string;
  /** Of a cap: options and numbers that are not to be longer than it. */
  readonly least?: { readonly option: string; readonly default: number };
  /** An export of the same package that the text names. */
  readonly imports?: string;
  /** semver range of the package in which it works. */
  readonly versions?: string;
}
