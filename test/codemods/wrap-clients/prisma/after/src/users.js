import { PrismaClient } from '@prisma/client';
import { database } from './resilience.js';

const prisma = new PrismaClient();

export async function names() {
  const users = await database.retryUnsent(() => prisma.user.findMany());
  return users.map(({ name }) => name);
}

export const both = () => prisma.$transaction([prisma.user.deleteMany(), prisma.post.deleteMany()]);

export const rename = () =>
  prisma.$transaction(async (tx) => {
    await tx.user.updateMany({ data: { name: 'x' } });
  });
