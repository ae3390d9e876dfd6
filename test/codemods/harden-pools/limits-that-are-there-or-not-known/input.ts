import { MongoClient } from 'mongodb';
import mysql from 'mysql2/promise';
import { Pool, type PoolConfig } from 'pg';

export const orders = new Pool({ connectionTimeoutMillis: Number(process.env.PG_WAIT) });
export const make = (config: PoolConfig) => new Pool({ max: 4, ...config });
export const prices = mysql.createPool(process.env.MYSQL_URL);
export const carts = new MongoClient(process.env.MONGO_URL);
