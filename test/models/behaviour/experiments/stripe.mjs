import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';
import { answersJson, dripsJson } from '../lib/slow-json.mjs';

const OLDEST = { stripe: '12.18.0' };
const OLD = { stripe: '16.12.0' };
const NEW = { stripe: '23.1.0' };

const at = (server) => ({ host: server.host, port: server.port, protocol: 'http', telemetry: false });

async function stripeOf({ load }) {
  const { default: Stripe } = await load('stripe');
  return (server, options) => new Stripe('sk_test_1', { ...at(server), ...options });
}

export default experiments({
  record: 'stripe',
  runs: [NEW, OLD],
  experiments: [
    {
      name: 'timeout',
      says: '`timeout: 300` ends a call to a server that answers nothing with StripeConnectionError, in the client and in the call; without it the call is pending after 3 s; a body that drips for 2.5 s passes it; a body that stalls fails in 23 and is pending after 3 s in 12 and 16; in 23 a `timeout` in the second place, that of the parameters, bounds nothing',
      proves: ['stripe/timeout/1'],
      runs: [NEW, OLD, OLDEST],
      async run(lab) {
        const { http, fails, hangs, gives, major } = lab;
        const stripe = await stripeOf(lab);
        const [silent, stalled, drip] = [await http('silent'), await http('headers'), await http(dripsJson({ id: 'cus_1' }))];
        const once = { maxNetworkRetries: 0 };
        await Promise.all([
          fails(() => stripe(silent, { ...once, timeout: 300 }).customers.retrieve('cus_1'), { after: 300, error: 'StripeConnectionError' }),
          fails(() => stripe(silent, once).customers.retrieve('cus_1', {}, { timeout: 300 }), { after: 300, error: 'StripeConnectionError' }),
          major('stripe') >= 22
            ? hangs(() => stripe(silent, once).customers.retrieve('cus_1', { timeout: 300 }), 3000)
            : fails(() => stripe(silent, once).customers.retrieve('cus_1', { timeout: 300 }), { after: 300, error: 'StripeConnectionError' }),
          major('stripe') >= 23
            ? fails(() => stripe(stalled, { ...once, timeout: 300 }).customers.retrieve('cus_1'), { after: 300, error: 'StripeConnectionError' })
            : hangs(() => stripe(stalled, { ...once, timeout: 300 }).customers.retrieve('cus_1'), 3000),
          hangs(() => stripe(silent, once).customers.retrieve('cus_1'), 3000),
          gives(() => stripe(drip, { ...once, timeout: 600 }).customers.retrieve('cus_1'), { after: 2300 }),
        ]);
      },
    },
    {
      name: 'default-timeout',
      says: 'a call that sets no limit ends after 80 s of silence',
      proves: ['stripe/timeout/1'],
      ms: 90_000,
      async run(lab) {
        const { http, fails } = lab;
        const stripe = await stripeOf(lab);
        const silent = await http('silent');
        await fails(() => stripe(silent, { maxNetworkRetries: 0 }).customers.retrieve('cus_1'), { after: 80_000, late: 4000, error: 'StripeConnectionError' });
      },
    },
    {
      name: 'attempts',
      says: 'GET and POST are sent 3 times on 503 (2 times in 16, once in 12), one key for all attempts of a POST; with `maxNetworkRetries: 0` a connection that is reset is still tried twice',
      proves: ['stripe/retry'],
      runs: [NEW, OLD, OLDEST],
      async run(lab) {
        const { http, fails, major } = lab;
        const stripe = await stripeOf(lab);
        const attempts = major('stripe') >= 17 ? 3 : major('stripe') >= 13 ? 2 : 1;
        const down = await http('unavailable');
        await fails(() => stripe(down).customers.retrieve('cus_1'), { after: (attempts - 1) * 250, late: 6000 });
        assert.equal(down.requests.length, attempts, 'GET');
        await fails(() => stripe(down).customers.create({ name: 'n' }), { after: (attempts - 1) * 250, late: 6000 });
        const posts = down.requests.slice(attempts);
        assert.deepEqual(posts.map(({ method }) => method), Array(attempts).fill('POST'));
        // 12 tries nothing again, and so makes no key.
        if (attempts > 1) assert.match(posts[0].headers['idempotency-key'], /\S/);
        assert.equal(new Set(posts.map(({ headers }) => headers['idempotency-key'])).size, 1);

        const reset = await http('reset');
        await fails(() => stripe(reset, { maxNetworkRetries: 0 }).customers.create({ name: 'n' }), { after: 0, late: 4000 });
        assert.equal(reset.requests.length, 2);
      },
    },
    {
      name: 'own-timeout-again',
      says: 'an attempt that ended by `timeout` is made again: with `timeout: 800` a call to a silent server makes 3 attempts (2 in 16)',
      proves: ['stripe/retry'],
      async run(lab) {
        const { http, fails, major } = lab;
        const stripe = await stripeOf(lab);
        const silent = await http('silent');
        const attempts = major('stripe') >= 17 ? 3 : 2;
        await fails(() => stripe(silent, { timeout: 800 }).customers.create({ name: 'n' }), { after: attempts * 800, late: 6000 });
        assert.equal(silent.requests.length, attempts);
      },
    },
    {
      name: 'new-key-for-a-new-call',
      says: 'a POST that is called anew has another key, unless `idempotencyKey` says which',
      proves: ['stripe/retry'],
      async run(lab) {
        const { http, gives } = lab;
        const stripe = await stripeOf(lab);
        const server = await http(answersJson({ id: 'cus_1' }));
        const client = stripe(server);
        for (let i = 0; i < 2; i += 1) await gives(() => client.customers.create({ name: 'n' }));
        for (let i = 0; i < 2; i += 1) await gives(() => client.customers.create({ name: 'n' }, { idempotencyKey: 'k1' }));
        const [one, two, ...named] = server.requests.map(({ headers }) => headers['idempotency-key']);
        assert.notEqual(one, two);
        assert.deepEqual(named, ['k1', 'k1']);
      },
    },
  ],
});
