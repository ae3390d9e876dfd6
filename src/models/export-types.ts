import type { ArgumentRef, OperationModel } from './types.js';

/** How a client takes its options at construction. */
export interface ConstructModel {
  /** The client shape made, a key of `clients`. */
  readonly makes: string;
  /** Which argument holds the options of the client. */
  readonly options?: ArgumentRef;
  /** Which argument beside it holds options of their own: `createClientPool(client, pool)`. */
  readonly more?: ArgumentRef;
  /** Argument or option path which holds a connection URL that may carry options. */
  readonly url?: { readonly argument?: ArgumentRef; readonly path?: string };
  /** Environment variables that the library reads by itself and that can set a bound. */
  readonly env?: readonly string[];
  /** The other client from which this one takes its options: `DynamoDBDocumentClient.from(client)`. */
  readonly from?: ArgumentRef;
  /** The class itself is this client too, with all classes that extend it: `User.findOne()` of an active record. */
  readonly statics?: string;
}

/** What an export of a package is. */
export type ExportModel =
  | {
      readonly is: 'client';
      /** The client shape, a key of `clients`. */
      readonly client: string;
    }
  | ({ readonly is: 'class' | 'factory' } & ConstructModel)
  | ({ readonly is: 'operation' } & OperationModel)
  /** A function or class whose result stands for its options: `new NodeHttpHandler({…})`, `new Request(url, init)`. */
  | { readonly is: 'options'; readonly options: ArgumentRef }
  /** A function that wraps another operation's type: `promisify(exec)`. */
  | { readonly is: 'same'; readonly argument: ArgumentRef };

/** `HttpModule.register({ timeout })`: where an injected client gets its options. */
export interface RegistrationModel {
  /** Path of exports: `HttpModule.register`. */
  readonly call: string;
  readonly options: ArgumentRef;
  /** The options come from a function that we do not run (`registerAsync`). */
  readonly opaque?: boolean;
  /** The package of the registration, where it is another than that of the class. */
  readonly package?: string;
}
