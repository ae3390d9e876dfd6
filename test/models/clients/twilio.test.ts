import { describe, expect, it } from 'vitest';
import { modelsForPackage } from '../../../src/models/lookup.js';
import { verdictAt } from '../../facts/support.js';
import { callsIn } from './calls-of.js';

const TWILIO = "import twilio from 'twilio'; const client = twilio(sid, token);";

describe('what its calls do', () => {
  it.each([
    ['a message', 'await client.messages.create({ to, body });', ['write']],
    ['a message that is looked up', 'const message = await client.messages(id).fetch();', ['read']],
    ['one that is removed', 'await client.messages(id).remove();', ['write']],
    ['a code', 'await client.verify.v2.services(service).verifications.create({ to });', ['write']],
    ['its check', 'await client.verify.v2.services(service).verificationChecks.create({ to, code });', ['write']],
    ['many', 'await client.calls.list({ limit: 20 });', ['read']],
    ['one page after the other', 'client.calls.each({ limit: 20 }, show);', ['stream read']],
    ['the class', "import { Twilio } from 'twilio'; await new Twilio(sid, token).calls.create({ to });", ['write']],
    ['a client that is handed in', "import type { Twilio as T } from 'twilio'; const f = (phone: T) => phone.messages.create({ to });", ['write']],
    ['a resource alone is no call', 'const message = client.messages(id);', []],
  ])('%s', (_, code, expected) => expect(callsIn(`${TWILIO}\n${code}`)).toEqual(expected));
});

it.each([
  ['its own limit', 'twilio(sid, token)', 'bounded library-default'],
  ['a limit', 'twilio(sid, token, { timeout: 5000 })', 'bounded client-option'],
  ['0 is its own limit', 'twilio(sid, token, { timeout: 0 })', 'bounded client-option'],
])('%s', (_, made, expected) => expect(verdictAt(`import twilio from 'twilio'; const client = ${made}; await /*a*/ client.messages.create({ to });`)).toBe(expected));

it('has no limit of its client before 5.4, but one of its request client', () => {
  const at = (options: string) => ({ main: `import twilio, { RequestClient } from 'twilio'; const client = twilio(sid, token, ${options}); await /*a*/ client.messages.create({ to });`, installed: { twilio: '5.3.0' } });
  expect(verdictAt(at('{ timeout: 5000 }'))).toBe('bounded library-default');
  expect(verdictAt(at('{ httpClient: new RequestClient({ timeout: 5000 }) }'))).toBe('bounded client-option');
});

it('sends a message for every call', () => {
  const [model] = modelsForPackage('twilio');
  expect(model!.repeat!.again).toContain('**.messages.create');
  expect(model!.retry).toMatchObject({ retries: 0, retriesTimeouts: false });
});
