import { Agent, Pool, fetch, request, stream } from 'undici';
import { PassThrough } from 'node:stream';
import { exampleSearch, exampleSuggest, exampleTerms, exampleWords } from './resilience';

const pool = new Pool('https://search.example.com', { connections: 10 });
const agent = new Agent();

export async function find(query: string): Promise<unknown> {
  const { body } = await exampleSearch.retry((signal) => pool.request({ path: `/find?q=${query}`, method: 'GET', signal }));
  return body.json();
}

export async function index(id: string): Promise<number> {
  const { statusCode, body } = await exampleSearch.retryUnsent((signal) => pool.request({ path: `/index/${id}`, method: 'POST', body: JSON.stringify({ id }), signal }));
  await body.dump();
  return statusCode;
}

export const suggest = async (): Promise<unknown> => (await exampleSuggest.retry((signal) => agent.request({ origin: 'https://suggest.example.com', path: '/', method: 'GET', signal }))).body.json();

export async function terms(): Promise<unknown> {
  const { body } = await exampleTerms.retry((signal) => request('https://terms.example.com/all', { signal }));
  return body.json();
}

export const words = async (): Promise<unknown> => (await exampleWords.retry((signal) => fetch('https://words.example.com/all', { signal }))).json();

export const copy = () => stream('https://terms.example.com/all', { method: 'GET' }, () => new PassThrough());

export const anyone = (host: string) => new Pool(`https://${host}`, { headersTimeout: 1_000, bodyTimeout: 1_000 }).request({ path: '/', method: 'GET' });
