export async function create(db: { order: { create(data: object): Promise<object> } }, data: object): Promise<object | null> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await db.order.create(data);
    } catch (error) {
      if ((error as { code?: string }).code !== 'P2002') throw error;
    }
  }
  return null;
}
