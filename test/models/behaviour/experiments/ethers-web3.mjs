import assert from 'node:assert/strict';
import { experiments } from '../lib/experiment.mjs';

const HASH = `0x${'a'.repeat(64)}`;
const TRANSACTION = {
  hash: HASH, type: '0x0', blockHash: null, blockNumber: null, transactionIndex: null, from: `0x${'1'.repeat(40)}`, to: `0x${'2'.repeat(40)}`, gas: '0x5208', gasPrice: '0x1',
  value: '0x0', nonce: '0x0', input: '0x', chainId: '0x1', v: '0x25', r: `0x${'3'.repeat(64)}`, s: `0x${'4'.repeat(64)}`,
};
const ANSWERS = { eth_chainId: '0x1', net_version: '1', eth_blockNumber: '0x10', eth_getTransactionByHash: TRANSACTION, eth_gasPrice: '0x1', eth_getTransactionCount: '0x0' };

/** A node where nothing is ever mined, and what is asked for is not there. */
function node(request, response) {
  const asked = JSON.parse(request.text);
  const answer = ({ id, method }) => ({ jsonrpc: '2.0', id, result: ANSWERS[method] ?? null });
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(Array.isArray(asked) ? asked.map(answer) : answer(asked)));
}

const throttled = (request, response) => void response.writeHead(429).end('{}');

/** A provider of ethers, 6 or 5, with these settings of its connection. */
async function providerOf({ load, major }, url, { timeout, slot } = {}) {
  const { ethers } = await load('ethers');
  if (major('ethers') >= 6) {
    const connection = new ethers.FetchRequest(url);
    if (timeout !== undefined) connection.timeout = timeout;
    if (slot !== undefined) connection.setThrottleParams({ slotInterval: slot });
    return new ethers.JsonRpcProvider(connection, 1, { staticNetwork: true });
  }
  return new ethers.providers.StaticJsonRpcProvider({ url, ...(timeout !== undefined && { timeout }), ...(slot !== undefined && { throttleSlotInterval: slot }) }, 1);
}

