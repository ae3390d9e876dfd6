import type { TSESTree } from '@typescript-eslint/types';

/** What kind of thing may be missing. Rules choose by it. */
export type NullableKind =
  | 'row' // the first row of a query whose statement can answer none
  | 'record' // what a driver, ORM, cache or SDK answers when nothing is found
  | 'response' // the response of an HTTP error that had none
  | 'chain' // the first item of a list at the end of a chain of which another part is optional
  | 'member' // another member at the end of such a chain, which is read with `?.` elsewhere
  | 'lookup' // `map.get(k)`, `list.find(f)`, `list.pop()`
  | 'match' // `text.match(pattern)`, `pattern.exec(text)`
  | 'env' // `process.env.X`
  | 'web' // `headers.get(…)`, `searchParams.get(…)`
  | 'reduce' // `list.reduce(f)` of an empty list, which throws by itself
  | 'function' // a function of the project that returns null
  | 'unassigned'; // a variable that some path leaves unset

/** An expression that gives null or undefined when something is missing. */
export interface NullableSource {
  readonly kind: NullableKind;
  readonly node: TSESTree.Node;
  /** Where in its value, awaited where it is a promise: `['rows', '0']`. Empty: the value itself. */
  readonly path: readonly string[];
  /** Has it to be awaited first? `maybe`: it may be, as a function of a project may be async. */
  readonly promise: boolean;
  readonly value: 'null' | 'undefined';
  /** For people: `pool.query`. */
  readonly name: string;
  /** When it is missing, after "when": `no row matches its WHERE`. Of a function, where it gives nothing: `(line 12)`. */
  readonly when: string;
  /** Has TypeScript, with strict null checks, a type for this that says so? Not for what is read by index. */
  readonly typed: boolean;
  /** What it is taken out of, by the expression itself. */
  readonly containers?: readonly TSESTree.Node[];
  /** A record that is chosen by a primary key that the caller hands in. */
  readonly ofCaller?: boolean;
}

/** A place that fails when the value is missing. */
export interface Dereference {
  /** The expression that may be null. */
  readonly value: TSESTree.Node;
  /** The node that fails: the member access, the call, the pattern, the spread, the loop. */
  readonly node: TSESTree.Node;
  readonly how: 'member' | 'call' | 'destructuring' | 'spread' | 'iteration' | 'itself';
  /** Was it said with `!` or a cast that it is there? */
  readonly asserted: boolean;
  /** The variable that holds it, where one does. */
  readonly held: TSESTree.Identifier | null;
  /** What it was taken out of, innermost last. */
  readonly containers: readonly TSESTree.Node[];
}
