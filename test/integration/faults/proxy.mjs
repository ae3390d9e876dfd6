/**
 * A proxy that stands before a real downstream and lets it fail in a chosen way, which may change while it runs.
 * Over TCP faults hit connections and bytes; where it is told that HTTP is spoken, single requests.
 */
import { createServer } from 'node:net';
import { breakOff } from './break-off.mjs';
import { httpFaults } from './http-faults.mjs';
import { tcpFaults } from './tcp-faults.mjs';

const PASS = { mode: 'pass' };

/**
 * @param {{ port: number, protocol: 'http' | 'tcp' }} target the downstream, on loopback
 * @returns a proxy; `fault` sets what happens from now on, `requests` holds when each arrived (`performance.now()`) and, over HTTP, its method and URL
 */
export async function startProxy({ port: targetPort, protocol }) {
  const sockets = new Set();
  const state = { fault: PASS, changed: [], requests: [], connections: 0, peak: 0 };
  const speaker = protocol === 'http' ? httpFaults(targetPort, state) : tcpFaults(targetPort, state);
  const server = createServer({ noDelay: true }, (socket) => {
    state.connections += 1;
    sockets.add(socket);
    state.peak = Math.max(state.peak, sockets.size);
    socket.on('close', () => sockets.delete(socket));
    // A socket that is reset on purpose reports it here too.
    socket.on('error', () => undefined);
    speaker.accept(socket);
  });
  const listen = (port) => new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server.address().port)));
  const port = await listen(0);
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    requests: state.requests,
    get connections() {
      return state.connections;
    },
    get open() {
      return sockets.size;
    },
    get peak() {
      return state.peak;
    },
    /** Counts from now on only. */
    forget() {
      state.requests.length = 0;
      state.connections = 0;
      state.peak = sockets.size;
    },
    /** Modes stand in http-faults.mjs and tcp-faults.mjs; `refuse` closes the port, for both. */
    async fault(fault) {
      const refused = state.fault.mode === 'refuse';
      state.fault = fault;
      if (fault.mode === 'refuse' && !refused) {
        const closed = new Promise((resolve) => server.close(resolve));
        for (const socket of sockets) breakOff(socket);
        await closed;
      }
      if (refused && fault.mode !== 'refuse') await listen(port);
      for (const tell of state.changed) tell();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      speaker.close();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
