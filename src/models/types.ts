/**
 * The schema of library knowledge. A model is data: it says what a library does, never what a rule
 * should do about it. Models shipped here and models from `settings.resilience.models` share it.
 *
 * Paths are dotted (`socket.connectTimeout`). A path of exports starts with the export's name
 * (`default`, `Pool`, `default.create`); CommonJS `require('x')` counts as `default` and as the
 * namespace. `*` stands for one name, `**` for one or more, and `*` within a name for any part of
 * it (`*Client`). Of several entries that match, the most exact one holds (`lookup.ts`: `findByPath`).
 * The path `''` is the thing itself: the client called as a function, the options given as a number.
 *
 * An option path may lead through another client or through an `options` export
 * (`dispatcher.headersTimeout`, `requestHandler.requestTimeout`): it goes on in the options of that one.
 * `*` in it is each item of a list: `links.*.fetch`.
 */

import type { CacheModel, ExpiryModel, KeyWalkModel, KeyspaceModel } from './cache-types.js';

export type { CacheModel } from './cache-types.js';
import type { BoundModel, Covers, SignalModel } from './bound-types.js';
export type { BoundModel, Covers, SignalModel, ZeroMeans } from './bound-types.js';
import type { SeamModel } from './seam-types.js';
export type { SeamModel } from './seam-types.js';
import type { RetryModel } from './retry-types.js';
export type { RetryEdit, RetryModel } from './retry-types.js';
import type { RepeatModel } from './repeat-types.js';
export type { RepeatModel } from './repeat-types.js';
import type { ConstructModel, ExportModel, RegistrationModel } from './export-types.js';
export type { ConstructModel, ExportModel, RegistrationModel } from './export-types.js';
import type { EditModel } from './edit-types.js';
export type { EditModel } from './edit-types.js';
import type { MutatorModel } from './mutator-types.js';
export type { MutatorModel } from './mutator-types.js';
import type { PoolModel } from './pool-types.js';
export type { PoolModel } from './pool-types.js';
import type { LoanModel } from './release-types.js';
export type { LoanModel } from './release-types.js';

/** What kind of dependency a client talks to. Rules choose by it (`kinds`). */
export type ClientKind = 'http' | 'rpc' | 'db' | 'cache' | 'queue' | 'sdk' | 'exec';

/** What an operation does to the other side, as far as its name alone can tell. */
export type Effect = 'read' | 'write' | 'by-http-method' | 'by-sql' | 'none' | 'unknown';

/** Which argument. `last`: the last argument that can be an options object. */
export interface ArgumentRef {
  /** Positions to look at, best first. */
  readonly at: readonly number[] | 'last';
  /** With `last`: how many leading arguments can never be the options. */
  readonly after?: number;
  /** With `last`: keys of which options have at least one; an object without any holds parameters of the call. */
  readonly keys?: readonly string[];
  /** Path inside the argument: `client` in `new Upload({ client })`. */
  readonly path?: string;
  /** Key of a function in the argument that gives what the path is in: `useFactory` of a Nest module. */
  readonly factory?: string;
  /** It is no object of options but the value itself, for the path `''`: `job.waitUntilFinished(events, 5000)`. */
  readonly plain?: true;
}

