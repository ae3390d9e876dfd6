import { Client, credentials, loadPackageDefinition, makeClientConstructor, type ServiceDefinition } from '@grpc/grpc-js';

declare const definition: ServiceDefinition;
const Greeter = makeClientConstructor(definition, 'Greeter');

export const greeter = new Greeter('greeter:50051', credentials.createInsecure());
export const billing = new Client(process.env.BILLING_ADDRESS!, credentials.createSsl(), { 'grpc.max_receive_message_length': 8_000_000 });

const loaded = loadPackageDefinition({}) as any;
export const routes = new loaded.acme.routes.Routes('routes.acme.com:443', credentials.createSsl());
