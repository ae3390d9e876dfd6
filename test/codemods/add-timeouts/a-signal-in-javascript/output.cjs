const controller = new AbortController()
const signal = controller.signal
const bounded = 1

module.exports.order = (id) => fetch(`http://orders.internal/${id}`, { signal: boundedSignal(10_000, signal) })
module.exports.bounded = bounded

/** A signal that fires after some milliseconds, or with its parent. `AbortSignal.any` loses such a pair to the garbage collector before Node 22.16. */
function boundedSignal(ms, parent) {
  const controller = new AbortController()
  const timeout = AbortSignal.timeout(ms)
  const stop = () => {
    parent.removeEventListener('abort', stop)
    controller.abort(parent.aborted ? parent.reason : timeout.reason)
  }
  timeout.addEventListener('abort', stop, { once: true })
  if (parent.aborted) stop()
  else parent.addEventListener('abort', stop, { once: true })
  return controller.signal
}
