/** For the tests of the laboratory: one experiment of each outcome. */
import { experiments } from './experiment.mjs';

export default experiments({
  record: 'sample',
  runs: [{}],
  experiments: [
    { name: 'holds', says: 'a server that is silent lets a call hang', proves: ['sample/timeout/1'], run: async ({ http, hangs }) => hangs(async () => fetch((await http('silent')).url), 300) },
    { name: 'fails', says: 'a server that answers lets a call hang', proves: ['sample/timeout/1'], run: async ({ http, hangs }) => hangs(async () => fetch((await http('empty')).url), 300) },
    { name: 'ends', says: 'the process ends', proves: ['sample/timeout/1'], run: async () => process.exit(7) },
    { name: 'never-ends', says: 'it takes too long', proves: ['sample/timeout/1'], run: () => new Promise(() => setInterval(() => undefined, 1000)) },
  ],
});
