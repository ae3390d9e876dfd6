import pg from 'pg';

/** Failure of the audit tier: a query to a hung server waits for ever, and so does a wait for a connection. */
const ledger = new pg.Pool({ host: 'ledger.internal', database: 'ledger' });

/** Sound: waiting for a connection and each query are bounded. */
const reporting = new pg.Pool({
  host: 'reporting.internal',
  database: 'ledger',
  connectionTimeoutMillis: 2_000,
  query_timeout: 10_000,
});

export async function recordCharge(chargeId: string, cents: number): Promise<void> {
  await ledger.query('INSERT INTO entries (charge_id, cents) VALUES ($1, $2) ON CONFLICT DO NOTHING', [chargeId, cents]);
}

export async function totalOf(day: string): Promise<number> {
  const { rows } = await reporting.query('SELECT coalesce(sum(cents), 0) AS total FROM entries WHERE day = $1', [day]);
  return Number(rows[0].total);
}
