import { afterAll, describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { removeTempProjects } from '../../support/temp-project.js';

afterAll(removeTempProjects);

const kafka = (options: string, version: string): string => verdictAt({ main: `import { Kafka } from 'kafkajs';\nconst kafka = /*a*/new Kafka({ brokers${options} });`, installed: { kafkajs: version } });

describe('KafkaJS: what bounds a request', () => {
  it.each([
    ['30 s by default in 2', '', '2.2.4', 'bounded library-default'],
    ['nothing by default in 1', '', '1.16.0', 'unbounded absent'],
    ['the limit alone in 1', ', requestTimeout: 5000', '1.16.0', 'unbounded absent'],
    ['the limit and its switch in 1', ', requestTimeout: 5000, enforceRequestTimeout: true', '1.16.0', 'bounded client-option'],
    ['the limit in 2', ', requestTimeout: 5000', '2.2.4', 'bounded client-option'],
    ['signing in alone in 1', ', authenticationTimeout: 5000', '1.16.0', 'unbounded absent'],
    ['options that are spread in 1', ', ...options', '1.16.0', 'unknown opaque-spread'],
  ])('%s', (_, options, version, expected) => expect(kafka(options, version)).toBe(expected));
});
