import pg from 'pg';

export class Orders {
  private readonly pool = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: 20, // half of what the server takes
    connectionTimeoutMillis: 5000,
  });

  all() {
    return this.pool.query('SELECT id FROM orders');
  }
}
