import { describe, expect, it } from 'vitest';
import { reportsOf, verdictAt } from '../../facts/support.js';
import { seenCalls } from '../../support/seen-calls.js';
import { sourceOf } from '../../support/source.js';

const BEFORE = "import { JsonRpcProvider, FetchRequest, Wallet } from 'ethers'; const provider = new JsonRpcProvider('https://node');\n";

describe('what the calls of ethers do', () => {
  it.each([
    ['a block', 'const block = await provider.getBlock(1);', ['read null']],
    ['a balance', 'await provider.getBalance(address);', ['read']],
    ['a transaction; the wait for it is not looked at', 'const sent = await new Wallet(key, provider).sendTransaction({ to }); await sent.wait();', ['write']],
    ['a wait on purpose', 'await provider.waitForTransaction(hash);', ['read (blocking)']],
    ['a provider of the namespace', "import { ethers } from 'ethers'; await new ethers.JsonRpcProvider(url).getTransactionReceipt(hash);", ['read null']],
    ['listening', "provider.on('block', onBlock);", []],
  ])('%s', (_, code, expected) => expect(seenCalls(BEFORE + code)).toEqual(expected));
});

describe('what bounds them', () => {
  it.each([
    ['300 s, which is too long', `${BEFORE} await /*a*/ provider.getBalance(address);`, 'unbounded absent'],
    ['a request that is handed in, which is not read', "import { JsonRpcProvider, FetchRequest } from 'ethers'; const r = new FetchRequest('https://node'); r.timeout = 500; const p = new JsonRpcProvider(r); await /*a*/ p.getBalance(address);", 'unknown opaque-call'],
    ['an address from the environment', "import { JsonRpcProvider } from 'ethers'; const p = new JsonRpcProvider(process.env.RPC_URL); await /*a*/ p.getBalance(address);", 'unbounded absent'],
    ['a wait, which is on purpose', `${BEFORE} await /*a*/ provider.waitForTransaction(hash);`, 'bounded blocking'],
    ['a provider from elsewhere', "import { Wallet } from 'ethers'; export const f = (provider) => /*a*/ new Wallet(key, provider).sendTransaction(tx);", 'unknown untyped-receiver'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('is silent about ethers 5, which gives up after 120 s', () =>
    expect(verdictAt({ main: "import { ethers } from 'ethers'; const p = new ethers.providers.JsonRpcProvider('https://node'); await /*a*/ p.getBalance(address);", installed: { ethers: '5.8.0' } })).toBe('bounded library-default'));

  it('reports a provider once', () => expect(reportsOf(sourceOf(`${BEFORE} await provider.getBalance(a); await provider.getBlock(1);`))).toHaveLength(1));
});

describe('web3', () => {
  it.each([
    ['nothing', "import Web3 from 'web3'; const web3 = new Web3('https://node'); await /*a*/ web3.eth.getBlockNumber();", 'unbounded absent'],
    ['a limit of its provider', "import { Web3, HttpProvider } from 'web3'; const web3 = new Web3(new HttpProvider('https://node', { providerOptions: { timeout: 500 } })); await /*a*/ web3.eth.getBlockNumber();", 'bounded client-option'],
    ['a provider from elsewhere', "import Web3 from 'web3'; export const f = (provider) => /*a*/ new Web3(provider).eth.getBlockNumber();", 'unknown parameter'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('knows what is sent from what is read', () => expect(seenCalls("import Web3 from 'web3'; const web3 = new Web3('https://node'); await web3.eth.sendTransaction(tx); await web3.eth.getTransactionReceipt(hash);")).toEqual(['write', 'read null']));
});
