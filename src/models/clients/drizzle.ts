import type { ClientModel, ClientShape, EmptyResult, ExportModel, OperationModel, ShapeMember } from '../types.js';

const noneOfMany = { path: '[0]', value: 'undefined' } as const satisfies EmptyResult;
const none = { path: '', value: 'undefined' } as const satisfies EmptyResult;
/** `get` of an UPDATE or INSERT is typed as a row whatever happens; that of a SELECT or DELETE is not. */
const noneUnsaid = { ...none, unsaid: true } as const satisfies EmptyResult;

const many: OperationModel = { effect: 'read', lazy: 'then', empty: noneOfMany };
/** Columns that are computed: `count()` answers a row for nothing too. */
const sure: OperationModel = { effect: 'read', lazy: 'then' };
const write: OperationModel = { effect: 'write', lazy: 'then' };
const maybeWritten: OperationModel = { effect: 'write', lazy: 'then', empty: noneOfMany };

const to = (client: string, computed?: string): ShapeMember => (computed === undefined ? { is: 'chain', client } : { is: 'chain', client, computed });

const NOT_RUN = ['toSQL', 'getSQL', 'as', 'getSelectedFields', 'getQuery', '_prepare'];

/** Every method goes on building; awaiting runs it, and so does a method by name (SQLite drivers). */
function builder(awaited: OperationModel, members: Readonly<Record<string, ShapeMember>>, nothing: EmptyResult = none): ClientShape {
  return {
    title: 'Drizzle query',
    operations: { execute: awaited, all: awaited, values: awaited, run: awaited, get: { effect: awaited.effect, ...(awaited.empty === undefined ? {} : { empty: nothing }) } },
    members: { prepare: to('prepared'), ...members },
    awaited,
    perCall: false,
    harmless: NOT_RUN,
  };
}

const inserting = (awaited: OperationModel, next: string): ClientShape => ({
  ...builder(awaited, { values: to(next), onConflictDoNothing: to('maybe'), ignore: to('maybe'), '*': to(next) }),
  operations: { execute: awaited, run: awaited, all: awaited, get: { effect: 'write', ...(awaited.empty === undefined ? {} : { empty: noneUnsaid }) } },
});

const QUERIES: Readonly<Record<string, ShapeMember>> = {
  select: to('rows', 'computed'), selectDistinct: to('rows', 'computed'), selectDistinctOn: to('computed'),
  insert: to('inserted'), update: to('updated'), delete: to('deleted'),
};
const WITH = { ...QUERIES, with: to('with'), $with: to('subquery') };

const OPERATIONS = {
  'query.*.findFirst': { effect: 'read', lazy: 'then', empty: none },
  'query.*.findMany': { effect: 'read', lazy: 'then', empty: noneOfMany },
  $count: { effect: 'read', lazy: 'then' },
  // What it yields is the driver's own result; SQLite drivers have one name for each kind.
  execute: { effect: 'by-sql', lazy: 'then' }, run: { effect: 'by-sql' }, all: { effect: 'by-sql' }, get: { effect: 'by-sql' }, values: { effect: 'by-sql' },
  transaction: { effect: 'unknown', hands: { argument: 0, client: 'transaction' } },
  refreshMaterializedView: { effect: 'write', lazy: 'then' },
} as const satisfies ClientShape['operations'];

const drizzle: ExportModel = { is: 'factory', makes: 'db', options: { at: 'last' } };

export const models: readonly ClientModel[] = [
  {
    id: 'drizzle-orm',
    title: 'Drizzle',
    kind: 'db',
    packages: ['drizzle-orm'],
    checked: ['0.45.4', '0.30.10'],
    exports: { drizzle, withReplicas: { is: 'factory', makes: 'db' } },
    clients: {
      db: {
        title: 'Drizzle database',
        operations: { ...OPERATIONS, batch: { effect: 'unknown' } },
        members: { ...WITH, $primary: { is: 'client', client: 'db' } },
        perCall: false,
        types: ['*Database', 'DrizzleD1Database'],
      },
      transaction: {
        title: 'Drizzle transaction',
        operations: { ...OPERATIONS, rollback: { effect: 'none' } },
        members: WITH,
        perCall: false,
        types: ['*Transaction'],
      },
      with: { title: 'Drizzle query', operations: {}, members: QUERIES, perCall: false },
      subquery: { title: 'Drizzle subquery', operations: {}, perCall: false },
      rows: builder(many, { '*': to('rows') }),
      computed: builder(sure, { '*': to('computed') }),
      inserted: inserting(write, 'inserted'),
      maybe: inserting(maybeWritten, 'maybe'),
      updated: builder(maybeWritten, { '*': to('updated') }, noneUnsaid),
      deleted: builder(maybeWritten, { '*': to('deleted') }),
      prepared: { title: 'Drizzle prepared query', operations: { execute: { effect: 'unknown' }, all: { effect: 'unknown' }, get: { effect: 'unknown' }, run: { effect: 'unknown' } }, perCall: false },
    },
    bounds: [],
    driver: { known: [] },
    seam: { kind: 'none', note: 'queries run on the driver that was passed', tried: false },
    repeat: {
      again: ['insert'],
      same: ['delete'],
      guards: ['onConflictDoNothing', 'onConflictDoUpdate', 'onDuplicateKeyUpdate', 'ignore'],
      identities: { argument: { at: [0] } },
      source: 'orm.drizzle.team/docs/insert',
    },
    unbounded: 'waits for as long as its driver does, as Drizzle has no limit of its own',
    mend: 'bound queries where the driver is made, as with `query_timeout` of pg',
    unmendable: true,
    sources: {
      none: 'drizzle-orm@0.45.4 pg-core/db.d.ts:281 (no option for a time limit)',
      results: 'drizzle-orm@0.45.4 pg-core/query-builders/query.d.ts:21 (findFirst gives undefined)',
      unsaid: 'drizzle-orm@0.45.4 sqlite-core/query-builders/update.d.ts:50, insert.d.ts:63 (get gives the row), delete.d.ts:30, select.types.d.ts:91 (or undefined)',
      returning: 'drizzle-orm@0.45.4 by orm.drizzle.team/docs/insert, "On conflict do nothing": nothing is returned for a row that was not inserted',
    },
    verified: 'source+test',
  },
];
