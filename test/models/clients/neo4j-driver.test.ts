import { describe, expect, it } from 'vitest';
import { reportsOf, verdictAt } from '../../facts/support.js';
import { seenCalls } from '../../support/seen-calls.js';
import { sourceOf } from '../../support/source.js';

const BEFORE = "import neo4j from 'neo4j-driver'; const driver = neo4j.driver(url, neo4j.auth.basic('a', 'b'));\n";

describe('what its calls do', () => {
  it.each([
    ['a statement', "const session = driver.session(); await session.run('MATCH (n) RETURN n'); await session.close();", ['unknown']],
    ['a transaction, with the work in it', "await driver.session().executeWrite((tx) => tx.run('CREATE (n)'));", ['unknown']],
    ['a query of the driver', "await driver.executeQuery('RETURN 1');", ['unknown']],
    ['connecting', 'await driver.verifyConnectivity();', ['none']],
    ['a session that is handed in', "import type { Session } from 'neo4j-driver'; const f = (s: Session) => s.run('RETURN 1');", ['unknown']],
    ['the end', 'await driver.close();', []],
  ])('%s', (_, code, expected) => expect(seenCalls(BEFORE + code)).toEqual(expected));
});

describe('what bounds them', () => {
  it.each([
    ['nothing', `${BEFORE} await /*a*/ driver.session().run('RETURN 1');`, 'unbounded absent'],
    ['a limit of the statement', `${BEFORE} await /*a*/ driver.session().run('RETURN 1', {}, { timeout: 500 });`, 'bounded call-option'],
    ['parameters, which are no options', `${BEFORE} await /*a*/ driver.session().run('RETURN $timeout', { timeout: 500 });`, 'unbounded absent'],
    ['a limit of the transaction', `${BEFORE} await /*a*/ driver.session().executeRead(work, { timeout: 500 });`, 'bounded call-option'],
    ['a limit of the query', `${BEFORE} await /*a*/ driver.executeQuery('RETURN 1', {}, { transactionConfig: { timeout: 500 } });`, 'bounded call-option'],
    ['options from elsewhere', `${BEFORE} export const f = (options) => /*a*/ driver.executeQuery('RETURN 1', {}, options);`, 'unknown parameter'],
    ['options spread', `${BEFORE} export const f = (options) => /*a*/ driver.session().run('RETURN 1', {}, { ...options });`, 'unknown parameter'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('reports a transaction once, not what is run in it', () =>
    expect(reportsOf(sourceOf(`${BEFORE} export const f = () => driver.session().executeWrite(async (tx) => { await tx.run('A'); await tx.run('B'); });`))).toHaveLength(1));
});
