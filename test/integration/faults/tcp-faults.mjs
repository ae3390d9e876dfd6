/** What a failing downstream does to a connection whose protocol is nobody's business: PostgreSQL, Redis. */
import { connect } from 'node:net';
import { breakOff } from './break-off.mjs';

/**
 * Modes: pass, hang (no byte moves, none is lost: as a process that was stopped), drip (`ms` a byte of an answer),
 * delay (`ms` a piece of an answer), reset, drop-reply (what was sent arrives; its answer becomes a reset).
 */
export function tcpFaults(targetPort, state) {
  return {
    accept(socket) {
      if (state.fault.mode === 'reset') {
        breakOff(socket);
        return;
      }
      const onward = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
      const both = [socket, onward];
      for (const [one, other] of [both, [onward, socket]]) {
        one.on('close', () => other.destroy());
        one.on('error', () => undefined);
      }
      const flow = () => {
        for (const one of both) one[state.fault.mode === 'hang' ? 'pause' : 'resume']();
        if (state.fault.mode === 'reset') breakOff(socket);
      };
      state.changed.push(flow);
      socket.on('close', () => state.changed.splice(state.changed.indexOf(flow), 1));
      socket.on('data', (piece) => {
        state.requests.push({ at: performance.now(), key: '' });
        onward.write(piece);
      });
      // One after the other, so that a late piece does not overtake.
      let before = Promise.resolve();
      onward.on('data', (piece) => {
        before = before.then(() => giveBack(state.fault, socket, piece));
      });
      flow();
    },
    close: () => undefined,
  };
}

async function giveBack(fault, socket, piece) {
  if (fault.mode === 'drop-reply') breakOff(socket);
  if (fault.mode === 'delay') await pause(fault.ms);
  if (fault.mode === 'drip') {
    for (const byte of piece) {
      if (socket.destroyed) return;
      socket.write(Buffer.of(byte));
      await pause(fault.ms);
    }
  } else if (!socket.destroyed) socket.write(piece);
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
