/**
 * The command cannot do what was asked: a wrong argument, a file that does not exist, a setting that
 * cannot be read. The message says what to do; no stack is printed, and the exit code is 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The message of whatever was thrown, on one line. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n').find((line) => line.trim() !== '') ?? 'no message').trim();
}
