/**
 * Ends a connection with a reset. One that is being closed already is only destroyed: a reset after a shutdown
 * leaves libuv's loop spinning (Node 20).
 */
export function breakOff(socket) {
  if (socket.destroyed || socket.writableEnded || socket.readableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
