/** Turns offsets into lines and columns. Lines count from 1, columns from 0, as ESLint does. */
export interface LineTable {
  readonly count: number;
  locate(offset: number): { line: number; column: number };
  /** Offset of the first character of a line (1-based). */
  startOf(line: number): number;
}

export function createLineTable(text: string): LineTable {
  const starts: number[] = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || code === 0x2028 || code === 0x2029) starts.push(i + 1);
    else if (code === 13) {
      if (text.charCodeAt(i + 1) === 10) i++;
      starts.push(i + 1);
    }
  }
  return {
    count: starts.length,
    locate(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - starts[low]! };
    },
    startOf(line) {
      return starts[Math.min(Math.max(line, 1), starts.length) - 1]!;
    },
  };
}
