import { describe, expect, it } from 'vitest';
import { callLimits } from '../../src/facts/call-limits.js';
import { clientAttempts } from '../../src/facts/client-attempts.js';
import { enclosingBound } from '../../src/facts/enclosing-bounds.js';
import { callsOf } from '../../src/facts/io-calls.js';
import { libraryRetries } from '../../src/facts/library-retries.js';
import { retryRegions } from '../../src/facts/retries.js';
import { causesOf, causesOfLibrary } from '../../src/facts/retry-causes.js';
import { retryRuns } from '../../src/facts/retry-runs.js';
import { waitsOfLibrary } from '../../src/facts/retry-waits.js';
import { sourceOf } from '../support/source.js';

const firstCall = (code: string) => callsOf(sourceOf(code)).io[0]!;

describe('how often a client tries', () => {
  const attempts = (code: string) => {
    const found = clientAttempts(firstCall(code));
    return found === null ? null : `${found.attempts}${found.byDefault ? ' by default' : ''}`;
  };
  it.each([
    ['by default', "import got from 'got';\ngot('https://a');", '3 by default'],
    ['as the call says', "import got from 'got';\ngot('https://a', { retry: { limit: 4 } });", '5'],
    ['as the client says', "import OpenAI from 'openai';\nconst o = new OpenAI({ maxRetries: 1 });\no.models.list();", '2'],
    ['the call before the client', "import OpenAI from 'openai';\nconst o = new OpenAI({ maxRetries: 1 });\no.chat.completions.create({}, { maxRetries: 0 });", null],
    ['attempts, not retries', "import { S3Client } from '@aws-sdk/client-s3';\nnew S3Client({ maxAttempts: 5 }).send(command);", '5'],
    ['one attempt', "import { S3Client } from '@aws-sdk/client-s3';\nnew S3Client({ maxAttempts: 1 }).send(command);", null],
    ['not a POST', "import got from 'got';\ngot.post('https://a');", null],
    ['a PUT by an option', "import got from 'got';\ngot('https://a', { method: 'PUT' });", '3 by default'],
    ['a chain', "import request from 'superagent';\nrequest.post('https://a').retry(3);", '4'],
    ['a chain that says none', "import request from 'superagent';\nrequest.post('https://a');", null],
    ['connections, not requests', "import Redis from 'ioredis';\nnew Redis().get('a');", null],
    ['a stream', "import got from 'got';\ngot.stream('https://a');", null],
  ])('%s', (_name, code, expected) => expect(attempts(code)).toBe(expected));
});

describe('for which failures', () => {
  const causes = (handler: string) => {
    const file = sourceOf(`async function f(u, isFatal) { for (let i = 0; i < 4; i++) { try { return await fetch(u); } catch (error) { ${handler} } } }\nconst passes = (error) => error.code === 'ECONNRESET';`);
    return retryRegions(file).map((region) => causesOf(file, region.fn, region.retry));
  };
  it.each([
    ['nothing is asked', 'console.error(error);', ['all']],
    ['the counter is asked', 'if (i === 3) throw error;', ['all']],
    ['only what passes', 'if (error.status !== 503) throw error;', ['passing']],
    ['only what a function says passes', 'if (!passes(error)) throw error;', ['passing']],
    ['only something else', "if (error.code !== 'E_PARSE') throw error;", ['unknown']],
    ['all but one', "if (error.code === 'E_PARSE') throw error;", ['passing']],
    ['by what the handler made of it', "const { code } = error; if (code !== 'E_PARSE') throw error;", ['unknown']],
    ['as the caller says', 'if (!isFatal(error)) throw error;', ['unknown']],
  ])('%s', (_name, handler, expected) => expect(causes(handler)).toEqual(expected));

  it.each([
    ['of a library', "import pRetry from 'p-retry';\npRetry(f, { retries: 2 });", ['all']],
    ['of a library that asks', "import pRetry from 'p-retry';\npRetry(f, { retries: 2, shouldRetry: ({ error }) => error.status >= 500 });", ['passing']],
    ['of a library that asks something else', "import pRetry from 'p-retry';\npRetry(f, { retries: 2, shouldRetry: ask });", ['unknown']],
    ['of a policy', "import { handleAll, retry } from 'cockatiel';\nretry(handleAll, { maxAttempts: 2 });", ['all']],
    ['of a policy for one class', "import { handleType, retry } from 'cockatiel';\nretry(handleType(SyntaxError), { maxAttempts: 2 });", ['unknown']],
  ])('%s', (_name, code, expected) => {
    const file = sourceOf(code);
    expect(libraryRetries(file).map((retry) => causesOfLibrary(file, retry))).toEqual(expected);
  });
});

