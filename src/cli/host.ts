import { readFileSync, statSync } from 'node:fs';

/** A stream that commands write to. */
export interface TextSink {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number | undefined;
}

/** The reads of the file system which may fail for one file and must not end the run. */
export interface ReadPort {
  readText(path: string): Promise<string>;
  sizeOf(path: string): Promise<number>;
}

/** Everything outside the program that a command touches besides git and ESLint. */
export interface CliHost {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly read: ReadPort;
}

/** Reads from the disk. One file after the other on one thread: waiting for each in turn would cost more than it hides. */
export const diskReads: ReadPort = {
  readText: async (path) => readFileSync(path, 'utf8'),
  sizeOf: async (path) => statSync(path).size,
};

function sinkOf(stream: NodeJS.WriteStream): TextSink {
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns;
    },
  };
}

/** The host of the real process. */
export function processHost(): CliHost {
  return { cwd: process.cwd(), env: process.env, stdout: sinkOf(process.stdout), stderr: sinkOf(process.stderr), read: diskReads };
}
