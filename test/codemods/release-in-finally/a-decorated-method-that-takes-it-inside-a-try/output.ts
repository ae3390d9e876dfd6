import { Controller, Post, Res } from '@nestjs/common';
import { Pool } from 'pg';

@Controller('orders')
export class OrderController {
  constructor(private readonly pool: Pool) {}

  @Post()
  async create(@Res() res: { json(body: unknown): void; status(code: number): void }): Promise<void> {
    try {
      const client = await this.pool.connect();
      try {
        const result = await client.query('INSERT INTO orders DEFAULT VALUES RETURNING id');
        res.json(result.rows);
      } finally {
        client.release();
      }
    } catch (error) {
      res.status(500);
    }
  }
}
