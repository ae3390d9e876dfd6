import { credentials } from '@grpc/grpc-js';
import { UsersClient } from './generated/users.js';

export const users = new UsersClient('dns:///users.internal.example.com:443', credentials.createSsl());