/** A call that does I/O, or makes something that does. */
export interface OperationModel {
  /** Which argument holds the options of the call. */
  readonly options?: ArgumentRef;
  /** No option can be written into the call: which argument holds the options depends on another one. */
  readonly noEdit?: true;
  /** Which argument holds the address. */
  readonly url?: ArgumentRef;
  /** On a server a relative URL throws, so a call with one runs in a browser: global fetch. */
  readonly absoluteUrlOnly?: boolean;
  /** What it does to the other side. */
  readonly effect: Effect;
  /** `stream`: gives a stream, not a reply. `blocking`: waits on purpose (BLPOP, subscribe). */
  readonly mode?: 'reply' | 'stream' | 'blocking';
  /** Nothing is sent: the command is collected, and the call gives the client again (a pipeline). */
  readonly collected?: true;
  /** No I/O until awaited (`then`), subscribed (`subscribe`) or executed (`exec`). */
  readonly lazy?: 'then' | 'subscribe' | 'exec';
  /** `false`: an answer that redirects is handed out as it is. */
  readonly followsRedirects?: false;
  /** Only as a template tag; called, it makes a part of a query: `sql(rows, 'id')`. */
  readonly tagOnly?: boolean;
  /** Bounds and signals set by chained methods: `.timeout(ms)`, `.timeout({ deadline })`. */
  readonly chained?: readonly ChainedBound[];
  /** The member of the reply that is a stream, so that piping or returning it makes the call one: `body` of fetch. */
  readonly streamBody?: string;
  /** The last argument is a function that is handed the reply, which is a stream itself: node http. */
  readonly streamsToCallback?: true;
  /** Options that turn the reply into a stream: `responseType: 'stream'`. */
  readonly streamWhen?: readonly OptionEquals[];
  /**
   * A word among the arguments, or a key in one of them, that makes a command wait on purpose:
   * `XREAD … BLOCK`, `xRead(keys, { BLOCK: 0 })`, `ReceiveMessageCommand({ WaitTimeSeconds })`.
   */
  readonly blockingWhen?: { readonly argument: string };
  /** A call without a callback gives a stream (grpc-js refuses a unary call without one). */
  readonly streamWithoutCallback?: boolean;
  /** What this operation waits for, where it is not a reply: `pool.connect()` waits for a slot and a connection. */
  readonly waits?: readonly Covers[];
  /** One method for many commands, told apart by the class or first word of an argument: `send(new GetItemCommand(…))`. */
  readonly byCommand?: { readonly argument: ArgumentRef; readonly commands: Readonly<Record<string, CommandModel>> };
  /** What a successful call yields when the thing is missing. */
  readonly empty?: EmptyResult;
  /** The client shape that it answers with: a job, of a queue. */
  readonly gives?: string;
  /** The function in this argument is handed a client as its first parameter: `transaction(async (tx) => …)`. */
  readonly hands?: { readonly argument: number; readonly client: string };
  /** What it does to the entries of a cache, where the client is one or is used as one. */
  readonly cache?: CacheModel;
  /** It touches every entry of the store. */
  readonly keyspace?: KeyspaceModel;
  /** Events or callbacks that must end the request for a limit to count: node http. */
  readonly ends?: readonly string[];
}

/** What is said of one command of an operation; it wins over what is said of the operation. */
export interface CommandModel {
  /** What it does to the other side. */
  readonly effect?: Effect;
  /** `stream`: gives a stream. `blocking`: waits on purpose. */
  readonly mode?: 'reply' | 'stream' | 'blocking';
  /** A word or key that makes it wait on purpose. */
  readonly blockingWhen?: { readonly argument: string };
  /** What it yields when the thing is missing. */
  readonly empty?: EmptyResult;
  /** It touches every entry of the store. */
  readonly keyspace?: KeyspaceModel;
}

/** An option that has a value. */
export interface OptionEquals {
  /** Where to look; absent: the options. `stream: true` of openai stands in the body. */
  readonly argument?: ArgumentRef;
  /** Dotted path of the option. */
  readonly path: string;
  /** The value that counts. */
  readonly equals: string | number | boolean;
}

/** A bound or a signal that is set by a method chained to the call. */
export interface ChainedBound {
  /** Name of the chained method. */
  readonly method: string;
  /** Path inside the argument object, or '' for a plain number. */
  readonly path: string;
  /** The position of that argument; absent: the first. */
  readonly argument?: number;
  /** A step on the way to the operation, whose result takes no more of them: `find({}, { signal }).toArray()`. */
  readonly before?: true;
  readonly covers: Covers;
  /** The chained method only arms an event; this one in its handler ends the request. */
  readonly endsBy?: string;
}

