import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LibraryName } from '../../../src/codemod/policy-module/libraries.js';
import { ended, hang, loadModule, many, ok, pause, startService, status, type Service, type TriedModule, type TriedPolicy } from './module-in-use.js';

/** Called by a test file for each library, so that they run side by side. */
export function describeAttempts(library: LibraryName): void {
  describe(`one call through a policy on ${library}`, () => {
    let module: TriedModule & { remove(): void };
    let service: Service;
    let policy: TriedPolicy;
    const events: string[] = [];
    const unhandled: unknown[] = [];
    const noteUnhandled = (error: unknown): void => void unhandled.push(error);
    const get = (signal: AbortSignal): Promise<Response> => fetch(service.url, { signal });

    beforeAll(async () => {
      module = await loadModule(library);
      module.onPolicyEvent(({ event }) => events.push(event));
      service = await startService();
      process.on('unhandledRejection', noteUnhandled);
    });
    afterAll(async () => {
      await service.stop();
      await pause(20);
      process.off('unhandledRejection', noteUnhandled);
      expect(unhandled).toEqual([]);
      module.remove();
    });
    beforeEach(() => {
      events.length = 0;
      service.answer = ok;
      service.seen.requests = 0;
      policy = module.policy('payments', module.HTTP, { window: 1_000 });
    });
    afterEach(() => module.resetPolicies());

    it('gives the answer as it is, and its body can be read', async () => {
      const answer = await policy.retry(get);
      expect(answer).toBeInstanceOf(Response);
      expect(await answer.text()).toBe('fine');
      expect(service.seen.requests).toBe(1);
    });

    it('ends a hung attempt at its bound, and tries again', async () => {
      service.answer = hang;
      const { error, ms } = await ended(policy.retry(get));
      expect(error).toBeInstanceOf(module.AttemptTimeoutError);
      expect(error).toMatchObject({ name: 'TimeoutError', message: 'payments did not answer an attempt within 250 ms' });
      expect(service.seen.requests).toBe(3);
      expect(ms).toBeGreaterThan(3 * 245);
      expect(ms).toBeLessThan(3 * 250 + 3 * 100);
    });

    it('sends what must not be sent twice only once', async () => {
      service.answer = hang;
      expect((await ended(policy.once(get))).error).toBeInstanceOf(module.AttemptTimeoutError);
      service.answer = status(503);
      expect((await policy.once(get)).status).toBe(503);
      expect((await policy.retryUnsent(get)).status).toBe(503);
      expect(service.seen.requests).toBe(3);
    });

    it('tries a write again where nothing was sent', async () => {
      const gone = await startService();
      await gone.stop();
      let runs = 0;
      const send = (signal: AbortSignal): Promise<Response> => {
        runs++;
        return fetch(gone.url, { method: 'POST', signal });
      };
      expect((await ended(policy.retryUnsent(send))).error).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
      expect(runs).toBe(3);
      expect(events).toEqual(['retry', 'retry']);
    });

    it.each([
      ['that stalls', (response: { write(text: string): unknown }): void => void response.write('begun')],
      ['that drips', (response: { write(text: string): unknown }): void => void setInterval(() => response.write('.'), 20).unref()],
    ])('bounds a body %s where its caller reads it', async (_title, answer) => {
      service.answer = (_request, response) => {
        response.writeHead(200);
        response.flushHeaders();
        answer(response);
      };
      const response = await policy.retry(get);
      const { error, ms } = await ended(response.text());
      expect(error).toMatchObject({ name: 'TimeoutError', message: 'payments did not answer an attempt within 250 ms' });
      expect(ms).toBeLessThan(400);
      expect(service.seen.requests).toBe(1);
    });

    it('leaves a streamed body whole that comes in time', async () => {
      service.answer = (_request, response) => {
        response.writeHead(200);
        let part = 0;
        const timer = setInterval(() => {
          if (part < 9) return void response.write(String(part++));
          clearInterval(timer);
          response.end('9');
        }, 5);
      };
      const answer = await policy.retry(get);
      let text = '';
      for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) text += Buffer.from(part).toString();
      expect(text).toBe('0123456789');
    });

    it('gives a call the deadline that it brings, for one attempt too', async () => {
      service.answer = (_request, response) => void setTimeout(() => response.end('late'), 350);
      expect(await (await policy.once(get, { deadline: 1_000 })).text()).toBe('late');
      const { error, ms } = await ended(policy.once(get, { deadline: 60 }));
      expect(error).toBeInstanceOf(module.DeadlineExceededError);
      expect(error!.message).toBe('payments did not answer within 60 ms');
      expect(ms).toBeLessThan(100);
    });

    it('never goes beyond its deadline: in attempts, in waits', async () => {
      const short = module.policy('short', module.HTTP, { deadline: 400, retries: 10, backoff: 500, maxBackoff: 500 });
      for (const answer of [hang, status(503), status(503, { 'Retry-After': '60' })]) {
        service.answer = answer;
        for (const { ms } of await many(10, () => short.retry(get).then((response) => response.body?.cancel()))) expect(ms).toBeLessThan(440);
        module.resetPolicies();
      }
    });

    it('gives the answer at once where the deadline leaves no time for another', async () => {
      service.answer = status(503, { 'Retry-After': '60' });
      const hurried = module.policy('hurried', module.HTTP, { deadline: 1_000, maxBackoff: 5_000 });
      const { value, ms } = await ended(hurried.retry(get));
      expect(value?.status).toBe(503);
      expect(ms).toBeLessThan(200);
    });

    it.each([
      ['seconds', () => '1', 100],
      ['a date', () => new Date(Date.now() + 60_000).toUTCString(), 100],
      ['a date that is over', () => new Date(Date.now() - 60_000).toUTCString(), 0],
      ['nothing that can be read', () => 'soon', 0],
    ])('waits as the service asks with %s, capped', async (_title, header, atLeast) => {
      service.answer = (request, response) => (service.seen.requests === 1 ? status(503, { 'Retry-After': header() })(request, response) : ok(request, response));
      const { value, ms } = await ended(policy.retry(get));
      expect(value?.status).toBe(200);
      expect(ms).toBeGreaterThanOrEqual(atLeast - 2);
      expect(ms).toBeLessThan(atLeast + 120);
    });

    it('does not try an answer below 500 again, except 429', async () => {
      for (const [code, requests] of [[404, 1], [400, 1], [409, 1], [429, 3], [500, 3], [503, 3]] as const) {
        service.seen.requests = 0;
        service.answer = status(code);
        const answer = await policy.retry(get);
        await answer.body?.cancel();
        expect([code, answer.status, service.seen.requests]).toEqual([code, code, requests]);
      }
    });

    it('reads a status that an error carries, and reads no number as one that is none', async () => {
      let runs = 0;
      const throwing = (code: number) => (): Promise<never> => {
        runs++;
        return Promise.reject(Object.assign(new Error('refused'), { response: { status: code, headers: new Headers() } }));
      };
      await ended(policy.retry(throwing(404)));
      expect(runs).toBe(1);
      await ended(policy.retry(throwing(502)));
      expect(runs).toBe(4);
      await policy.retry(() => Promise.resolve({ status: 1_200 }));
      expect(events).toEqual(['retry', 'retry']);
    });

    it('ends with its caller, gives its reason and waits for nothing', async () => {
      service.answer = hang;
      const caller = new AbortController();
      setTimeout(() => caller.abort(new Error('the client left')), 50);
      const first = await ended(policy.retry(get, { signal: caller.signal }));
      expect(first.error?.message).toBe('the client left');
      expect(first.ms).toBeLessThan(120);
      const second = await ended(policy.retry(get, { signal: caller.signal }));
      expect(second.error?.message).toBe('the client left');
      expect(service.seen.requests).toBe(1);
      const waiting = module.policy('waiting', module.HTTP, { backoff: 1_000, maxBackoff: 1_000 });
      service.answer = status(503, { 'Retry-After': '1' });
      const third = await ended(waiting.retry(get, { signal: AbortSignal.timeout(100) }));
      expect(third.error?.name).toBe('TimeoutError');
      expect(third.ms).toBeLessThan(200);
    });

    it('takes what its function throws at once as an attempt that failed', async () => {
      const { error } = await ended(policy.retry(() => { throw new RangeError('of the code'); }));
      expect(error).toBeInstanceOf(RangeError);
      expect(events).toEqual([]);
    });

    it('answers by a fallback where the service does not', async () => {
      const reasons: unknown[] = [];
      const fallback = (reason: unknown): string => {
        reasons.push(reason);
        return 'from the cache';
      };
      const read = async (signal: AbortSignal): Promise<string> => {
        const response = await get(signal);
        if (!response.ok) throw Object.assign(new Error('bad'), { status: response.status });
        return response.text();
      };
      expect(await policy.retry(read, { fallback })).toBe('fine');
      service.answer = status(503);
      expect(await policy.retry(read, { fallback })).toBe('from the cache');
      expect(await policy.retry<unknown>(get, { fallback })).toBe('from the cache');
      expect(reasons).toMatchObject([{ status: 503 }, { status: 503, bodyUsed: true }]);
      service.answer = status(404);
      expect((await ended(policy.retry(read, { fallback }))).error).toMatchObject({ status: 404 });
      service.answer = hang;
      expect(await policy.once(read, { fallback, deadline: 50 })).toBe('from the cache');
      // Whoever has gone waits for no other answer.
      expect((await ended(policy.once(read, { fallback, signal: AbortSignal.timeout(50) }))).error?.name).toBe('TimeoutError');
      expect(reasons.at(-1)).toBeInstanceOf(module.DeadlineExceededError);
      expect((await ended(policy.once(read, { fallback: () => { throw new Error('nor the cache'); }, deadline: 50 }))).error?.message).toBe('nor the cache');
    });

    it('lets go of answers that it throws away, and of their sockets', async () => {
      // Nobody reads the last answer of each call, so theirs alone may stay open.
      service.answer = (request, response) => {
        response.writeHead(503);
        response.write('x'.repeat(200_000));
        request.on('close', () => response.destroy());
      };
      const before = service.seen.sockets;
      const slow = module.policy('sockets', module.HTTP, { attempt: 1_500, window: 100 });
      const answers = await many(10, () => slow.retry(get));
      await pause(50);
      expect(service.seen.requests).toBe(30);
      expect(service.seen.sockets - before).toBeLessThanOrEqual(10);
      await Promise.all(answers.map(({ value }) => value!.body!.cancel()));
    });

    it('throws a stream of Node away as well', async () => {
      const streams: Readable[] = [];
      const answer = await policy.retry(() => {
        streams.push(new Readable({ read: () => undefined }));
        return Promise.resolve({ status: 503, body: streams.at(-1)! });
      });
      expect(streams.map(({ destroyed }) => destroyed)).toEqual([true, true, false]);
      expect(answer.body).toBe(streams[2]);
      answer.body.destroy();
    });

    it('leaves no listener at a signal that outlives its calls', async () => {
      const server = new AbortController();
      const calls = module.policy('many', module.HTTP, { concurrency: 10_000, deadline: 60_000, attempt: 60_000 });
      for (let round = 0; round < 100; round++) {
        await Promise.all(
          Array.from({ length: 100 }, async (_item, index) => {
            if (index % 10 > 0) return calls.retry(() => Promise.resolve('plain'), { signal: server.signal });
            return (await calls.once(() => Promise.resolve(new Response('read')), { signal: server.signal })).text();
          }),
        );
      }
      for (let round = 0; round < 20; round++) await (await calls.retry(get, { signal: server.signal })).text();
      await pause(20);
      expect(getEventListeners(server.signal, 'abort')).toEqual([]);
    });
  });
}
