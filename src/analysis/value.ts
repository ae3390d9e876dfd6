import type { TSESTree } from '@typescript-eslint/types';
import type { ClientModel, ExportModel, OperationModel } from '../models/types.js';
import type { PolicyModel } from '../models/policy-types.js';
import type { SourceFile } from './source-file.js';

/** A function expression, arrow or declaration. */
export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression;

/** A place in a file. */
export interface Place {
  readonly file: SourceFile;
  readonly node: TSESTree.Node;
}

/** Why a question could not be answered. The code is stable (it is counted), the detail is for people. */
export interface Reason {
  readonly code: ReasonCode;
  readonly detail?: string;
}

export type ReasonCode =
  | 'parameter' // comes from the caller
  | 'opaque-call' // result of a function that was not resolved or is too complex
  | 'opaque-spread' // something unknown is spread in
  | 'other-file-off' // would need another file, and cross-file is off
  | 'unresolved-import'
  | 'environment' // depends on an environment variable
  | 'connection-url' // options may travel in a URL that is not known
  | 'interceptor' // an interceptor or hook may set it
  | 'mutated' // the object may be changed before it is used
  | 'untyped-receiver' // we do not know what the receiver is
  | 'injected' // made by a container with options we do not know
  | 'sometimes-set'
  | 'dynamic-key'
  | 'wrapper' // an enclosing helper may bound it
  | 'signal' // a signal whose origin is unknown
  | 'registrations-differ'
  | 'driver' // a driver below the library sets the limits
  | 'version' // the model does not cover the installed version
  | 'replaced-global' // the global was assigned
  | 'replaced-transport' // a custom fetch, adapter or agent was passed
  | 'depth' // gave up: too deep
  | 'syntax'; // code that is not evaluated

/** One option layer of a client: what was passed where it was made, outermost last. */
export interface OptionLayer {
  readonly value: Value;
  readonly place: Place;
}

/** A client object. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly model: ClientModel;
  /** The package that was imported: a model may serve several, and patterns of names. `null` for globals. */
  readonly packageName: string | null;
  /** Key of `model.clients`. */
  readonly client: string;
  /** Option layers, from the outermost default to the most specific. */
  readonly layers: readonly OptionLayer[];
  /** Where it was made; `null` for clients that the library itself makes (default axios). */
  readonly made: Place | null;
  /** Known class, unknown options (typed parameter, injected field). */
  readonly optionsUnknown: Reason | null;
  /** For a client that is handed in: the parameter it comes from, so that a caller can tell which client it is. */
  readonly parameter?: Extract<Value, { kind: 'parameter' }>;
  /** The file that decides about the installed version. */
  readonly from: SourceFile;
}

/** Something below a client that is not a client itself: `openai.chat.completions`, `pool.query`. */
export interface InstanceMemberValue {
  readonly kind: 'instance-member';
  readonly instance: InstanceValue;
  readonly path: readonly string[];
}

export interface OperationValue {
  readonly kind: 'operation';
  readonly model: ClientModel;
  /** The package that was imported; `null` for globals. */
  readonly packageName: string | null;
  readonly operation: OperationModel;
  /** As written for people: `axios.get`, `pool.query`. */
  readonly name: string;
  /** The client it belongs to; `null` for bare functions (fetch). */
  readonly instance: InstanceValue | null;
  readonly from: SourceFile;
}

/** A signal, as far as we can tell what aborts it. */
export interface SignalValue {
  readonly kind: 'signal';
  /** `timer`: aborted by a timer; `cancel`: proved to be aborted by something else only. */
  readonly abortedBy: 'timer' | 'cancel';
  readonly ms: Value | null;
}

export interface ObjectEntry {
  /** Evaluated on demand. */
  readonly value: () => Value;
  readonly place: Place;
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, ObjectEntry>;
  /** Set when keys that are not listed may exist. */
  readonly open: Reason | null;
  /** What it was merged from, where a part is open: seen from a caller, that part may be known. */
  readonly parts?: readonly Value[];
  /** The object literal into which an option can be written, where there is one. */
  readonly place: Place | null;
}