/** What a successful call yields when the thing is missing. */
export interface EmptyResult {
  /** Path below the awaited result: '' is the result itself, `rows[0]`, `[0][0]`, `Item`. */
  readonly path: string;
  /** What stands there when the thing is missing. */
  readonly value: 'null' | 'undefined' | 'false' | '{}' | '[]' | "''" | '0';
  /** Only where the statement in this argument (0: of a tag, its template) can answer no row; what it can answer is read from its text. */
  readonly sql?: ArgumentRef;
  /** Not so where one of these options is set: `rejectOnEmpty: true` of sequelize. */
  readonly unless?: readonly OptionEquals[];
  /** The library's own type leaves it out, so that no compiler asks for a guard. */
  readonly unsaid?: boolean;
  /** The call gives it at once, without a promise: `data()` of a snapshot. */
  readonly atOnce?: true;
  /** Members that say whether it is there, of whatever it was read with: whoever reads one of them has asked. */
  readonly asks?: readonly string[];
}

/** What a member of a client is. */
export type ShapeMember =
  | { readonly is: 'client'; readonly client: string }
  | ({ readonly is: 'factory' } & ConstructModel)
  | ChainModel;

/**
 * A method that goes on with the same connection: a collection, a step of a query builder. Calling it
 * makes no client of its own.
 */
export interface ChainModel {
  readonly is: 'chain';
  /** The client shape it gives, a key of `clients`. */
  readonly client: string;
  /**
   * The client it gives where an argument holds a call, a tagged template or text with a parenthesis,
   * or cannot be read: `select({ n: count() })` answers a row always, `select({ id: users.id })` may not.
   */
  readonly computed?: string;
}

/** A kind of client object. */
export interface ClientShape {
  /** Named in messages: `axios instance`, `pg Pool`. */
  readonly title: string;
  /** Operations by dotted path below the client. '' is the client called as a function. */
  readonly operations: Readonly<Record<string, OperationModel>>;
  /** Other clients below this one, or made by its methods (they inherit its options). */
  readonly members?: Readonly<Record<string, ShapeMember>>;
  /**
   * A builder that is a thenable: what awaiting it does. The calls that lead to it are one operation,
   * at the last of them.
   */
  readonly awaited?: OperationModel;
  /** Can one call be bounded by itself (axios), or only the client (ioredis)? */
  readonly perCall: boolean;
  /** Names of methods (last step of the path) that do no I/O, where `*` would catch them: `on`, `end`. */
  readonly harmless?: readonly string[];
  /** Type names that mean this client in a type annotation, as exported by the model's packages; patterns as in paths. */
  readonly types?: readonly string[];
  /** The class is handed out by a container; its options come from one of these registrations. */
  readonly registrations?: readonly RegistrationModel[];
}

/** How the errors of the client are told apart. */
export interface ErrorFacts {
  /** Codes or names of the client's own time limit; its message where it has neither. */
  readonly timeout: readonly string[];
  /** Codes, names or messages which prove that nothing was sent: a write may be tried again. */
  readonly nothingSent?: readonly string[];
  /** Members of its errors that are not always there, and when they are not: `response` of axios, when no reply came. */
  readonly optional?: readonly { readonly path: string; readonly when: string }[];
}

