import { DataSource } from 'typeorm';

export async function roles(): Promise<unknown> {
  const dataSource = new DataSource({ type: 'postgres', connectTimeoutMS: 1000 });
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  const found = await runner.query('SELECT * FROM roles');
  await runner.release();
  await dataSource.destroy();
  return found;
}
