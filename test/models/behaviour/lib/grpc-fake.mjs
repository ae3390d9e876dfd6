/** A server of gRPC whose methods fail as they are told; what is sent is not read. */

const STATUS = { aborted: 10, unavailable: 14 };
const bytes = { requestSerialize: (buffer) => buffer, requestDeserialize: (buffer) => buffer, responseSerialize: (buffer) => buffer, responseDeserialize: (buffer) => buffer };

/**
 * @param {any} grpc the `@grpc/grpc-js` that lies beside the client
 * @param {Readonly<Record<string, 'silent' | 'unavailable' | 'aborted' | Buffer | readonly Buffer[]>>} methods by path
 *   (`/google.pubsub.v1.Publisher/Publish`): how it fails, or its answer; a list is a stream of answers
 */
export async function grpcFake(grpc, methods) {
  const calls = [];
  const server = new grpc.Server();
  const definition = Object.fromEntries(Object.entries(methods).map(([path, how]) => [path, { path, requestStream: false, responseStream: Array.isArray(how), ...bytes }]));
  const handlers = Object.fromEntries(
    Object.entries(methods).map(([path, how]) => [
      path,
      (call, callback) => {
        calls.push({ path, at: performance.now() });
        if (how === 'silent' || how[0] === 'silent') return;
        if (typeof how === 'string') callback({ code: STATUS[how], details: 'as told' });
        else if (Array.isArray(how)) {
          for (const answer of how) call.write(answer);
          call.end();
        } else callback(null, how);
      },
    ]),
  );
  server.addService(definition, handlers);
  const port = await new Promise((resolve, reject) => server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound))));
  return {
    port,
    host: `127.0.0.1:${port}`,
    calls,
    count: (name) => calls.filter(({ path }) => path.endsWith(name)).length,
  };
}
