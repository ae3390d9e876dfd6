import { Client } from '@grpc/grpc-js';

/** As generators write them. */
export class UsersClient extends Client {
  find(id: string, done: (error: Error | null, name?: string) => void): void {
    this.makeUnaryRequest('/users.Users/Find', (value: string) => Buffer.from(value), String, id, done);
  }
}
