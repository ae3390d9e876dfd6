import { describe, expect, it } from 'vitest';
import { holdsFor, oldestIn } from '../../src/models/version-range.js';

describe('oldestIn', () => {
  it.each([
    ['^1.7.0', '1.7.0'],
    ['~0.27.2', '0.27.2'],
    ['1.x', '1.0.0'],
    ['>=2 <4', '2.0.0'],
    ['^11.0.0 || ^12.0.0', '11.0.0'],
    ['3.1.4', '3.1.4'],
    ['npm:axios@^1.6.0', '1.6.0'],
    ['npm:@acme/http@^2.0.0', '2.0.0'],
    ['workspace:^3.0.0', '3.0.0'],
  ])('%s allows %s', (range, version) => expect(oldestIn(range)).toBe(version));

  it.each(['*', '', '>=1', 'latest', 'workspace:*', 'catalog:', 'github:acme/http', 'file:../http', 'https://a.example/a.tgz'])('%j tells no major', (range) => {
    expect(oldestIn(range)).toBeNull();
  });
});

describe('holdsFor', () => {
  it('takes the newest where no version is known', () => {
    expect(holdsFor(null, '>=3.910.0')).toBe(true);
    expect(holdsFor(null, '<3.910.0')).toBe(false);
    expect(holdsFor('3.600.0', '<3.910.0')).toBe(true);
  });
});
