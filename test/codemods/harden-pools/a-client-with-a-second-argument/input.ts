import { MongoClient } from 'mongodb';

export const carts = new MongoClient('mongodb://carts.internal/carts');
export const users = new MongoClient('mongodb://users.internal/users', { maxPoolSize: 50 });
