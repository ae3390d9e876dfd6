/** Runs the compiled service of a folder; ends with the lab, which holds the other side of the pipe. */
import { pathToFileURL } from 'node:url';

process.stdin.on('end', () => process.exit(0)).resume();
await import(pathToFileURL(process.argv[2]).href);
