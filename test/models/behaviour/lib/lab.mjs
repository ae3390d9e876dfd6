/** What an experiment is given: libraries of the version tried, servers that fail, and claims about calls. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startProxy } from '../../../integration/faults/proxy.mjs';
import { httpServer } from './http-server.mjs';
import { fails, gives, hangs } from './outcome.mjs';
import { deafServer, tcpServer } from './tcp-server.mjs';

/**
 * @param {string} folder where the packages are installed
 * @param {Readonly<Record<string, string>>} versions what is installed there
 * @param {Readonly<Record<string, string>>} services where the programs in `needs` are: a port, or a path
 */
export function createLab(folder, versions, services) {
  const require = createRequire(join(folder, 'package.json'));
  const open = [];
  const kept = (server) => {
    open.push(server);
    return server;
  };
  return {
    versions,
    services,
    /** Does this run have such a version? `lab.major('got') >= 12`. */
    major: (name) => Number.parseInt(versions[name], 10),
    require,
    /** The module as `import` gives it, from the folder where this version is installed. */
    load: async (name) => (await import(pathToFileURL(join(folder, 'load.mjs')).href)).load(name),
    http: async (...args) => kept(await httpServer(...args)),
    tcp: async (...args) => kept(await tcpServer(...args)),
    deaf: async () => kept(await deafServer()),
    /** Stands before a real server; `.fault({ mode: 'hang' })` makes it silent. */
    proxy: async (port, protocol = 'tcp') => kept(await startProxy({ port, protocol })),
    fails,
    gives,
    hangs,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    async close() {
      await Promise.allSettled(open.map((server) => server.close()));
    },
  };
}

/** @typedef {ReturnType<typeof createLab>} Lab */
