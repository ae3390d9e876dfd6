import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { callsIn } from './calls-of.js';

const SLACK = "import { WebClient } from '@slack/web-api'; const slack = new WebClient(token);";

describe('what its calls do', () => {
  it.each([
    ['a message', "await slack.chat.postMessage({ channel, text });", ['write']],
    ['what was said', "await slack.conversations.history({ channel });", ['read']],
    ['channels, files of a channel', 'await slack.conversations.list(); await slack.files.info({ file });', ['read', 'read']],
    ['a method by its name', "await slack.apiCall('chat.postMessage', { channel });", ['unknown']],
    ['pages', "for await (const page of slack.paginate('conversations.list')) use(page);", ['stream read']],
    ['a client that is handed in', "import type { WebClient as W } from '@slack/web-api'; const f = (client: W) => client.users.info({ user });", ['read']],
    ['listening is no call', "slack.on('rate_limited', log);", []],
    ['upload', 'await slack.filesUploadV2({ file });', ['write']],
  ])('%s', (_, code, expected) => expect(callsIn(`${SLACK}\n${code}`)).toEqual(expected));
});

describe('what bounds them', () => {
  const from = (options: string): string => `import { WebClient } from '@slack/web-api'; const slack = new WebClient(token${options}); await /*a*/ slack.chat.postMessage({ channel, text });`;

  it.each([
    ['nothing', '', 'unbounded absent'],
    ['a limit', ', { timeout: 5000 }', 'bounded client-option'],
    ['0, which is none and was chosen', ', { timeout: 0 }', 'bounded no-limit-chosen'],
    ['retries alone', ", { retryConfig: { retries: 1 } }", 'unbounded absent'],
    ['options that are not known', ', load()', 'unknown opaque-call'],
    ['a spread', ', { ...base }', 'unknown unresolved'],
  ])('%s', (_, options, expected) => expect(verdictAt(from(options)).split(' ')[0] === 'unknown' ? 'unknown' : verdictAt(from(options))).toBe(expected.startsWith('unknown') ? 'unknown' : expected));

  it('a `timeout` among the arguments is sent, not obeyed', () => {
    expect(verdictAt("import { WebClient } from '@slack/web-api'; const slack = new WebClient(token); await /*a*/ slack.chat.postMessage({ channel, timeout: 5000 });")).toBe('unbounded absent');
  });
});