export default experiments({
  record: 'ethers-web3',
  runs: [{ ethers: '6.17.0' }, { ethers: '5.8.0' }],
  experiments: [
    {
      name: 'ethers-timeout',
      says: 'in ethers 6 `timeout = 300` of a FetchRequest ends a call to a server that answers nothing, and a body that drips for 2.5 s passes one of 600; in 5 `timeout` of the connection ends both; without it the call is pending after 4 s',
      refutes: { 'ethers-web3/timeout/1': 'in ethers 6 it ends silence on the socket, of 300 s unless set, and keeps no further attempt from beginning before it is over; a body that drips passes it. In ethers 5 it bounds the whole call, at 120 s unless set' },
      async run(lab) {
        const { ethers } = await lab.load('ethers');
        const silent = await lab.http('silent');
        const drip = await lab.http('drip');
        const short = await providerOf(lab, silent.url, { timeout: 300 });
        const plain = await providerOf(lab, silent.url);
        const six = lab.major('ethers') >= 6;
        const request = () => {
          const made = new ethers.FetchRequest(drip.url);
          made.timeout = 600;
          return made.send();
        };
        await Promise.all([
          lab.fails(() => short.getBlockNumber(), { after: 300, error: 'TIMEOUT' }),
          lab.hangs(() => plain.getBlockNumber(), 4000),
          six ? lab.gives(request, { after: 2300 }) : lab.fails(() => ethers.utils.fetchJson({ url: drip.url, timeout: 600 }), { after: 600, error: 'TIMEOUT' }),
        ]);
      },
    },
    {
      name: 'wait',
      says: '`wait(1, 1000)` of a transaction that is not mined fails by TIMEOUT after 1 s; without the second argument it is pending after 5 s',
      proves: ['ethers-web3/timeout/2'],
      async run(lab) {
        const server = await lab.http(node);
        const provider = await providerOf(lab, server.url);
        provider.pollingInterval = 300;
        const sent = await provider.getTransaction(HASH);
        await Promise.all([lab.fails(() => sent.wait(1, 1000), { after: 1000, error: 'TIMEOUT' }), lab.hangs(() => sent.wait(), 5000)]);
      },
    },
    {
      name: 'web3-timeout',
      says: 'a call over HTTP to a server that answers nothing is pending after 4 s; web3 1 takes `timeout`, and web3 4 hands `providerOptions.timeout` on to node-fetch, and both end it after 300 ms; a body that drips for 2.5 s passes that of web3 1',
      refutes: { 'ethers-web3/timeout/3': 'none by default; web3 1 has `timeout` of HttpProvider, until the reply begins, and in web3 4 on Node `providerOptions.timeout` goes to node-fetch and bounds the call' },
      runs: [{ web3: '4.16.0' }, { web3: '1.10.4' }],
      async run(lab) {
        const { default: Web3 } = await lab.load('web3');
        const four = lab.major('web3') >= 4;
        const silent = await lab.http('silent');
        const drip = await lab.http('drip');
        const limited = (url, timeout) => new Web3(new Web3.providers.HttpProvider(url, four ? { providerOptions: { timeout } } : { timeout }));
        await Promise.all([
          lab.hangs(() => new Web3(silent.url).eth.getBlockNumber(), 4000),
          lab.fails(() => limited(silent.url, 300).eth.getBlockNumber(), { after: 300, error: four ? /network timeout/ : /CONNECTION TIMEOUT/ }),
          ...(four ? [] : [lab.fails(() => limited(drip.url, 300).eth.getBlockNumber(), { after: 2300, error: /Invalid JSON RPC response/ })]),
        ]);
      },
    },
    {
      name: 'retry',
      says: 'ethers sends a call 12 times where each answer is 429, a transaction too, and once after 503 and after a connection that is reset',
      proves: ['ethers-web3/retry'],
      async run(lab) {
        const SIGNED = '0xf86b808504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83';
        const counted = await Promise.all(
          [throttled, 'unavailable', 'reset'].map(async (behaviour) => {
            const server = await lab.http(behaviour);
            const provider = await providerOf(lab, server.url, { slot: 1 });
            await lab.fails(() => provider.send('eth_sendRawTransaction', [SIGNED]), { after: 0, late: 15_000 });
            return server.requests.length;
          }),
        );
        assert.deepEqual(counted, [12, 1, 1]);
      },
    },
    {
      name: 'web3-one-attempt',
      says: 'web3 sends a call once, after 503, after a connection that is reset and after 429',
      proves: ['ethers-web3/retry'],
      runs: [{ web3: '4.16.0' }, { web3: '1.10.4' }],
      async run(lab) {
        const { default: Web3 } = await lab.load('web3');
        for (const behaviour of [throttled, 'unavailable', 'reset']) {
          const server = await lab.http(behaviour);
          await lab.fails(() => new Web3(server.url).eth.getBlockNumber(), { after: 0 });
          await lab.sleep(300);
          assert.equal(server.requests.length, 1);
        }
      },
    },
    {
      name: 'not-there',
      says: 'a block, a transaction and a receipt that are not there are null',
      empty: 'getBlock, getTransaction, getTransactionReceipt',
      async run(lab) {
        const server = await lab.http((request, response) => {
          const asked = JSON.parse(request.text);
          const answer = ({ id, method }) => ({ jsonrpc: '2.0', id, result: method.startsWith('eth_get') ? null : ANSWERS[method] });
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(Array.isArray(asked) ? asked.map(answer) : answer(asked)));
        });
        const provider = await providerOf(lab, server.url);
        const found = await Promise.all([provider.getBlock(HASH), provider.getTransactionReceipt(HASH), lab.major('ethers') >= 6 ? provider.getTransaction(HASH) : null]);
        assert.deepEqual(found, [null, null, null]);
      },
    },
  ],
});
