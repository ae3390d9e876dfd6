import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,mjs}'],
    exclude: ['test/fixtures/**', 'test/.tmp/**', '**/node_modules/**'],
    // Integration tests and the command line run what is built.
    globalSetup: ['test/tools/build-once.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Test files that start compilers and linters of their own would starve each other.
    maxWorkers: 2,
  },
});
