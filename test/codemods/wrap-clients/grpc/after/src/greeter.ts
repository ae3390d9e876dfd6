import { Client, credentials, loadPackageDefinition, makeClientConstructor, type ServiceDefinition } from '@grpc/grpc-js';
import { acmeRoutes, billing as billingPolicy, greeter as greeterPolicy, grpcPolicy } from './resilience';

declare const definition: ServiceDefinition;
const Greeter = makeClientConstructor(definition, 'Greeter');

export const greeter = new Greeter('greeter:50051', credentials.createInsecure(), { interceptors: [grpcPolicy(greeterPolicy)] });
export const billing = new Client(process.env.BILLING_ADDRESS!, credentials.createSsl(), { 'grpc.max_receive_message_length': 8_000_000, interceptors: [grpcPolicy(billingPolicy)] });

const loaded = loadPackageDefinition({}) as any;
export const routes = new loaded.acme.routes.Routes('routes.acme.com:443', credentials.createSsl(), { interceptors: [grpcPolicy(acmeRoutes)] });
