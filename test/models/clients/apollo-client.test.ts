import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { seenCalls } from './seen-calls.js';

const BEFORE = "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; const client = new ApolloClient({ uri, cache: new InMemoryCache() });";

describe('Apollo Client: what its calls do', () => {
  it.each([
    ['a query', 'const { data } = await client.query({ query });', ['read']],
    ['a mutation', 'await client.mutate({ mutation, variables });', ['write']],
    ['a subscription stays open', 'client.subscribe({ query }).subscribe(next);', ['none stream']],
    ['the cache is asked', 'client.readQuery({ query }); await client.resetStore();', []],
    ['a client that is handed in', 'async function f(c: ApolloClient<object>) { return c.query({ query }); }', ['read']],
  ])('%s', (_, code, expected) => expect(seenCalls(`${BEFORE}\n${code}`)).toEqual(expected));
});

describe('Apollo Client: what bounds them', () => {
  it.each([
    ['nothing set, the address alone', "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; const client = new ApolloClient({ uri }); await /*a*/client.query({ query });", 'unbounded absent'],
    ['nothing set, with a link of the library', "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; const link = new HttpLink({ uri: 'https://api' }); const client = new ApolloClient({ link }); await /*a*/client.query({ query });", 'unbounded absent'],
    ['a signal', "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; const client = new ApolloClient({ uri }); await /*a*/client.query({ query, context: { fetchOptions: { signal: AbortSignal.timeout(500) } } });", 'bounded signal'],
    ['a signal that only cancels', "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; const c = new AbortController(); const client = new ApolloClient({ uri }); await /*a*/client.query({ query, context: { fetchOptions: { signal: c.signal } } });", 'unbounded absent'],
    ['a fetch of its own', "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; const client = new ApolloClient({ link: new HttpLink({ uri, fetch: patient }) }); await /*a*/client.query({ query });", 'unknown replaced-transport'],
    ['several links may bound it', "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; const client = new ApolloClient({ link: from([limit, new HttpLink({ uri })]) }); await /*a*/client.query({ query });", 'unknown opaque-call'],
    ['options as a variable', "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; export const ask = (options) => { const client = new ApolloClient({ uri }); return /*a*/client.query(options); };", 'unknown parameter'],
    ['options that are spread', "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; const client = new ApolloClient({ uri, ...more }); await /*a*/client.query({ query });", 'unknown opaque-spread'],
    ['a client that is handed in', "import { ApolloClient, HttpLink, InMemoryCache, from } from '@apollo/client'; async function f(c: ApolloClient<object>) { return /*a*/c.query({ query }); }", 'unknown parameter'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));
});
