/** Callers of the service: at a steady rate whatever they wait, or each with its next call when the last is answered. */
import { Agent, request } from 'node:http';

/** How long a caller waits before it counts as waiting for ever, ms. */
const PATIENCE = 20_000;

/**
 * @typedef {{ path: string, method?: string, headers?: Record<string, string>, hangUpAfter?: number }} Call
 * @typedef {{ path: string, at: number, ms: number, status: number, outcome: 'answered' | 'broken' | 'hung up' | 'waits for ever' }} Outcome `at`: `performance.now()` of the sending
 */

/** @returns {Promise<Outcome>} */
function send(agent, port, call, patience) {
  const at = performance.now();
  return new Promise((resolve) => {
    let timer;
    const done = (outcome, status = 0) => {
      clearTimeout(timer);
      resolve({ path: call.path, at, ms: performance.now() - at, status, outcome });
    };
    const sent = request({ agent, port, host: '127.0.0.1', path: call.path, method: call.method ?? 'GET', headers: call.headers ?? {} }, (answered) => {
      answered.resume();
      answered.on('end', () => done('answered', answered.statusCode));
      answered.on('error', () => done('broken'));
    });
    sent.on('error', () => done('broken'));
    timer = setTimeout(() => {
      done(call.hangUpAfter === undefined ? 'waits for ever' : 'hung up');
      sent.destroy();
    }, call.hangUpAfter ?? patience);
    sent.end();
  });
}

/** @returns `at(rate…)` and `together(…)`, over connections that are kept between calls */
export function callersOf(port, patience = PATIENCE) {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  return {
    /**
     * @param {number} rate calls a second
     * @param {(index: number) => Call} call
     * @param {() => boolean} more asked before each call
     */
    async steady(rate, call, more) {
      const outcomes = [];
      const start = performance.now();
      for (let index = 0; more(index); index++) {
        const wait = start + (index * 1000) / rate - performance.now();
        if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
        outcomes.push(send(agent, port, call(index), patience));
      }
      return Promise.all(outcomes);
    },
    /** So many callers at once, so many calls each. */
    async together(callers, each, call) {
      const chains = Array.from({ length: callers }, async (_, caller) => {
        const outcomes = [];
        for (let index = 0; index < each; index++) outcomes.push(await send(agent, port, call(caller * each + index), patience));
        return outcomes;
      });
      return (await Promise.all(chains)).flat();
    },
    close: () => agent.destroy(),
  };
}
