/** The machinery of the fault laboratory: what its proxy does, that it measures, and that a broken bound is seen. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import * as bounds from './faults/bounds.mjs';
import { figuresOf, median, quantile, recoveryOf } from './faults/figures.mjs';
import { startHttpDownstream } from './faults/http-downstream.mjs';
import { runLab } from './faults/lab.mjs';
import { pageOf } from './faults/page.mjs';
import { plotOf } from './faults/plot.mjs';
import { startProxy } from './faults/proxy.mjs';
import { SCENARIOS } from './faults/scenarios/all.mjs';
import { verdictLines } from './faults/table.mjs';

const SERVICE = fileURLToPath(new URL('faults/service/src', import.meta.url));
const opened = [];
const open = async (part) => {
  opened.push(await part);
  return opened.at(-1);
};
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close();
});
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const codeOf = (promise) => promise.then(() => 'answered', (error) => error.cause?.code ?? error.name);

describe('the proxy over HTTP', () => {
  async function both() {
    const downstream = await open(startHttpDownstream());
    const proxy = await open(startProxy({ port: downstream.port, protocol: 'http' }));
    return { downstream, proxy, ask: (id = 'p1', init) => fetch(`${proxy.url}/payments/${id}`, init) };
  }

  it('hands on, and counts connections and requests', async () => {
    const { downstream, proxy, ask } = await both();
    for (let index = 0; index < 3; index++) expect(await (await ask()).json()).toMatchObject({ id: 'p1', state: 'settled' });
    expect((await ask('missing')).status).toBe(404);
    expect(downstream.requests).toBe(4);
    expect(proxy.requests.map(({ key }) => key)).toEqual([...Array(3).fill('GET /payments/p1'), 'GET /payments/missing']);
    expect(proxy.connections).toBeGreaterThanOrEqual(1);
    expect(proxy.peak).toBeLessThanOrEqual(2);
  });

  it('hang: accepts, and answers nothing', async () => {
    const { downstream, proxy, ask } = await both();
    await proxy.fault({ mode: 'hang' });
    expect(await codeOf(ask('p1', { signal: AbortSignal.timeout(300) }))).toBe('TimeoutError');
    expect([proxy.requests.length, downstream.requests]).toEqual([1, 0]);
  });

  it('delay: answers late', async () => {
    const { proxy, ask } = await both();
    await proxy.fault({ mode: 'delay', ms: 200 });
    const start = performance.now();
    expect((await ask()).status).toBe(200);
    expect(performance.now() - start).toBeGreaterThan(190);
  });

  it('drip: the head at once, the body slowly and whole', async () => {
    const { proxy, ask } = await both();
    await proxy.fault({ mode: 'drip', ms: 60, pieces: 5 });
    const start = performance.now();
    const answer = await ask();
    const head = performance.now() - start;
    expect(await answer.json()).toMatchObject({ id: 'p1' });
    expect(performance.now() - start - head).toBeGreaterThan(150);
  });

  it('stall: the head and half of the body', async () => {
    const { proxy, ask } = await both();
    await proxy.fault({ mode: 'stall' });
    const answer = await ask('p1', { signal: AbortSignal.timeout(500) });
    expect(answer.status).toBe(200);
    expect(await codeOf(answer.text())).toBe('TimeoutError');
  });

  it('reset, and refuse; afterwards the same port is good', async () => {
    const { proxy, ask } = await both();
    await proxy.fault({ mode: 'reset' });
    expect(await codeOf(ask())).toBe('ECONNRESET');
    await proxy.fault({ mode: 'refuse' });
    expect(await codeOf(ask())).toBe('ECONNREFUSED');
    expect(proxy.open).toBe(0);
    await proxy.fault({ mode: 'pass' });
    expect((await ask()).status).toBe(200);
  });

  it('unavailable: 503, with the headers and the length asked for', async () => {
    const { downstream, proxy, ask } = await both();
    await proxy.fault({ mode: 'unavailable', bytes: 5000, headers: { 'retry-after': '1' } });
    const answer = await ask();
    expect([answer.status, answer.headers.get('retry-after'), (await answer.text()).length, downstream.requests]).toEqual([503, '1', 5000, 0]);
  });

  it('a share of the requests fails, the same ones for everybody', async () => {
    const failed = [];
    for (let run = 0; run < 2; run++) {
      const { proxy, ask } = await both();
      await proxy.fault({ mode: 'errors', share: 0.02 });
      const outcomes = [];
      for (let hundred = 0; hundred < 1000; hundred += 100) {
        const answers = Array.from({ length: 100 }, (_, index) => ask(`p${hundred + index}`, { method: 'HEAD' }).then(({ status }) => status, () => 'reset'));
        outcomes.push(...(await Promise.all(answers)));
      }
      failed.push(outcomes.flatMap((outcome, index) => (outcome === 200 ? [] : [`${index} ${outcome}`])));
    }
    expect(failed[0].length).toBeGreaterThan(8);
    expect(failed[0].length).toBeLessThan(35);
    expect(new Set(failed[0].map((text) => text.split(' ')[1]))).toEqual(new Set(['503', 'reset']));
    expect(failed[1]).toEqual(failed[0]);
  });

  it('drop-reply and late-reply: the write is applied', async () => {
    const { downstream, proxy } = await both();
    const charge = (headers = {}) => fetch(`${proxy.url}/charges/c1`, { method: 'POST', headers, body: '{}', signal: AbortSignal.timeout(5000) });
    await proxy.fault({ mode: 'drop-reply', attempts: 1, only: '/charges/' });
    expect(await codeOf(charge())).toBe('ECONNRESET');
    expect(downstream.applied.get('/charges/c1')).toBe(1);
    expect((await charge()).status).toBe(200);
    expect(downstream.applied.get('/charges/c1')).toBe(2);
    await proxy.fault({ mode: 'late-reply', ms: 300 });
    const late = charge({ 'idempotency-key': 'k' });
    await pause(150);
    expect(downstream.applied.get('/charges/c1')).toBe(3);
    expect((await late).status).toBe(200);
    await charge({ 'idempotency-key': 'k' });
    expect(downstream.applied.get('/charges/c1')).toBe(3);
  });
});

describe('the proxy over TCP', () => {
  /** A downstream that says everything back, and a connection to it through the proxy. */
  async function echo() {
    const server = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    await open({ close: () => new Promise((resolve) => server.close(resolve)) });
    const proxy = await open(startProxy({ port: server.address().port, protocol: 'tcp' }));
    const dial = async () => {
      const socket = connect(proxy.port, '127.0.0.1');
      const heard = { text: '', first: 0, error: undefined };
      socket.on('data', (piece) => {
        heard.first ||= performance.now();
        heard.text += piece;
      });
      socket.on('error', (error) => (heard.error = error.code));
      await new Promise((resolve) => socket.once('connect', resolve).once('error', resolve));
      await open({ close: () => void socket.destroy() });
      return { socket, heard };
    };
    return { proxy, dial, ...(await dial()) };
  }

  it('hands on', async () => {
    const { socket, heard, proxy } = await echo();
    socket.write('ping');
    await expect.poll(() => heard.text).toBe('ping');
    expect([proxy.connections, proxy.open]).toEqual([1, 1]);
  });

  it('hang: no byte moves, and none is lost', async () => {
    const { socket, heard, proxy } = await echo();
    await proxy.fault({ mode: 'hang' });
    socket.write('ping');
    await pause(200);
    expect(heard.text).toBe('');
    await proxy.fault({ mode: 'pass' });
    await expect.poll(() => heard.text).toBe('ping');
  });

  it('drip and delay', async () => {
    const { socket, heard, proxy } = await echo();
    await proxy.fault({ mode: 'drip', ms: 30 });
    const start = performance.now();
    socket.write('0123456789');
    await expect.poll(() => heard.text, { timeout: 5000 }).toBe('0123456789');
    expect(performance.now() - start).toBeGreaterThan(250);
    await proxy.fault({ mode: 'delay', ms: 200 });
    heard.first = 0;
    const later = performance.now();
    socket.write('!');
    await expect.poll(() => heard.first, { timeout: 5000 }).toBeGreaterThan(later + 190);
  });

  it('reset, drop-reply and refuse', async () => {
    const first = await echo();
    await first.proxy.fault({ mode: 'reset' });
    await expect.poll(() => first.heard.error).toBe('ECONNRESET');
    await first.proxy.fault({ mode: 'drop-reply' });
    const second = await first.dial();
    second.socket.write('ping');
    await expect.poll(() => second.heard.error).toBe('ECONNRESET');
    expect(second.heard.text).toBe('');
    await first.proxy.fault({ mode: 'refuse' });
    expect((await first.dial()).heard.error).toBe('ECONNREFUSED');
  });
});

