export async function compareSpeed() { throw new Error('x'); }
