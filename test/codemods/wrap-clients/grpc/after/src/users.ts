import { credentials } from '@grpc/grpc-js';
import { UsersClient } from './generated/users.js';
import { exampleInternalUsers, grpcPolicy } from './resilience';

export const users = new UsersClient('dns:///users.internal.example.com:443', credentials.createSsl(), { interceptors: [grpcPolicy(exampleInternalUsers)] });