describe('figures', () => {
  const call = (at, status, ms = 1) => ({ path: '/', at, ms, status, outcome: 'answered' });

  it('quantiles are values that were seen', () => {
    expect([median([3, 1, 2]), quantile([...Array(1000).keys()], 0.99), quantile([], 0.5)]).toEqual([2, 989, 0]);
    expect(figuresOf([call(0, 200, 4), call(1, 502, 9), { ...call(2, 0, 20), outcome: 'waits for ever' }])).toEqual({ calls: 3, good: 1, p99: 20, longest: 20, endless: 1 });
  });

  it('recovery ends with the last bad call', () => {
    expect(recoveryOf([call(5, 502), call(11, 200), call(12, 502), call(15, 200), call(16, 200)], 10)).toBe(5);
    expect(recoveryOf([call(11, 200)], 10)).toBe(0);
    expect(recoveryOf([call(11, 502)], 10)).toBe(Infinity);
  });
});

describe('bounds', () => {
  const holds = (verdicts) => [verdicts].flat().map((verdict) => verdict.holds);

  it.each([
    ['requests at a dead downstream', () => bounds.fewRequests({ requests: 300, calls: 100 }, { requests: 111, calls: 100 }, 3), [false, true]],
    ['a fault that is not felt', () => bounds.fewRequests({ requests: 200, calls: 100 }, { requests: 110, calls: 100 }, 3), [true, false]],
    ['two layers of retries', () => bounds.oneLayerOfRetries({ requests: 18, calls: 6 }, { requests: 54, calls: 6 }), [false]],
    ['success at 2 % errors', () => bounds.successAtFewErrors({ good: 10_000, calls: 10_000 }, { good: 9_989, calls: 10_000 }), [true, false, false]],
    ['success below before', () => bounds.successAtFewErrors({ good: 10_000, calls: 10_000 }, { good: 9_999, calls: 10_000 }), [true, true, false]],
    ['too few reads', () => bounds.successAtFewErrors({ good: 9_999, calls: 9_999 }, { good: 9_999, calls: 9_999 }), [false, true, true]],
    ['a wait past the deadline', () => bounds.boundedWait({ longest: 3301, endless: 0 }, 3000), [false]],
    ['a wait within it', () => bounds.boundedWait({ longest: 3299, endless: 0 }, 3000), [true]],
    ['a wait for ever', () => bounds.boundedWait({ longest: 10, endless: 1 }, 3000), [false]],
    ['a late recovery', () => bounds.recovered({ recovery: 5501 }), [false]],
    ['none at all', () => bounds.recovered({ recovery: Infinity }), [false]],
    ['a slower neighbour', () => bounds.neighbourUnharmed({ neighbour: 5 }, { neighbour: 7.1, runs: 5 }), [false]],
    ['a slower one that was slow', () => bounds.neighbourUnharmed({ neighbour: 50 }, { neighbour: 54.9, runs: 5 }), [true]],
    ['an opening', () => bounds.noFalseOpening({ falseOpenings: 1, controls: 60 }, '4xx'), [false]],
    ['a write applied twice', () => bounds.notAppliedTwice({ twice: 4, writes: 8 }, { twice: 1, writes: 8 }, true), [false, true]],
    ['sockets', () => bounds.noMoreSockets({ sockets: 30 }, { sockets: 31 }, 10), [false, false]],
    ['a probe that closes the circuit', () => bounds.probeKeepsCircuitOpen({ requests: 20, calls: 20 }), [false]],
    ['a call past its budget', () => bounds.budgetKept({ longest: 500 }, 200), [false]],
    ['an early retry', () => bounds.pauseHonoured({ early: 1, calls: 3 }), [false]],
    ['keyed writes that fail', () => bounds.keyedWritesSucceed({ keyed: 4 }, { keyed: 3, keyedWrites: 4 }), [false]],
  ])('%s', (_name, judge, expected) => {
    expect(holds(judge())).toEqual(expected);
  });
});

