/** Handlers for `http()` that answer JSON slowly, for clients that parse what they get. */

/** The head at once, then a blank every 100 ms, and at the end the JSON: a body that drips. */
export function dripsJson(value, { for: ms = 2500 } = {}) {
  return (request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(' ');
    const began = Date.now();
    const timer = setInterval(() => {
      if (Date.now() - began < ms) return void response.write(' ');
      clearInterval(timer);
      response.end(JSON.stringify(value));
    }, 100);
    response.on('close', () => clearInterval(timer));
  };
}

/** An answer in JSON; `headers` beside its type. */
export function answersJson(value, { status = 200, headers = {} } = {}) {
  return (request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
}
