import { describe, expect, it } from 'vitest';
import { reportsOf, verdictAt } from '../../facts/support.js';
import { seenCalls } from '../../support/seen-calls.js';
import { sourceOf } from '../../support/source.js';

const BEFORE = "import sql from 'mssql'; const pool = await sql.connect({ server: 'db' });\n";

describe('what its calls do', () => {
  it.each([
    ['a query', "await pool.request().input('id', id).query('SELECT id FROM t WHERE id = @id');", ['by-sql recordset[0] undefined (sql)']],
    ['a template', 'await pool.query`SELECT id FROM t WHERE id = ${id}`;', ['by-sql recordset[0] undefined (sql)']],
    ['a procedure', "await new sql.Request(pool).execute('refresh');", ['unknown']],
    ['rows at once', 'await pool.request().bulk(table);', ['write']],
    ['a transaction', "const tx = new sql.Transaction(pool); await tx.begin(); await new sql.Request(tx).query('UPDATE t SET n = 1'); await tx.commit();", ['none', 'by-sql recordset[0] undefined (sql)', 'write']],
    ['a pool that is handed in', "import type { ConnectionPool } from 'mssql'; const f = (p: ConnectionPool) => p.request().query('SELECT 1');", ['by-sql recordset[0] undefined (sql)']],
    ['the driver alone', "import { Connection, Request } from 'tedious'; const c = new Connection({ server: 'db' }); c.execSql(new Request('SELECT 1', done)); c.close();", ['unknown']],
  ])('%s', (_, code, expected) => expect(seenCalls(BEFORE + code)).toEqual(expected));
});

describe('what bounds them', () => {
  it.each([
    ['its own 15 s', `${BEFORE} await /*a*/ pool.query('SELECT 1');`, 'bounded library-default'],
    ['a limit of the pool', "import { ConnectionPool } from 'mssql'; const pool = new ConnectionPool({ requestTimeout: 500 }); await /*a*/ pool.query('SELECT 1');", 'bounded client-option'],
    ['no limit, which somebody chose', "import sql from 'mssql'; const pool = await sql.connect({ requestTimeout: 0 }); await /*a*/ pool.query('SELECT 1');", 'bounded no-limit-chosen'],
    ['options from elsewhere', "import sql from 'mssql'; export async function f(config) { const pool = await sql.connect(config); await /*a*/ pool.query('SELECT 1'); }", 'unknown parameter'],
    ['a connection of the driver', "import { Connection } from 'tedious'; const c = new Connection({ options: { requestTimeout: 500 } }); /*a*/ c.execSql(request);", 'bounded client-option'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('reports nothing', () => expect(reportsOf(sourceOf(`${BEFORE} await pool.query('SELECT 1'); await pool.request().execute('p');`))).toEqual([]));
});