describe('the laboratory', () => {
  it('names each scenario once, and refuses others', async () => {
    expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
    await expect(runLab({ only: ['ded'] })).rejects.toThrow('no scenario ded');
  });

  // The service as it is, in both places: what hurts it must show, and break the bounds.
  it('sees a service without policies for what it is', { timeout: 120_000 }, async () => {
    const only = ['dropped-reply', 'discarded', 'retry-after', 'missing', 'redis', 'postgres'];
    const { rows, absent } = await runLab({ only, quick: true, after: SERVICE, tries: 1 });
    const broken = (name) => rows.find((row) => row.name === name)?.verdicts.filter(({ holds }) => !holds).map((verdict) => verdict.name);
    expect(broken('dropped-reply')).toContain('no write applied twice');
    expect(rows.find(({ name }) => name === 'dropped-reply').before).toMatchObject({ twice: 4, writes: 8, requests: 16 });
    expect(broken('discarded')).toContain('discarded answers hold no sockets');
    expect(broken('retry-after')).toContain('Retry-After is honoured');
    expect(broken('missing')).toEqual([]);
    // Where a database is not installed, a line says that its rows are left out.
    expect(rows.length + absent.length).toBe(only.length);
    for (const name of ['redis', 'postgres'].filter((kind) => rows.some((row) => row.name === kind))) expect(broken(name)?.[0]).toMatch(/^no wait longer than/);
    expect(verdictLines(rows).filter((line) => line.startsWith('BROKEN')).length).toBeGreaterThanOrEqual(3);
  });
});

