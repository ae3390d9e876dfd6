#!/usr/bin/env node
import module from 'node:module';
import { processHost } from './host.js';
import { runCli } from './program.js';

// Node 22.8 and later keep compiled code between runs; a cache that cannot be written costs nothing.
(module as { enableCompileCache?: () => unknown }).enableCompileCache?.();

// A reader that goes away (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// Not process.exit(): what is still to be written to a pipe would be lost.
process.exitCode = await runCli(process.argv.slice(2), processHost());
