import pg from 'pg';

const receipts = new pg.Pool({ host: 'ledger.internal', database: 'receipts', connectionTimeoutMillis: 2_000, query_timeout: 10_000 });

/** Failure: a charge without a receipt has no row. */
export async function receiptNumber(chargeId: string): Promise<string> {
  const { rows } = await receipts.query('SELECT number FROM receipts WHERE charge_id = $1', [chargeId]);
  return rows[0].number;
}

/** Sound: the missing row is an answer. */
export async function findReceiptNumber(chargeId: string): Promise<string | null> {
  const { rows } = await receipts.query('SELECT number FROM receipts WHERE charge_id = $1', [chargeId]);
  return rows[0]?.number ?? null;
}

/** Wrong: silence after a write. */
export async function storeReceipt(chargeId: string, number: string): Promise<void> {
  try {
    await receipts.query('INSERT INTO receipts (charge_id, number) VALUES ($1, $2)', [chargeId, number]);
  } catch {}
}

/** Wrong: an outage comes out as a customer without receipts. */
export async function receiptsOf(customerId: string): Promise<unknown[]> {
  try {
    const { rows } = await receipts.query('SELECT number FROM receipts WHERE customer_id = $1', [customerId]);
    return rows;
  } catch {
    return [];
  }
}

/** Sound: the error goes on, with what failed and why. */
export async function listReceipts(customerId: string): Promise<unknown[]> {
  try {
    const { rows } = await receipts.query('SELECT number FROM receipts WHERE customer_id = $1', [customerId]);
    return rows;
  } catch (error) {
    throw new Error(`receipts of ${customerId} cannot be read`, { cause: error });
  }
}
