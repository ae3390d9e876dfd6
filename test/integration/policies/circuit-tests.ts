import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LibraryName } from '../../../src/codemod/policy-module/libraries.js';
import { ended, hang, loadModule, many, ok, pause, startService, status, type Service, type TriedModule, type TriedPolicy } from './module-in-use.js';

/** A little more than an open circuit waits. */
const HALF_OPEN = 230;

/** Called by a test file for each library, so that they run side by side. */
export function describeCircuit(library: LibraryName): void {
  describe(`the circuit of a policy on ${library}`, () => {
    let module: TriedModule & { remove(): void };
    let service: Service;
    let policy: TriedPolicy;
    const events: string[] = [];
    const get = (signal: AbortSignal): Promise<number> => fetch(service.url, { signal }).then(async (response) => (await response.arrayBuffer(), response.status));

    beforeAll(async () => {
      module = await loadModule(library);
      service = await startService();
    });
    afterAll(async () => {
      await service.stop();
      module.remove();
    });
    let turn = 0;
    beforeEach(() => {
      service.answer = ok;
      const name = `service ${turn++}`;
      policy = module.policy(name, module.HTTP);
      events.length = 0;
      module.onPolicyEvent(({ policy: from, event }) => from === name && events.push(event));
      service.seen.requests = 0;
    });

    const failFor = async (): Promise<void> => {
      service.answer = status(503);
      for (let call = 0; call < 5; call++) await policy.once(getResponse);
    };
    const getResponse = async (signal: AbortSignal): Promise<Response> => {
      const response = await fetch(service.url, { signal });
      await response.arrayBuffer();
      return response;
    };

    it('opens on answers that say 503, and sends nothing then', async () => {
      await failFor();
      expect(events).toEqual(['opened']);
      const requests = service.seen.requests;
      for (const { error, ms } of await many(50, () => policy.retry(getResponse))) {
        expect(error).toBeInstanceOf(module.BrokenCircuitError);
        expect(error!.message).toMatch(/^service \d+: /);
        expect(ms).toBeLessThan(200);
      }
      expect(service.seen.requests).toBe(requests);
      expect(events).toEqual(['opened']);
    });

    it('opens on errors that say so, on attempts that hang, on a burst of them', async () => {
      service.answer = hang;
      for (const { error } of await many(40, () => policy.once(get))) expect(error).toBeInstanceOf(module.AttemptTimeoutError);
      expect(events).toEqual(['opened']);
    });

    it('opens above its share of failures alone', async () => {
      for (let round = 0; round < 30; round++) {
        service.answer = round % 2 === 0 ? ok : status(500);
        await policy.once(getResponse);
      }
      expect(events).toEqual([]);
      service.answer = status(500);
      await many(3, () => policy.once(getResponse));
      expect(events).toEqual(['opened']);
    });

    it('is never opened by answers below 500, thrown or given', async () => {
      for (const code of [400, 401, 404, 409, 422]) {
        service.answer = status(code);
        for (const { value } of await many(20, () => policy.retry(getResponse))) expect(value?.status).toBe(code);
        for (const { error } of await many(20, () => policy.retry(() => Promise.reject(Object.assign(new Error('thrown'), { response: { status: code } }))))) expect(error?.message).toBe('thrown');
      }
      expect(events).toEqual([]);
    });

    it('is never opened by callers who leave, nor by faults of this side', async () => {
      service.answer = hang;
      // Not so short that a busy machine takes as long to abort the callers' signals.
      policy = module.policy(`service ${turn - 1}`, module.HTTP, { attempt: 1_500 });
      for (const { error } of await many(50, () => policy.retry(get, { signal: AbortSignal.timeout(50) }))) expect(error?.name).toBe('TimeoutError');
      const caller = new AbortController();
      setTimeout(() => caller.abort(), 50);
      for (const { error } of await many(50, () => policy.retry(get, { signal: caller.signal }))) expect(error?.name).toBe('AbortError');
      for (const { error } of await many(50, () => policy.retry(get, { deadline: 50 }))) expect(error).toBeInstanceOf(module.DeadlineExceededError);
      for (const { error } of await many(50, () => policy.retry(() => Promise.reject(new TypeError('of the code'))))) expect(error).toBeInstanceOf(TypeError);
      expect(events).toEqual([]);
      service.answer = ok;
      expect(await policy.retry(get)).toBe(200);
    });

    it('counts callers who waited for longer than an attempt may take', async () => {
      service.answer = hang;
      for (const { error } of await many(10, () => policy.once(get, { deadline: 300 }))) expect(error).toBeInstanceOf(module.DeadlineExceededError);
      expect(events).toEqual(['opened']);
    });

    it('lets exactly one attempt through to find out, fails the others fast, and closes', async () => {
      await failFor();
      await pause(HALF_OPEN);
      service.seen.requests = 0;
      service.answer = (_request, response) => void setTimeout(() => response.end(), 150);
      const calls = await many(20, () => policy.retry(get));
      expect(calls.filter(({ value }) => value === 200)).toHaveLength(1);
      expect(calls.filter(({ error }) => error instanceof module.BrokenCircuitError)).toHaveLength(19);
      for (const { error, ms } of calls) if (error !== undefined) expect(ms).toBeLessThan(140);
      expect(service.seen.requests).toBe(1);
      expect(events).toEqual(['opened', 'half-open', 'closed']);
      service.answer = ok;
      for (const { value } of await many(20, () => policy.retry(get))) expect(value).toBe(200);
    });

    it('forgets on closing what failed before', async () => {
      await failFor();
      await pause(HALF_OPEN);
      service.answer = ok;
      await policy.once(getResponse);
      service.answer = status(503);
      for (let call = 0; call < 3; call++) expect((await policy.once(getResponse)).status).toBe(503);
      expect(events).toEqual(['opened', 'half-open', 'closed']);
    });

    it.each([
      ['fails', async () => { service.answer = status(503); await policy.once(getResponse); }],
      ['hangs', async () => { service.answer = hang; await ended(policy.once(get)); }],
      ['is left by its caller', async () => { service.answer = hang; await ended(policy.once(get, { signal: AbortSignal.timeout(40) })); }],
      ['ends in a fault of this side', async () => { await ended(policy.once(() => Promise.reject(new TypeError('of the code')))); }],
    ])('opens again where the attempt that was let through %s', async (_title, probe) => {
      await failFor();
      await pause(HALF_OPEN);
      await probe();
      await pause(5);
      expect(events).toEqual(['opened', 'half-open', 'opened']);
      service.answer = ok;
      expect((await ended(policy.once(get))).error).toBeInstanceOf(module.BrokenCircuitError);
      await pause(HALF_OPEN);
      expect(await policy.once(get)).toBe(200);
      expect(events).toEqual(['opened', 'half-open', 'opened', 'half-open', 'closed']);
    });

    it('closes on an answer that says no', async () => {
      await failFor();
      await pause(HALF_OPEN);
      service.answer = status(404);
      expect(await policy.once(get)).toBe(404);
      expect(events).toEqual(['opened', 'half-open', 'closed']);
    });

    it('lets no caller in who has left already', async () => {
      await failFor();
      await pause(HALF_OPEN);
      expect((await ended(policy.once(get, { signal: AbortSignal.abort(new Error('left')) }))).error?.message).toBe('left');
      service.answer = ok;
      expect(await policy.once(get)).toBe(200);
    });

    it('recovers within one interval of the service', async () => {
      await failFor();
      service.answer = ok;
      const began = performance.now();
      let first = Infinity;
      while (performance.now() - began < 1_000 && first === Infinity) {
        if ((await ended(policy.retry(get))).value === 200) first = performance.now() - began;
        await pause(5);
      }
      expect(first).toBeGreaterThan(150);
      expect(first).toBeLessThan(300);
    });

    it('is not moved by attempts from before it opened', async () => {
      let release = (): void => undefined;
      const held = new Promise<{ status: number }>((done) => (release = () => done({ status: 200 })));
      const early = policy.once(() => held);
      await failFor();
      release();
      await early;
      expect(events).toEqual(['opened']);
      expect((await ended(policy.once(get))).error).toBeInstanceOf(module.BrokenCircuitError);
    });

    it('closes for tests', async () => {
      await failFor();
      module.resetPolicies();
      service.answer = ok;
      expect(await policy.once(get)).toBe(200);
      service.answer = status(503);
      for (let call = 0; call < 3; call++) await policy.once(getResponse);
      expect(events).toEqual(['opened']);
    });

    it('has room for so many attempts, and rejects the next', async () => {
      service.answer = (_request, response) => void setTimeout(() => response.end(), 200);
      const small = module.policy('small', module.HTTP, { concurrency: 5, attempt: 1_500 });
      const calls = await many(6, () => small.retry(get));
      expect(calls.filter(({ value }) => value === 200)).toHaveLength(5);
      const { error, ms } = calls[5]!;
      expect(error).toBeInstanceOf(module.BulkheadRejectedError);
      expect(error!.message).toMatch(/^small: /);
      expect(ms).toBeLessThan(190);
      expect((await many(5, () => small.retry(get))).every(({ value }) => value === 200)).toBe(true);
    });

    it('holds no room for callers who wait to try again', async () => {
      const small = module.policy('small', module.HTTP, { concurrency: 1, backoff: 100, maxBackoff: 300, window: 100 });
      service.answer = status(503, { 'Retry-After': '1' });
      const waiting = ended(small.retry(getResponse));
      await pause(60);
      service.answer = ok;
      expect(await small.once(get)).toBe(200);
      expect((await waiting).value?.status).toBe(200);
    });
  });
}
