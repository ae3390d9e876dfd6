import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { seenCalls } from './seen-calls.js';

const BEFORE = "import { createTRPCClient, httpBatchLink, loggerLink, splitLink, type TRPCClient } from '@trpc/client'; const trpc = createTRPCClient({ links: [httpBatchLink({ url })] }); ";

describe('tRPC client: what its calls do', () => {
  it.each([
    ['a query', 'const user = await trpc.user.byId.query(1);', ['read']],
    ['a mutation', 'await trpc.user.create.mutate({ name });', ['write']],
    ['a subscription', 'trpc.user.changes.subscribe(undefined, { onData });', ['none stream']],
    ['a client of version 10', "import { createTRPCProxyClient } from '@trpc/client'; const old = createTRPCProxyClient({ links: [] }); await old.a.query();", ['read']],
    ['nothing is called', 'const { user } = trpc; console.log(user.byId);', []],
  ])('%s', (_, code, expected) => expect(seenCalls(`${BEFORE}\n${code}`)).toEqual(expected));
});

describe('tRPC client: what bounds them', () => {
  it.each([
    ['nothing set', "import { createTRPCClient, httpBatchLink, loggerLink, splitLink, type TRPCClient } from '@trpc/client'; const trpc = createTRPCClient({ links: [httpBatchLink({ url })] }); await /*a*/trpc.user.byId.query(1);", 'unbounded absent'],
    ['nothing set, and a link that logs', "import { createTRPCClient, httpBatchLink, loggerLink, splitLink, type TRPCClient } from '@trpc/client'; const trpc = createTRPCClient({ links: [loggerLink(), httpBatchLink({ url })] }); await /*a*/trpc.user.byId.query(1);", 'unbounded absent'],
    ['a signal', "import { createTRPCClient, httpBatchLink, loggerLink, splitLink, type TRPCClient } from '@trpc/client'; const trpc = createTRPCClient({ links: [httpBatchLink({ url })] }); await /*a*/trpc.user.byId.query(1, { signal: AbortSignal.timeout(500) });", 'bounded signal'],
    ['a fetch of its own', "import { createTRPCClient, httpBatchLink, loggerLink, splitLink, type TRPCClient } from '@trpc/client'; const trpc = createTRPCClient({ links: [httpBatchLink({ url, fetch: patient })] }); await /*a*/trpc.user.byId.query(1);", 'unknown replaced-transport'],
    ['another link may bound it', "import { createTRPCClient, httpBatchLink, loggerLink, splitLink, type TRPCClient } from '@trpc/client'; const trpc = createTRPCClient({ links: [limit(), httpBatchLink({ url })] }); await /*a*/trpc.user.byId.query(1);", 'unknown opaque-call'],
    ['links that are split', "import { createTRPCClient, httpBatchLink, loggerLink, splitLink, type TRPCClient } from '@trpc/client'; const trpc = createTRPCClient({ links: [splitLink({ condition, true: a, false: b })] }); await /*a*/trpc.user.byId.query(1);", 'unknown opaque-call'],
    ['options as a variable', "import { createTRPCClient, httpBatchLink, loggerLink, splitLink, type TRPCClient } from '@trpc/client'; const trpc = createTRPCClient({ links: [httpBatchLink({ url })] }); export const ask = (options) => /*a*/trpc.user.byId.query(1, options);", 'unknown parameter'],
    ['a subscription', "import { createTRPCClient, httpBatchLink, loggerLink, splitLink, type TRPCClient } from '@trpc/client'; const trpc = createTRPCClient({ links: [httpBatchLink({ url })] }); /*a*/trpc.user.changes.subscribe(undefined, {});", 'bounded stream'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));
});
