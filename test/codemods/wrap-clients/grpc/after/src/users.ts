import { credentials } from '@grpc/grpc-js';
import { UsersClient } from './generated/users.js';
import { exampleInternalUsers, grpcPolicy } from './resilience.js';

export const users = new UsersClient('dns:///users.internal.example.com:443', credentials.createSsl(), { interceptors: [grpcPolicy(exampleInternalUsers)] });