export type Value =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | bigint | null | undefined }
  | { readonly kind: 'regexp'; readonly source: string }
  | ObjectValue
  | { readonly kind: 'array'; readonly items: readonly (() => Value)[]; readonly open: Reason | null }
  | { readonly kind: 'function'; readonly file: SourceFile; readonly node: FunctionNode }
  | { readonly kind: 'class'; readonly file: SourceFile; readonly node: TSESTree.ClassDeclaration | TSESTree.ClassExpression }
  /** An object made from a class of the project. */
  | { readonly kind: 'object-of-class'; readonly file: SourceFile; readonly node: TSESTree.ClassDeclaration | TSESTree.ClassExpression; readonly made: Place | null }
  /** An export of a package that no model knows further: package and path. */
  | { readonly kind: 'export'; readonly package: string; readonly path: readonly string[]; readonly from: SourceFile }
  /** All exports of a project file. */
  | { readonly kind: 'module'; readonly file: SourceFile }
  /** An export that a model knows, and that still has to be called. */
  | {
      readonly kind: 'model-export';
      readonly model: ClientModel;
      /** The package that was imported; `null` for globals. */
      readonly packageName: string | null;
      readonly export: ExportModel;
      readonly path: string;
      readonly from: SourceFile;
    }
  | InstanceValue
  | InstanceMemberValue
  | OperationValue
  | { readonly kind: 'policy-export'; readonly model: PolicyModel; readonly path: string; readonly from: SourceFile }
  /** A policy object, made at `place` by the export `path` of the model. */
  | { readonly kind: 'policy'; readonly model: PolicyModel; readonly path: string; readonly place: Place }
  | SignalValue
  /** An AbortController. */
  | { readonly kind: 'controller'; readonly place: Place }
  /** A `URL` object, with the text it was made of; `local`: below the file itself (`import.meta.url`). */
  | { readonly kind: 'url'; readonly text: Value; readonly local: boolean }
  | { readonly kind: 'parameter'; readonly file: SourceFile; readonly node: FunctionNode; readonly index: number; readonly path: readonly string[] }
  | { readonly kind: 'env'; readonly name: string }
  /** A string built of known and unknown parts. */
  | { readonly kind: 'text'; readonly parts: readonly (string | null)[] }
  /** A global or builtin by name: `process`, `Promise`, `console.log`. */
  | { readonly kind: 'builtin'; readonly path: readonly string[] }
  | { readonly kind: 'union'; readonly members: readonly Value[] }
  | { readonly kind: 'unknown'; readonly reason: Reason };

export const unknown = (code: ReasonCode, detail?: string): Value => ({
  kind: 'unknown',
  reason: detail === undefined ? { code } : { code, detail },
});

export const literal = (value: string | number | boolean | bigint | null | undefined): Value => ({ kind: 'literal', value });

export const UNDEFINED: Value = literal(undefined);

const MAX_UNION = 8;

/** Joins the values that may hold at one place. */
export function join(values: readonly Value[]): Value {
  const flat: Value[] = [];
  const seen = new Set<unknown>();
  for (const value of values) {
    for (const member of value.kind === 'union' ? value.members : [value]) {
      const key = identityOf(member);
      if (seen.has(key)) continue;
      seen.add(key);
      flat.push(member);
    }
  }
  if (flat.length === 1) return flat[0]!;
  if (flat.length === 0) return UNDEFINED;
  if (flat.length > MAX_UNION) return unknown('depth', 'too many possible values');
  return { kind: 'union', members: flat };
}

function identityOf(value: Value): unknown {
  switch (value.kind) {
    case 'literal':
      return `${typeof value.value}:${String(value.value)}`;
    case 'function':
    case 'class':
      return value.node;
    case 'env':
      return `env:${value.name}`;
    case 'unknown':
      return `unknown:${value.reason.code}`;
    default:
      return value;
  }
}

/** The values a value may be: the members of a union, or itself. */
export function alternatives(value: Value): readonly Value[] {
  return value.kind === 'union' ? value.members : [value];
}

/** The answer to "is this option set?". */
export type OptionAnswer =
  | { readonly is: 'set'; readonly value: Value; readonly place: Place | null }
  | { readonly is: 'absent' }
  | { readonly is: 'unknown'; readonly reason: Reason };

export const ABSENT: OptionAnswer = { is: 'absent' };
