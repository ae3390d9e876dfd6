#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { processHost } from './host.js';
import { runCli } from './program.js';

// Node 22.8 and later keep compiled code between runs; a cache that cannot be written costs nothing.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// A codemod makes much that is let go at once, and the heap would grow to twice what is needed before it is
// cleared. Read at each collection, so it holds from here on; a process of our own, so nobody else minds.
if (process.argv[2] === 'codemod') setFlagsFromString('--heap-growing-percent=40');

// A reader that goes away (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Not process.exit(): what is still to be written to a pipe would be lost.
process.exitCode = await runCli(process.argv.slice(2), processHost());
