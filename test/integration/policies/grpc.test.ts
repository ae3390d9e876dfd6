import * as grpc from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closedPort, loadModule, outcome, removeModules, silentServer, wait } from './policy-module.js';

interface Policies {
  readonly greeter: object;
  readonly grpcPolicy: (policy: object) => grpc.Interceptor;
  readonly resetPolicies: () => void;
}

const text = { requestSerialize: (value: string) => Buffer.from(value), requestDeserialize: String, responseSerialize: (value: string) => Buffer.from(value), responseDeserialize: String };
const service = {
  hello: { path: '/greeter.Greeter/Hello', requestStream: false, responseStream: false, ...text },
  many: { path: '/greeter.Greeter/Many', requestStream: false, responseStream: true, ...text },
} as const;

let answer: grpc.handleUnaryCall<string, string>;
let calls = 0;
let policies: Policies;
let port = 0;
const server = new grpc.Server();

interface Greeter extends grpc.Client {
  hello: (request: string, ...rest: unknown[]) => grpc.ClientUnaryCall;
  many: (request: string) => grpc.ClientReadableStream<string>;
}

const clients: grpc.Client[] = [];
function client(to = port, policy = true): Greeter {
  const Made = grpc.makeClientConstructor(service, 'Greeter');
  const made = new Made(`127.0.0.1:${String(to)}`, grpc.credentials.createInsecure(), policy ? { interceptors: [policies.grpcPolicy(policies.greeter)] } : {}) as unknown as Greeter;
  clients.push(made);
  return made;
}

const hello = (from: Greeter, options: grpc.CallOptions = {}): Promise<string> =>
  new Promise((resolve, reject) => {
    from.hello('world', new grpc.Metadata(), options, (error: grpc.ServiceError | null, reply?: string) => {
      if (error === null) resolve(reply!);
      else reject(error);
    });
  });

const ok: typeof answer = (call, done) => { done(null, `hello ${call.request}`); };
const status = (code: grpc.status): typeof answer => (_call, done) => { done({ code, details: grpc.status[code] }); };

beforeAll(async () => {
  policies = await loadModule<Policies>([{ name: 'greeter', service: 'greeter', outcomes: 'grpc', section: 'grpcPolicy' }]);
  server.addService(service, {
    hello: (call: grpc.ServerUnaryCall<string, string>, done: grpc.sendUnaryData<string>) => {
      calls += 1;
      answer(call, done);
    },
    many: (call: grpc.ServerWritableStream<string, string>) => {
      call.write('a');
      setTimeout(() => {
        call.write('b');
        call.end();
      }, 600);
    },
  });
  port = await new Promise<number>((resolve, reject) => { server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => { if (error === null) resolve(bound); else reject(error); }); });
});
beforeEach(() => {
  policies.resetPolicies();
  calls = 0;
  answer = ok;
});
afterAll(() => {
  for (const one of clients) one.close();
  server.forceShutdown();
  removeModules();
});

describe('a gRPC client with a policy among its interceptors', () => {
  it('answers', async () => {
    expect(await hello(client())).toBe('hello world');
  });

  it('opens its circuit at UNAVAILABLE, rejects without a call, and closes it again', async () => {
    answer = status(grpc.status.UNAVAILABLE);
    const greeter = client();
    for (let index = 0; index < 4; index++) expect(await outcome(hello(greeter))).toMatch(/^Error: 14 UNAVAILABLE/);
    expect(calls).toBe(4);
    expect(await outcome(hello(greeter))).toMatch(/^Error: 14 UNAVAILABLE: .*(circuit|breaker)/i);
    expect(calls).toBe(4);
    answer = ok;
    await wait(250);
    expect(await hello(greeter)).toBe('hello world');
    expect(await hello(greeter)).toBe('hello world');
  });

  it('counts no answer of the service, and closes the circuit by one', async () => {
    answer = status(grpc.status.NOT_FOUND);
    const greeter = client();
    for (let index = 0; index < 8; index++) expect(await outcome(hello(greeter))).toBe('Error: 5 NOT_FOUND: NOT_FOUND');
    answer = status(grpc.status.RESOURCE_EXHAUSTED);
    for (let index = 0; index < 6; index++) await outcome(hello(greeter));
    expect(await outcome(hello(greeter))).toMatch(/circuit|breaker/i);
    answer = status(grpc.status.NOT_FOUND);
    await wait(250);
    for (let index = 0; index < 3; index++) expect(await outcome(hello(greeter))).toBe('Error: 5 NOT_FOUND: NOT_FOUND');
  });

  it('ends a call that is not answered, at the server too, and counts it', async () => {
    let cancelled = 0;
    answer = (call) => { call.on('cancelled', () => { cancelled += 1; }); };
    const greeter = client();
    const began = performance.now();
    expect(await outcome(hello(greeter))).toMatch(/^Error: 4 DEADLINE_EXCEEDED: greeter did not answer an attempt within 300 ms/);
    expect(performance.now() - began).toBeLessThan(1_000);
    for (let index = 0; index < 3; index++) await outcome(hello(greeter));
    await wait(50);
    expect(cancelled).toBe(4);
    expect(await outcome(hello(greeter))).toMatch(/circuit|breaker/i);
  });

  it('leaves a deadline of the caller as it is, short or long, and counts no short one', async () => {
    answer = () => undefined;
    const greeter = client();
    for (let index = 0; index < 6; index++) expect(await outcome(hello(greeter, { deadline: Date.now() + 40 }))).toMatch(/^Error: 4 DEADLINE_EXCEEDED/);
    answer = (call, done) => { setTimeout(() => { ok(call, done); }, 600); };
    expect(await outcome(hello(greeter, { deadline: Date.now() + 5_000 }))).toBe('answered');
  });

  it('lets the caller cancel', async () => {
    answer = () => undefined;
    const greeter = client();
    for (let index = 0; index < 6; index++) {
      const ended = new Promise<string>((resolve) => {
        const call = greeter.hello('world', (error: grpc.ServiceError | null) => { resolve(error?.message ?? 'answered'); });
        setTimeout(() => { call.cancel(); }, index === 0 ? 0 : 20);
      });
      expect(await ended).toMatch(/^1 CANCELLED/);
    }
    answer = ok;
    expect(await hello(greeter)).toBe('hello world');
  });

  it('leaves streams alone for as long as they last', async () => {
    const seen: string[] = [];
    for await (const part of client().many('x')) seen.push(String(part));
    expect(seen).toEqual(['a', 'b']);
  });

  it('bounds a call where nothing answers the connection, or nothing listens', async () => {
    const silent = await silentServer();
    expect(await outcome(hello(client(silent.port)))).toMatch(/^Error: 4 DEADLINE_EXCEEDED/);
    await silent.close();
    expect(await outcome(hello(client(await closedPort())))).toMatch(/^Error: 14 UNAVAILABLE/);
  });
});