/** What one library does. Two majors with different defaults are two models. */
export interface ClientModel {
  /** Names the model; the name of its first package where it says nothing. The id of a shipped model takes that one's place. */
  readonly id: string;
  /** Of a user's model: ids of the shipped models whose place it takes, for its own packages. */
  readonly overrides?: readonly string[];
  /** Named in messages: `axios`; the id where it says nothing. */
  readonly title: string;
  readonly kind: ClientKind;
  /** Package names; `*` at the end matches the rest of the name: `@aws-sdk/client-*`. Empty for globals. */
  readonly packages: readonly string[];
  /** Modules of these packages that hold another API, of which nothing is known: `amqplib/callback_api`. */
  readonly otherModules?: readonly string[];
  /** Those of them whose functions answer by a callback: awaiting one waits for nothing, and what it throws it throws in the process. */
  readonly callbackModules?: readonly string[];
  /** semver range; absent: every version. */
  readonly versions?: string;
  /** Versions that were read or run. */
  readonly checked: readonly string[];
  /** Global names: `fetch`. */
  readonly globals?: Readonly<Record<string, ExportModel>>;
  /** What of the package makes a client or does I/O, by path. */
  readonly exports: Readonly<Record<string, ExportModel>>;
  /** The clients it makes, by a name that exports and members refer to. */
  readonly clients: Readonly<Record<string, ClientShape>>;
  /** The one service that an SDK talks to, where its title names something else. `false`: none, it talks to whichever host it is told (a mail server, a node of a chain). */
  readonly service?: string | false;
  /** The options that limit time. */
  readonly bounds: readonly BoundModel[];
  /**
   * A driver below this library sets the limits. Only where one of the `known` names stands in the
   * client's option `chosenBy` do `bounds` tell all of them; else nothing is known of a call that sets none.
   */
  readonly driver?: { readonly chosenBy?: string; readonly known: readonly string[] };
  /**
   * Options of a client that put something else in the place of the library's own sending, or stand
   * before it: `link.fetch`. Where one is set or cannot be read, nothing is known of a call that sets no limit.
   */
  readonly replacedBy?: readonly string[];
  /**
   * Options of the client by which somebody says that its calls are to wait as long as it takes, and that no
   * limit of time would take away: `maxRetriesPerRequest: null` of ioredis, which a BullMQ worker demands.
   */
  readonly waitsBy?: readonly { readonly path: string; readonly equals: string | number | boolean | null }[];
  /** How an AbortSignal reaches a call. */
  readonly signal?: SignalModel;
  /** The best first; where none fits a place, no edit is offered. */
  readonly edits?: readonly EditModel[];
  /** Code elsewhere that changes its defaults. */
  readonly mutators?: readonly MutatorModel[];
  /** Where a policy can be put, for `wrap-clients`. */
  readonly seam?: SeamModel;
  /** How it tries again by itself. */
  readonly retry?: RetryModel;
  /** What its calls do when they are made twice; absent: what their protocol says, if anything. */
  readonly repeat?: RepeatModel;
  /** How its errors are told apart. */
  readonly errors?: ErrorFacts;
  /** What it keeps for its callers to share. */
  readonly pool?: readonly PoolModel[];
  /** What it hands out for a time. */
  readonly lends?: readonly LoanModel[];
  /** What happens on a silent server when nobody sets a bound, for messages; `{default}` is put in. */
  readonly unbounded: string;
  /** The same for browsers, workers and unknown runtimes, without a number: where `unbounded` holds on Node only. */
  readonly unboundedElsewhere?: string;
  /** How to mend it, in words, where no edit can be offered. */
  readonly mend: string;
  /** The same in versions where that is not there: an option that came later. */
  readonly mendIn?: readonly { readonly versions: string; readonly text: string }[];
  /** The same for calls on the client that the library itself makes, where it differs: bare `axios.get`. */
  readonly mendBare?: string;
  /** No option of the library bounds a call (Prisma). */
  readonly unmendable?: boolean;
  /** Its writes move money. */
  readonly movesMoney?: boolean;
  /** Entries of its stores stay where nobody says otherwise; absent: not so, or not known. */
  readonly expiry?: ExpiryModel;
  /** How a client lists its keys a page at a time, by client shape. */
  readonly keyWalk?: Readonly<Record<string, KeyWalkModel>>;
  /** It calls nobody: `always`, or unless the store below it does (`by-store`). No time bound is asked of it. */
  readonly inProcess?: 'always' | 'by-store';
  /** With `by-store`: the options that name a store; without one of them it is in the process. */
  readonly storeOptions?: readonly string[];
  /** Where the facts are from, by the names that `source` uses: a page, a file of the package and its lines, a run. */
  readonly sources: Readonly<Record<string, string>>;
  /** `test`: run against a server; `source`: read in the package. */
  readonly verified: 'source' | 'source+test' | 'docs';
}
