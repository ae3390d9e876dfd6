import { describe, expect, it } from 'vitest';
import { extendedModule, newModule, type StartingLimits, type WantedPolicy } from '../../src/codemod/policy-module/module-text.js';

const LIMITS: StartingLimits = { deadline: 30_000, attempt: 10_000, retries: 2, backoff: 200, maxBackoff: 5_000, concurrency: 200, failureRate: 50, window: 20, halfOpenAfter: 10_000 };
const PAYMENTS: WantedPolicy = { name: 'payments', service: 'payments.acme.com', outcomes: 'http', section: null };
const S3: WantedPolicy = { name: 's3', service: 's3', outcomes: 'aws', section: 'throughPolicy' };
const REDIS: WantedPolicy = { name: 'redis', service: 'redis', outcomes: 'redis', section: 'store' };

const written = (policies: readonly WantedPolicy[], from?: string): string => newModule({ language: 'typescript', limits: LIMITS, policies, ...(from === undefined ? {} : { from }) });

describe('a part of the module for one kind of client', () => {
  it('is carried only by a package that has such clients', () => {
    const text = written([PAYMENTS]);
    expect(text).not.toMatch(/function store\(|throughPolicy|grpcPolicy/);
    expect(written([PAYMENTS, REDIS])).toMatch(/^export function store\(/m);
  });

  it('makes a policy of a form of its own', () => {
    const text = written([PAYMENTS, REDIS]);
    expect(text).toContain("export const payments: Policy = policy('payments', HTTP);");
    expect(text).toContain("export const redis: Store = store('redis', REDIS);");
  });

  it('gives its policies limits of their own', () => expect(written([S3])).toContain("export const s3: Policy = policy('s3', AWS, { attempt: LIMITS.deadline });"));

  it('writes a message that has an apostrophe', () => expect(written([REDIS])).toContain(`unsent: ["Stream isn't writeable and enableOfflineQueue options is false", 'The client is offline'],`));

  it('is added once to a module that is there', () => {
    const more = extendedModule(written([PAYMENTS]), [REDIS], 'typescript')!;
    expect(more.match(/^export function store\(/gm)).toHaveLength(1);
    expect(extendedModule(more, [REDIS], 'typescript')).toBe(more);
    const another = extendedModule(more, [{ ...REDIS, name: 'postgres', service: 'postgres', outcomes: 'postgres' }], 'typescript')!;
    expect(another.match(/^export function store\(/gm)).toHaveLength(1);
    expect(another).toContain("store('postgres', POSTGRES);");
  });

  it('is imported where the machinery is in another package', () => {
    const text = written([REDIS, S3], '@acme/resilience');
    expect(text).toContain("import { AWS, REDIS, policy, store, type Policy, type Store } from '@acme/resilience';");
    expect(text).not.toMatch(/function store\(|LIMITS/);
    expect(text).toMatch(/^export function throughPolicy</m);
  });

  it('is not added to a module whose machinery is in another package', () => expect(extendedModule(written([PAYMENTS], '@acme/resilience'), [REDIS], 'typescript')).toBeNull());

  it.each(['esm', 'commonjs'] as const)('has no types in JavaScript: %s', (language) => {
    const text = newModule({ language, limits: LIMITS, policies: [PAYMENTS, S3, REDIS, { ...S3, name: 'greeter', service: 'greeter:50051', outcomes: 'grpc', section: 'grpcPolicy' }] });
    expect(text).not.toMatch(/[«»]|\binterface\b|: string\b|\bas never\b|\bsatisfies\b/);
  });
});
