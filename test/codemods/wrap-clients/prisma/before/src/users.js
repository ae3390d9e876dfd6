import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function names() {
  const users = await prisma.user.findMany();
  return users.map(({ name }) => name);
}

export const both = () => prisma.$transaction([prisma.user.deleteMany(), prisma.post.deleteMany()]);

export const rename = () =>
  prisma.$transaction(async (tx) => {
    await tx.user.updateMany({ data: { name: 'x' } });
  });
