import { MongoClient } from 'mongodb';

const client = new MongoClient('mongodb://db');

export async function touch(id: string, keep: boolean): Promise<void> {
  const session = client.startSession();
  await client.db('shop').collection('users').updateOne({ id }, { $set: { keep } }, { session });
  return session.endSession();
}

export async function brief(): Promise<void> {
  const session = client.startSession(); await client.db('shop').dropDatabase({ session }); await session.endSession();
}
