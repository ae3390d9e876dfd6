import assert from 'node:assert/strict';
import { attempts } from '../lib/attempts.mjs';
import { experiments } from '../lib/experiment.mjs';

const postgres = (port, options) => ({ type: 'postgres', host: '127.0.0.1', port: Number(port), username: 'shop', database: 'postgres', ...options });
const mysql = (port, options) => ({ type: 'mysql', host: '127.0.0.1', port: Number(port), username: 'root', database: 'shop', ...options });

async function typeormOf({ load }) {
  const module = await load('typeorm');
  const { DataSource, EntitySchema } = module.DataSource === undefined ? module.default : module;
  const make = (options) => new DataSource(options);
  return { EntitySchema, make, open: (options) => make(options).initialize() };
}

/** The only connection is in use. */
async function busy(source) {
  await source.createQueryRunner().connect();
  return source;
}

/** Drivers, and what decorators need. */
const beside = { pg: '8.23.1', mysql2: '3.24.6', 'reflect-metadata': '0.2.2' };

export default experiments({
  record: 'typeorm',
  runs: [{ typeorm: '1.1.1', ...beside }, { typeorm: '0.3.31', ...beside }],
  experiments: [
    {
      name: 'slow-queries-are-logged',
      says: '`maxQueryExecutionTime: 300` calls the logger for a query of 1.5 s, which gives its answer, and a query to a server that fell silent is pending after 3 s',
      proves: ['typeorm/timeout/1'],
      needs: ['postgres'],
      async run(lab) {
        const { open } = await typeormOf(lab);
        const slow = [];
        const logger = new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : (ms) => void (name === 'logQuerySlow' && slow.push(ms))) });
        const far = await lab.proxy(Number(lab.services.postgres));
        const source = await open(postgres(far.port, { maxQueryExecutionTime: 300, logger, logging: true }));
        await lab.gives(() => source.query('SELECT pg_sleep(1.5)'), { after: 1500 });
        assert.ok(slow.some((ms) => ms >= 1500), String(slow));
        await far.fault({ mode: 'hang' });
        await lab.hangs(() => source.query('SELECT 1'), 3000);
      },
    },
    {
      name: 'query-timeout-of-mysql',
      says: 'with the mysql driver `enableQueryTimeout: true` and `maxQueryExecutionTime: 300` end a query of 5 s and one to a server that fell silent; either of them alone leaves both pending after 3 s',
      proves: ['typeorm/timeout/2'],
      needs: ['mysql'],
      async run(lab) {
        const { open } = await typeormOf(lab);
        const far = await lab.proxy(Number(lab.services.mysql));
        const kinds = [{ enableQueryTimeout: true, maxQueryExecutionTime: 300 }, { maxQueryExecutionTime: 300 }, { enableQueryTimeout: true }];
        const quiet = { logging: false };
        const [near, silent] = await Promise.all([lab.services.mysql, far.port].map((port) => Promise.all(kinds.map((options) => open(mysql(port, { ...quiet, ...options }))))));
        await far.fault({ mode: 'hang' });
        const limits = { after: 300, error: /Query inactivity timeout/ };
        await Promise.all([
          lab.fails(() => near[0].query('SELECT SLEEP(5)'), limits),
          lab.fails(() => silent[0].query('SELECT 1'), limits),
          ...[near[1], near[2]].map((source) => lab.hangs(() => source.query('SELECT SLEEP(5)'), 3000)),
          ...[silent[1], silent[2]].map((source) => lab.hangs(() => source.query('SELECT 1'), 3000)),
        ]);
      },
    },
    {
      name: 'connect-timeout-of-postgres',
      says: '`connectTimeoutMS: 300` ends `initialize` where the server says nothing, and the wait for the only connection, and no query of 2 s; without it both are pending after 3 s',
      proves: ['typeorm/timeout/3'],
      needs: ['postgres'],
      async run(lab) {
        const { open, make } = await typeormOf(lab);
        const silent = await lab.tcp();
        const [limited, usual] = await Promise.all([{ connectTimeoutMS: 300 }, {}].map(async (options) => busy(await open(postgres(lab.services.postgres, { poolSize: 1, ...options })))));
        const free = await open(postgres(lab.services.postgres, { connectTimeoutMS: 300 }));
        await Promise.all([
          lab.fails(() => make(postgres(silent.port, { connectTimeoutMS: 300 })).initialize(), { after: 300 }),
          lab.fails(() => limited.query('SELECT 1'), { after: 300 }),
          lab.gives(() => free.query('SELECT pg_sleep(2)'), { after: 2000 }),
          lab.hangs(() => make(postgres(silent.port)).initialize(), 3000),
          lab.hangs(() => usual.query('SELECT 1'), 3000),
        ]);
      },
    },
    {
      name: 'connect-timeout-of-mysql',
      says: '`connectTimeout: 300` ends `initialize` where the server says nothing, and without it that ends after 10 s; `acquireTimeout: 300` does neither, and with it the wait for the only connection is pending after 3 s',
      proves: ['typeorm/timeout/4'],
      needs: ['mysql'],
      async run(lab) {
        const { open, make } = await typeormOf(lab);
        const silent = await lab.tcp();
        const full = await busy(await open(mysql(lab.services.mysql, { poolSize: 1, acquireTimeout: 300, connectTimeout: 300 })));
        await Promise.all([
          lab.fails(() => make(mysql(silent.port, { connectTimeout: 300 })).initialize(), { after: 300 }),
          lab.fails(() => make(mysql(silent.port, { acquireTimeout: 300 })).initialize(), { after: 10_000, late: 2500 }),
          lab.fails(() => make(mysql(silent.port)).initialize(), { after: 10_000, late: 2500 }),
          lab.hangs(() => full.query('SELECT 1'), 3000),
        ]);
      },
    },
    {
      name: 'options-of-the-driver',
      says: '`extra: { query_timeout: 300 }` and `extra: { statement_timeout: 300 }` end a query of 5 s, the first also one to a server that fell silent, where the second is pending after 3 s; `extra: { max: 1, connectionTimeoutMillis: 300 }` makes a pool of one and ends the wait for it',
      proves: ['typeorm/timeout/5'],
      needs: ['postgres'],
      async run(lab) {
        const { open } = await typeormOf(lab);
        const far = await lab.proxy(Number(lab.services.postgres));
        const kinds = [{ query_timeout: 300 }, { statement_timeout: 300 }];
        const [near, silent] = await Promise.all([lab.services.postgres, far.port].map((port) => Promise.all(kinds.map((extra) => open(postgres(port, { extra }))))));
        const full = await busy(await open(postgres(lab.services.postgres, { extra: { max: 1, connectionTimeoutMillis: 300 } })));
        await far.fault({ mode: 'hang' });
        await Promise.all([
          lab.fails(() => near[0].query('SELECT pg_sleep(5)'), { after: 300, error: 'QueryFailedError' }),
          lab.fails(() => near[1].query('SELECT pg_sleep(5)'), { after: 300, error: 'QueryFailedError' }),
          lab.fails(() => silent[0].query('SELECT 1'), { after: 300 }),
          lab.fails(() => full.query('SELECT 1'), { after: 300 }),
          lab.hangs(() => silent[1].query('SELECT 1'), 3000),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a SELECT and an INSERT whose replies are lost by a reset are each done once by the server',
      proves: ['typeorm/retry'],
      needs: ['postgres'],
      async run(lab) {
        const { open } = await typeormOf(lab);
        const direct = await open(postgres(lab.services.postgres));
        const sent = await attempts((sql) => direct.query(sql));
        const far = await lab.proxy(Number(lab.services.postgres));
        for (const sql of [sent.select, sent.insert]) {
          await far.fault({ mode: 'pass' });
          const source = await open(postgres(far.port));
          await far.fault({ mode: 'drop-reply' });
          await lab.fails(() => source.query(sql), { after: 0 });
        }
        await lab.sleep(1000);
        assert.deepEqual([await sent.selects(), await sent.inserts()], [1, 1]);
      },
    },
    {
      name: 'no-row',
      says: '`findOne`, `findOneBy` and `getOne` give null, `getRawOne` undefined, `find` an empty array',
      empty: 'findOneBy of no row',
      needs: ['postgres'],
      async run(lab) {
        const { EntitySchema, open } = await typeormOf(lab);
        const Thing = new EntitySchema({ name: 'thing', tableName: `thing_${process.pid}`, columns: { id: { type: 'int', primary: true } } });
        const source = await open(postgres(lab.services.postgres, { entities: [Thing], synchronize: true }));
        const things = source.getRepository(Thing);
        assert.deepEqual([await things.findOneBy({ id: 1 }), await things.findOne({ where: { id: 1 } }), await things.find()], [null, null, []]);
        const builder = () => things.createQueryBuilder('thing').where('thing.id = 1');
        assert.deepEqual([await builder().getOne(), await builder().getRawOne()], [null, undefined]);
      },
    },
  ],
});
