/** A framework whose handlers are functions that get the request first. */
export interface ServerModel {
  readonly package: string;
  /** Exports that make something on which handlers are registered. */
  readonly makers: readonly string[];
  /** Methods that register the functions among their arguments. */
  readonly registers: readonly string[];
  /** The request, as the tables of builtins name it. */
  readonly request: string;
}

export const SERVERS: readonly ServerModel[] = [
  {
    package: 'express',
    makers: ['default', 'default.Router', 'Router'],
    registers: ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all', 'use'],
    request: 'express.Request',
  },
];