describe('the command', () => {
  it('runs the service as it is and behind what the codemods write, and says what holds', { timeout: 120_000 }, () => {
    const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(new URL('./faults/run.mjs', import.meta.url)), '--quick', '--only', 'missing'], { encoding: 'utf8' });
    expect(stdout).toMatch(/^missing\s+before\s+200\s/m);
    expect(stdout).toMatch(/^\s+after\s+200\s/m);
    expect(stdout).toMatch(/^1 of 1 bounds hold/m);
    expect(status).toBe(0);
  });
});

describe('the report', () => {
  const timeline = { from: 2, to: 62, until: 71, rate: 20, requests: [[0, 20], [2, 60]], good: [[0, 20]] };
  const figures = { calls: 100, good: 99, requests: 300, p99: 5, longest: 9, endless: 0, timeline };
  const row = { name: 'dead', title: 'every request is answered 503', before: figures, after: { ...figures, requests: 5 }, verdicts: [{ name: 'a bound', holds: false, text: '5' }] };

  it('is the same for the same figures, and says what is broken', () => {
    const page = pageOf({ rows: [row], absent: ['Redis is not installed: rows left out'] }, { node: 'v20.0.0', cores: 2 });
    expect(page).toContain('0 of 1 bounds hold');
    expect(page).toContain('| **broken** | `dead` | a bound | 5 |');
    expect(page).toContain('Redis is not installed: rows left out.');
    expect(page).toContain('| dead | before | 100 | 99.00 % | 3.00 | 5 ms | 9 ms |');
    expect(plotOf(row)).toBe(plotOf(structuredClone(row)));
    expect(plotOf(row)).toMatch(/^<svg [^]*prefers-color-scheme: dark[^]*<\/svg>\n$/);
    expect(plotOf(row)).not.toMatch(/NaN|undefined|Infinity/);
  });
});

it('the service under test has the loop that a typical one has', () => {
  const source = readFileSync(`${SERVICE}/payments.ts`, 'utf8');
  expect(source.match(/if \(attempt === 3\) throw error/g)).toHaveLength(3);
  expect(source).not.toContain('timeout');
});
