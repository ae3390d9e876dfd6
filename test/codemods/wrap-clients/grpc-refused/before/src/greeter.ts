import { Client, credentials, InterceptingCall, type Interceptor } from '@grpc/grpc-js';

const log: Interceptor = (options, next) => new InterceptingCall(next(options));

export const logged = new Client('greeter:50051', credentials.createInsecure(), { interceptors: [log] });
export const provided = new Client('greeter:50051', credentials.createInsecure(), { interceptor_providers: [() => log] });
export const chosen = (address: string): Client => new Client(address, credentials.createInsecure());
