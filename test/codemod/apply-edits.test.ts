import { describe, expect, it } from 'vitest';
import { applyEdits, overlaps } from '../../src/codemod/apply-edits.js';

describe('applying edits', () => {
  it('applies them in one pass, in whatever order they come', () => {
    expect(applyEdits('abcdef', [{ range: [4, 5], text: 'E' }, { range: [0, 1], text: 'AA' }, { range: [2, 2], text: '-' }])).toBe('AAb-cdEf');
  });

  it('keeps a byte order mark, which no range counts', () => {
    expect(applyEdits('\uFEFFab', [{ range: [0, 1], text: 'A' }])).toBe('\uFEFFAb');
  });

  it('brings in the line ends of the text', () => {
    expect(applyEdits('a\r\nb\r\n', [{ range: [1, 1], text: '\nx\n' }])).toBe('a\r\nx\r\n\r\nb\r\n');
    expect(applyEdits('a\nb\n', [{ range: [1, 1], text: '\nx' }])).toBe('a\nx\nb\n');
  });

  it('leaves line ends of both kinds where they are', () => {
    expect(applyEdits('a\r\nb\r\nc\n', [{ range: [6, 7], text: 'C' }])).toBe('a\r\nb\r\nC\n');
  });

  it('refuses edits that overlap', () => {
    expect(() => applyEdits('abc', [{ range: [0, 2], text: '' }, { range: [1, 3], text: '' }])).toThrow(/overlap at offset 1/);
  });

  it.each([
    ['the same insertion point', [2, 2], [2, 2], true],
    ['one within the other', [0, 9], [3, 4], true],
    ['side by side', [0, 2], [2, 4], false],
    ['apart', [0, 1], [5, 6], false],
  ] as const)('%s: overlapping is %#', (_, one, other, expected) => {
    expect(overlaps({ range: one, text: '' }, { range: other, text: '' })).toBe(expected);
  });
});
