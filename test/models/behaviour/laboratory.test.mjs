/** The machinery of the laboratory: that its servers fail as they say, and that a false claim is seen. */
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { faultsOf } from './lib/files.mjs';
import { httpServer } from './lib/http-server.mjs';
import { fails, gives, hangs } from './lib/outcome.mjs';
import { runOne } from './lib/run-one.mjs';
import { standings } from './lib/standing.mjs';
import { deafServer, tcpServer } from './lib/tcp-server.mjs';

const opened = [];
const open = async (server) => {
  opened.push(await server);
  return opened.at(-1);
};
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const failing = (code) => Object.assign(new Error('no luck'), { code });

describe('a claim about a call', () => {
  it('holds where it is so', async () => {
    await fails(() => pause(50).then(() => Promise.reject(failing('E1'))), { after: 50, error: 'E1' });
    await fails(() => Promise.reject(failing('E1')), { after: 0, error: /luck/ });
    await hangs(() => pause(500), 50);
    expect(await gives(async () => 3)).toBe(3);
    await gives(() => pause(100), { after: 100 });
  });

  it('fails where it is not', async () => {
    await expect(fails(async () => 1, { after: 0 })).rejects.toThrow('where it was to fail');
    await expect(fails(() => pause(400), { after: 50, late: 100 })).rejects.toThrow('still pending after 150 ms');
    await expect(fails(() => Promise.reject(failing('E1')), { after: 200 })).rejects.toThrow('before its 200 ms');
    await expect(fails(() => Promise.reject(failing('E1')), { after: 0, error: 'E2' })).rejects.toThrow('failed otherwise than by E2: Error E1');
    await expect(hangs(async () => 1, 50)).rejects.toThrow('where it was to hang');
    await expect(hangs(() => Promise.reject(failing('E1')), 50)).rejects.toThrow('failed by Error E1');
    await expect(gives(() => pause(300), { before: 50 })).rejects.toThrow('still pending');
    await expect(gives(() => Promise.reject(failing('E1')))).rejects.toThrow('E1');
    await expect(gives(async () => 1, { after: 200 })).rejects.toThrow('already');
  });
});

