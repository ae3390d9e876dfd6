import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { seenCalls } from './seen-calls.js';

const BEFORE = "import net from 'node:net'; import tls from 'node:tls'; import dns from 'node:dns'; import { Resolver } from 'node:dns/promises'; ";

describe('net, tls and dns: what its calls do', () => {
  it.each([
    ['a connection is a stream', "net.connect(80, 'host'); net.createConnection({ port }); tls.connect({ host });", ['none stream', 'none stream', 'none stream']],
    ['names are resolved', "import { resolve4 } from 'node:dns/promises'; await resolve4('host'); dns.resolveMx('host', done); await dns.promises.reverse('1.1.1.1');", ['read', 'read', 'read']],
    ['a resolver', "const resolver = new Resolver(); await resolver.resolve4('host'); resolver.cancel();", ['read']],
    ['the system resolves', "dns.lookup('host', done); await dns.promises.lookup('host');", []],
  ])('%s', (_, code, expected) => expect(seenCalls(`${BEFORE}\n${code}`)).toEqual(expected));
});

describe('net, tls and dns: what bounds them', () => {
  it.each([
    ['a connection', "import net from 'node:net'; import tls from 'node:tls'; import dns from 'node:dns'; import { Resolver } from 'node:dns/promises'; /*a*/net.connect({ host, port });", 'bounded stream'],
    ['a connection with TLS', "import net from 'node:net'; import tls from 'node:tls'; import dns from 'node:dns'; import { Resolver } from 'node:dns/promises'; /*a*/tls.connect({ host, port });", 'bounded stream'],
    ['a name', "import net from 'node:net'; import tls from 'node:tls'; import dns from 'node:dns'; import { Resolver } from 'node:dns/promises'; await /*a*/dns.promises.resolve4('host');", 'bounded library-default'],
    ['a resolver without options', "import net from 'node:net'; import tls from 'node:tls'; import dns from 'node:dns'; import { Resolver } from 'node:dns/promises'; const resolver = /*a*/new Resolver();", 'bounded library-default'],
    ['a resolver with a limit', "import net from 'node:net'; import tls from 'node:tls'; import dns from 'node:dns'; import { Resolver } from 'node:dns/promises'; const resolver = /*a*/new Resolver({ timeout: 500, tries: 2 });", 'bounded client-option'],
    ['the system resolves', "import net from 'node:net'; import tls from 'node:tls'; import dns from 'node:dns'; import { Resolver } from 'node:dns/promises'; /*a*/dns.lookup('host', done);", 'silent'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));
});
