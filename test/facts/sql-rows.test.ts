import { describe, expect, it } from 'vitest';
import { rowsOf, type Rows } from '../../src/facts/sql-rows.js';

type Case = [statement: string | (string | null)[], rows: Rows];

const CASES: Case[] = [
  ['SELECT id FROM orders WHERE id = $1', 'may-be-none'],
  ['select * from orders o join users u on u.id = o.user_id where o.id = ?', 'may-be-none'],
  ['SELECT id FROM orders WHERE id = $1 LIMIT 1;', 'may-be-none'],
  ['SELECT id FROM orders WHERE id = $1 FOR UPDATE SKIP LOCKED', 'may-be-none'],
  ['SELECT id FROM orders', 'unknown'],
  ['SELECT id FROM orders LIMIT 1', 'unknown'],
  ['SELECT id FROM orders WHERE 1=1', 'unknown'],
  ['SELECT id FROM orders WHERE true', 'unknown'],
  ['SELECT count(*) FROM orders WHERE id = $1', 'always-some'],
  ['SELECT COUNT(*)::int AS n FROM orders WHERE id = $1', 'always-some'],
  ['SELECT coalesce(sum(price), 0) AS total FROM orders WHERE user_id = $1', 'always-some'],
  ['SELECT max(id) FROM orders WHERE a = 1 ORDER BY 1', 'always-some'],
  ['SELECT count(*) FILTER (WHERE paid) FROM orders WHERE id = $1', 'always-some'],
  ['SELECT user_id, count(*) FROM orders WHERE id = $1 GROUP BY user_id', 'may-be-none'],
  ['SELECT user_id, count(*) FROM orders GROUP BY user_id', 'unknown'],
  ['SELECT max(id) FROM orders HAVING count(*) > 3', 'may-be-none'],
  ['SELECT count(*) OVER () AS total, id FROM orders WHERE id = $1', 'may-be-none'],
  ['SELECT id, (SELECT count(*) FROM lines WHERE order_id = o.id) FROM orders o WHERE id = $1', 'may-be-none'],
  ['SELECT EXISTS (SELECT 1 FROM orders WHERE id = $1)', 'always-some'],
  ['SELECT now()', 'always-some'],
  ['SELECT LAST_INSERT_ID() FROM dual', 'always-some'],
  ['SELECT unnest($1::int[])', 'unknown'],
  ['SELECT * FROM next_job($1)', 'unknown'],
  ['SELECT * FROM next_job($1) WHERE id = 1', 'unknown'],
  ['VALUES (1)', 'always-some'],
  ['SELECT a FROM t WHERE x = 1 UNION SELECT b FROM u WHERE y = 2', 'unknown'],
  ["INSERT INTO orders (id) VALUES ($1) RETURNING id", 'always-some'],
  ['INSERT INTO orders (id) VALUES ($1)', 'unknown'],
  ['INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id', 'may-be-none'],
  ['INSERT INTO orders (id) VALUES ($1) ON CONFLICT (id) DO NOTHING RETURNING id', 'may-be-none'],
  ['INSERT INTO orders (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET a = 1 RETURNING id', 'always-some'],
  ['INSERT INTO orders (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET a = 1 WHERE orders.a < 1 RETURNING id', 'may-be-none'],
  ['INSERT INTO orders (id) SELECT id FROM carts WHERE id = $1 RETURNING id', 'may-be-none'],
  ['UPDATE orders SET paid = true WHERE id = $1 RETURNING *', 'may-be-none'],
  ['UPDATE orders SET paid = true WHERE id = $1', 'unknown'],
  ['UPDATE orders SET paid = true RETURNING *', 'unknown'],
  ['DELETE FROM orders WHERE id = $1 RETURNING id', 'may-be-none'],
  ['WITH mine AS (SELECT count(*) FROM orders) SELECT id FROM users WHERE id = $1', 'may-be-none'],
  ['WITH mine AS (SELECT id FROM orders WHERE id = $1) SELECT count(*) FROM mine', 'always-some'],
  ["-- count(*)\nSELECT id /* max(id) */ FROM orders WHERE name = 'count(*) group by'", 'may-be-none'],
  ['SELECT "count" FROM orders WHERE id = $1', 'may-be-none'],
  [['SELECT ', null, ' FROM orders WHERE id = $1'], 'unknown'],
  [['SELECT id FROM ', null, ' WHERE id = ', null], 'may-be-none'],
  [['SELECT id FROM orders ', null], 'unknown'],
  ['BEGIN; SELECT id FROM orders WHERE id = 1', 'unknown'],
  ['EXPLAIN SELECT 1', 'unknown'],
  ['SELECT ((id FROM orders WHERE', 'unknown'],
  ['', 'unknown'],
];

describe('how many rows a statement answers', () => {
  it.each(CASES)('%j: %s', (statement, rows) => {
    expect(rowsOf(typeof statement === 'string' ? [statement] : statement)).toBe(rows);
  });
});
