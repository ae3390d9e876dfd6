import { Pool } from 'pg';

const pool = new Pool({ max: 10 });

export async function safe(): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT 1');
  } finally {
    client.release();
  }
}

export async function lent() {
  const client = await pool.connect();
  await client.query('SET statement_timeout = 1000');
  return client;
}

/* eslint-disable-next-line resilience/require-release -- ends with the process */
export const forever = async (): Promise<void> => {
  const client = await pool.connect();
  client.on('notification', () => undefined);
  await client.query('LISTEN orders');
};
