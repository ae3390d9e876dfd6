import { MongoClient } from 'mongodb';

export const carts = new MongoClient('mongodb://carts.internal/carts', { waitQueueTimeoutMS: 5000 });
export const users = new MongoClient('mongodb://users.internal/users', { maxPoolSize: 50, waitQueueTimeoutMS: 5000 });
