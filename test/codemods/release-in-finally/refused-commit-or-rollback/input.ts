import createKnex from 'knex';

const knex = createKnex({ client: 'pg' });

export async function pay(id: string): Promise<void> {
  const transaction = await knex.transaction();
  await transaction('orders').where({ id }).update({ paid: true });
  await transaction.commit();
}
