import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

export default experiments({
  record: 'nestjs-axios',
  runs: [
    { '@nestjs/axios': '12.0.1', '@nestjs/common': '11.1.9', '@nestjs/core': '11.1.9', axios: '1.21.1', rxjs: '7.8.2', 'reflect-metadata': '0.2.2' },
    { '@nestjs/axios': '3.1.3', '@nestjs/common': '10.4.20', '@nestjs/core': '10.4.20', axios: '1.21.1', rxjs: '7.8.2', 'reflect-metadata': '0.2.2' },
  ],
  experiments: [
    {
      name: 'timeout',
      says: '`HttpModule.register({ timeout: 300 })` and `timeout: 300` in the call end a call to a server that answers nothing with ECONNABORTED, and a body that stalls; a body that drips for 2.5 s passes; where nothing is set, and with 0, the silent server is pending after 3 s; `signal: AbortSignal.timeout(300)` ends the drip too',
      proves: ['nestjs-axios/timeout/1'],
      async run(lab) {
        const { http, fails, hangs, gives } = lab;
        const [silent, stalled, drip] = await Promise.all([http('silent'), http('headers'), http('drip')]);
        const [bare, bounded] = [await service(lab), await service(lab, { timeout: 300 })];
        const error = 'ECONNABORTED';
        await Promise.all([
          fails(() => bounded(silent.url), { after: 300, error }),
          fails(() => bounded(stalled.url), { after: 300 }),
          fails(() => bare(silent.url, { timeout: 300 }), { after: 300, error }),
          gives(() => bounded(drip.url), { after: 2300 }),
          fails(() => bounded(drip.url, { signal: AbortSignal.timeout(300) }), { after: 300, error: 'ERR_CANCELED' }),
          hangs(() => bare(silent.url), 3000),
          hangs(() => bounded(silent.url, { timeout: 0 }), 3000),
        ]);
      },
    },
    {
      name: 'one-attempt',
      says: 'a connection that is reset and an answer 503 are each asked for once, GET and POST, nothing is sent before there is a subscriber, and each one sends anew',
      proves: ['nestjs-axios/retry'],
      async run(lab) {
        const { http, fails, sleep, load } = lab;
        const call = await service(lab);
        const { firstValueFrom } = await load('rxjs');
        const [reset, unavailable] = await Promise.all([http('reset'), http('unavailable')]);
        for (const { url } of [reset, unavailable]) {
          for (const method of ['get', 'post']) await fails(() => call(url, { method }), { after: 0 });
        }
        await sleep(500);
        for (const { requests } of [reset, unavailable]) assert.deepEqual(requests.map(({ method }) => method), ['GET', 'POST']);
        const answers = await http('empty');
        const observable = call.http.get(answers.url);
        await sleep(300);
        assert.equal(answers.requests.length, 0);
        await firstValueFrom(observable);
        await firstValueFrom(observable);
        assert.equal(answers.requests.length, 2);
      },
    },
    {
      name: 'empty-body',
      says: "`data` is `''`",
      empty: 'an answer without a body',
      async run(lab) {
        const call = await service(lab);
        const { url } = await lab.http('empty');
        assert.equal((await lab.gives(() => call(url))).data, '');
      },
    },
  ],
});

/** What an application is given that registers the module with these options; a call is one of its subscribers. */
async function service({ load }, options) {
  await load('reflect-metadata');
  const [{ NestFactory }, { HttpModule, HttpService }, { firstValueFrom }] = await Promise.all(['@nestjs/core', '@nestjs/axios', 'rxjs'].map(load));
  class Application {}
  const module = options === undefined ? HttpModule : HttpModule.register(options);
  const application = await NestFactory.createApplicationContext({ module: Application, imports: [module] }, { logger: false });
  const http = application.get(HttpService, { strict: false });
  return Object.assign((url, config = {}) => firstValueFrom(http.request({ url, ...config })), { http });
}
