const controller = new AbortController()
const signal = controller.signal
const bounded = 1

module.exports.order = (id) => fetch(`http://orders.internal/${id}`, { signal })
module.exports.bounded = bounded