describe('a server that fails', () => {
  const ask = (server, ms = 400) => fetch(server.url, { signal: AbortSignal.timeout(ms) });

  it('is silent, stalls, drips', async () => {
    await expect(ask(await open(httpServer('silent')))).rejects.toThrow(/timeout/);
    const stalled = await ask(await open(httpServer('headers')));
    await expect(stalled.text()).rejects.toThrow(/timeout/);
    const began = performance.now();
    expect(await (await ask(await open(httpServer('drip', { drips: 5 })), 5000)).json()).toBe('...');
    expect(performance.now() - began).toBeGreaterThan(450);
  });

  it('resets, is unavailable, answers nothing', async () => {
    const reset = await open(httpServer('reset'));
    await expect(ask(reset)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(reset.requests).toHaveLength(1);
    expect((await ask(await open(httpServer('unavailable')))).status).toBe(503);
    expect(await (await ask(await open(httpServer('empty')))).text()).toBe('');
  });

  it('counts what it was asked', async () => {
    const server = await open(httpServer((request, response, number) => response.end(`${number} ${request.text}`)));
    expect(await (await fetch(`${server.url}/a`, { method: 'POST', body: 'x' })).text()).toBe('1 x');
    await pause(50);
    expect(await (await fetch(server.url)).text()).toBe('2 ');
    expect(server.requests.map(({ method, url, text }) => [method, url, text])).toEqual([['POST', '/a', 'x'], ['GET', '/', '']]);
    expect(server.gaps[0]).toBeGreaterThan(45);
  });

  it('speaks a handshake over TCP', async () => {
    const server = await open(tcpServer((socket) => socket.write('hello')));
    const socket = connect(server.port, '127.0.0.1');
    const said = await new Promise((resolve) => socket.once('data', resolve));
    expect(said.toString()).toBe('hello');
    socket.destroy();
    expect(server.connections).toBe(1);
  });

  it('takes no connection', async () => {
    const server = await open(deafServer());
    const socket = connect(server.port, '127.0.0.1');
    const outcome = new Promise((resolve) => socket.once('connect', () => resolve('connected')).once('error', (error) => resolve(error.code)));
    expect(await Promise.race([outcome, pause(1000).then(() => 'pending')])).toBe('pending');
    socket.destroy();
  });
});

describe('an experiment in a process of its own', () => {
  const file = fileURLToPath(new URL('lib/sample-experiments.mjs', import.meta.url));
  const run = (name, ms) => runOne({ file, experiment: { name, ...(ms === undefined ? {} : { ms }) }, folder: fileURLToPath(new URL('.', import.meta.url)), versions: {}, services: {} });

  it('holds', async () => expect(await run('holds')).toMatchObject({ ok: true }));
  it('fails, and says why', async () => expect(await run('fails')).toMatchObject({ ok: false, why: expect.stringContaining('where it was to hang') }));
  it('ends its process', async () => expect(await run('ends')).toMatchObject({ ok: false, why: expect.stringContaining('ended by 7') }));
  it('never ends', async () => expect(await run('never-ends', -14_000)).toMatchObject({ ok: false, why: 'not done after 1000 ms' }));
});

describe('the standing of a row', () => {
  const claim = { id: 'a/timeout/1', record: 'a', about: 'timeout', verified: 'source' };
  const files = (experiment) => [{ record: 'a', experiments: [{ name: 'x', says: 'it ends', ...experiment }] }];
  const standing = (experiment, results, verified = 'source') => standings({ claims: [{ ...claim, verified }] }, files(experiment), results)[0].standing;
  const held = { record: 'a', experiment: 'x', ran: 'a@1.0.0', ok: true };

  it.each([
    ['proved', { proves: ['a/timeout/1'] }, [held], 'source'],
    ['corrected', { refutes: { 'a/timeout/1': 'other' } }, [held], 'source'],
    ['source only', { proves: ['a/timeout/1'] }, [], 'source'],
    ['source only', { proves: ['a/timeout/1'] }, [held, { ...held, ran: 'a@2.0.0', ok: false }], 'source+test'],
    ['source only', { empty: 'get' }, [held], 'source'],
    ['unproved', { proves: ['a/timeout/1'] }, [], false],
    ['unproved', { proves: ['a/timeout/1'] }, [], 'docs'],
  ])('%s', (expected, experiment, results, verified) => expect(standing(experiment, results, verified)).toBe(expected));
});

it('refuses a file of experiments that is not as it should be', () => {
  const frozen = { records: [{ record: 'a' }], claims: [{ id: 'a/retry', record: 'a' }, { id: 'b/retry', record: 'b' }] };
  const file = { record: 'a', path: '/a.mjs', runs: [{}], experiments: [{ name: 'one', says: 'it tries once', proves: ['a/retry'], run: () => undefined }] };
  expect(faultsOf(file, frozen)).toEqual([]);
  const broken = [
    [{ record: 'c' }, 'no record of facts is called c'],
    [{ runs: [] }, 'it has no runs'],
    [{ experiments: [{ name: 'One', says: 'x', proves: ['a/retry'] }] }, 'kebab-case'],
    [{ experiments: [{ name: 'one', says: 'x.', proves: ['a/retry'] }] }, 'without a full stop'],
    [{ experiments: [{ name: 'one', says: 'x' }] }, 'it proves nothing'],
    [{ experiments: [{ name: 'one', says: 'x', proves: ['b/retry'] }] }, 'b/retry is no row of a'],
    [{ experiments: [{ name: 'one', says: 'x', proves: ['a/retry'], skip: true }] }, 'unknown field skip'],
    [{ experiments: [...file.experiments, ...file.experiments] }, 'stands twice'],
  ];
  for (const [change, fault] of broken) expect(faultsOf({ ...file, ...change }, frozen).join(), fault).toContain(fault);
});
