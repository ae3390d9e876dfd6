import { describe, expect, it } from 'vitest';
import { reportsOf, verdictAt } from '../../facts/support.js';
import { seenCalls } from '../../support/seen-calls.js';
import { sourceOf } from '../../support/source.js';

const BEFORE = "import oracledb from 'oracledb'; const pool = await oracledb.createPool({ connectString: 'db' }); const connection = await pool.getConnection();\n";

describe('what its calls do', () => {
  it.each([
    ['a query', "await connection.execute('SELECT id FROM t WHERE id = :id', [id]);", ['by-sql rows[0] undefined (sql)']],
    ['many rows', "await connection.executeMany('INSERT INTO t VALUES (:1)', rows);", ['by-sql']],
    ['a stream', "connection.queryStream('SELECT id FROM t').on('data', onRow);", ['by-sql (stream)']],
    ['the end of a transaction', 'await connection.commit(); await connection.close();', ['write']],
    ['a connection of its own', "const own = await oracledb.getConnection({}); await own.execute('SELECT 1 FROM dual');", ['by-sql rows[0] undefined (sql)']],
    ['a connection that is handed in', "import type { Connection } from 'oracledb'; const f = (c: Connection) => c.execute('SELECT 1 FROM dual');", ['by-sql rows[0] undefined (sql)']],
  ])('%s', (_, code, expected) => expect(seenCalls(BEFORE + code)).toEqual(expected));
});

describe('what bounds them', () => {
  it.each([
    ['nothing in sight: the limit is set on a connection, by whoever has it', `${BEFORE} await /*a*/ connection.execute('SELECT 1 FROM dual');`, 'unknown driver'],
    ['a limit in sight', `${BEFORE} connection.callTimeout = 5000; await /*a*/ connection.execute('SELECT 1 FROM dual');`, 'unknown driver'],
    ['options from elsewhere', "import oracledb from 'oracledb'; export async function f(config) { const c = await oracledb.getConnection(config); await /*a*/ c.execute('SELECT 1 FROM dual'); }", 'unknown parameter'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('reports nothing', () => expect(reportsOf(sourceOf(`${BEFORE} await connection.execute('SELECT 1 FROM dual');`))).toEqual([]));
});