describe('runs', () => {
  const HELPER = 'async function again(work, times = 3) { for (let i = 0; i < times; i++) { try { return await work(); } catch (error) { if (i === times - 1) throw error; } } }\n';
  it.each([
    ['a library', "import pRetry from 'p-retry';\npRetry(() => retry(), { retries: 2 });", ['pRetry 3']],
    ['a helper by its default', `${HELPER}again(() => load());`, ['again 3']],
    ['a helper that is told', `${HELPER}again(() => load(), 5);`, ['again 5']],
    ['a helper that is told what is not known', `${HELPER}again(() => load(), limits.retries);`, ['again null']],
    ['a policy', "import { handleAll, retry } from 'cockatiel';\nconst p = retry(handleAll, { maxAttempts: 2 });\np.execute(() => load());", ['p.execute 3']],
    ['a combination', "import { handleAll, retry, wrap, bulkhead } from 'cockatiel';\nconst p = wrap(bulkhead(3), retry(handleAll, { maxAttempts: 2 }));\np.execute(() => load());", ['p.execute 3']],
    ['an instance that gets retries runs nothing', "import axios from 'axios';\nimport axiosRetry from 'axios-retry';\naxiosRetry(axios, { retries: 3 });", []],
  ])('%s', (_name, code, expected) => expect(retryRuns(sourceOf(code)).map((run) => `${run.name} ${String(run.attempts)}`)).toEqual(expected));
});

describe('waits before the last attempt', () => {
  it.each([
    ['of p-retry by default', "import pRetry from 'p-retry';\npRetry(f, { retries: 3 });", [7000]],
    ['that do not grow', "import pRetry from 'p-retry';\npRetry(f, { retries: 3, minTimeout: 100, factor: 1 });", [300]],
    ['up to a limit', "import pRetry from 'p-retry';\npRetry(f, { retries: 3, minTimeout: 1000, maxTimeout: 1500 });", [4000]],
    ['that are not known', "import pRetry from 'p-retry';\npRetry(f, { retries: 3, minTimeout: ms });", [null]],
    ['of a library that has none', "import { retry } from 'radash';\nretry({ times: 3 }, f);", [0]],
  ])('%s', (_name, code, expected) => {
    const file = sourceOf(code);
    expect(libraryRetries(file).map((retry) => waitsOfLibrary(file, retry))).toEqual(expected);
  });
});

describe('limits of a call', () => {
  const limits = (code: string) => callLimits(firstCall(code)).map((one) => `${one.name} ${one.ms} ${one.where}`);
  it.each([
    ['an option', "import axios from 'axios';\naxios.get('https://a', { timeout: 500 });", ['timeout 500 call']],
    ['phases', "import got from 'got';\ngot('https://a', { timeout: { request: 500, response: 900 } });", ['timeout.request 500 call', 'timeout.response 900 call']],
    ['a client', "import axios from 'axios';\nconst a = axios.create({ timeout: 500 });\na.get('https://a');", ['timeout 500 client']],
    ['a signal', "fetch('https://a', { signal: AbortSignal.timeout(500) });", ['signal 500 call']],
    ['a parameter', "import axios from 'axios';\nconst f = (timeout) => axios.get('https://a', { timeout });", []],
    ['no limit', "import axios from 'axios';\naxios.get('https://a', { timeout: 0 });", []],
  ])('%s', (_name, code, expected) => expect(limits(code)).toEqual(expected));
});

describe('the length of a limit around a call', () => {
  const ms = (code: string) => {
    const call = firstCall(code);
    const found = enclosingBound(call.file, call.node);
    return found?.is === 'bounded' ? found.ms : found;
  };
  it.each([
    ['p-timeout', "import pTimeout from 'p-timeout';\npTimeout(fetch('https://a'), { milliseconds: 500 });", 500],
    ['p-timeout that is not known', "import pTimeout from 'p-timeout';\npTimeout(fetch('https://a'), { milliseconds: ms });", null],
    ['a race', "Promise.race([fetch('https://a'), new Promise((_, reject) => setTimeout(reject, 500))]);", 500],
    ['a race with a sleep, after which the call goes on', "import { setTimeout as sleep } from 'node:timers/promises';\nPromise.race([fetch('https://a'), sleep(500)]);", null],
    ['a helper that answers with something else', "const orElse = (work, ms) => Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))]);\norElse(fetch('https://a'), 500);", null],
    ['a race with a named timer', "const timer = new Promise((_, reject) => setTimeout(reject, 500));\nPromise.race([fetch('https://a'), timer]);", 500],
    ['a helper', "const limit = (work, ms) => Promise.race([work, new Promise((_, reject) => setTimeout(reject, ms))]);\nlimit(fetch('https://a'), 500);", 500],
    ['a helper with its own', "const limit = (work) => Promise.race([work, new Promise((_, reject) => setTimeout(reject, 700))]);\nlimit(fetch('https://a'));", 700],
    ['a breaker', "import CircuitBreaker from 'opossum';\nnew CircuitBreaker(() => fetch('https://a'), { timeout: 500 });", 500],
    ['a policy', "import { timeout } from 'cockatiel';\ntimeout(500, 'aggressive').execute(() => fetch('https://a'));", 500],
  ])('%s', (_name, code, expected) => expect(ms(code)).toBe(expected));
});
