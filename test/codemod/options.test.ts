import { describe, expect, it } from 'vitest';
import { CodemodOptionError, readOptions, type OptionSpecs } from '../../src/codemod/options.js';

const SPECS = {
  request: { type: 'ms', default: 10_000, description: '' },
  count: { type: 'number', default: 3, description: '' },
  share: { type: 'number', default: 50, max: 99, description: '' },
  deep: { type: 'boolean', default: false, description: '' },
  kinds: { type: 'list', of: ['http', 'rpc'], default: ['http'], description: '' },
} as const satisfies OptionSpecs;

describe('options of a codemod', () => {
  it('have defaults', () => {
    expect(readOptions('x', SPECS, {})).toEqual({ request: 10_000, count: 3, share: 50, deep: false, kinds: ['http'] });
  });

  it('are read from text and from values', () => {
    expect(readOptions('x', SPECS, { request: '3_000', count: 5, deep: 'true', kinds: 'rpc, http' })).toEqual({ request: 3000, count: 5, share: 50, deep: true, kinds: ['rpc', 'http'] });
  });

  it.each([
    [{ reqest: 1 }, 'x has no option "reqest"; it has request, count, share, deep, kinds.'],
    [{ request: '3s' }, 'x: request is a whole number of milliseconds from 1 to 2147483647, not "3s".'],
    [{ request: 0 }, 'x: request is a whole number of milliseconds from 1 to 2147483647, not 0.'],
    [{ request: 2 ** 31 }, 'x: request is a whole number of milliseconds from 1 to 2147483647, not 2147483648.'],
    [{ count: '-1' }, 'x: count is a whole number from 1 to 2147483647, not "-1".'],
    [{ share: 100 }, 'x: share is a whole number from 1 to 99, not 100.'],
    [{ deep: 'yes' }, 'x: deep is true or false, not "yes".'],
    [{ kinds: 'ftp' }, 'x: kinds is one or more of http, rpc (with commas between), not "ftp".'],
    [{ kinds: [] }, 'x: kinds is one or more of http, rpc (with commas between), not [].'],
  ])('%j is refused', (given, message) => {
    expect(() => readOptions('x', SPECS, given)).toThrow(new CodemodOptionError(message));
  });
});
