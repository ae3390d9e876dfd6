/**
 * Counts on the server's side how often a library sends something: what the server did stays done although
 * its reply was lost.
 */

/**
 * @param {(sql: string) => Promise<readonly Record<string, unknown>[]>} rows runs a statement past whatever fails, and gives its rows
 */
export async function attempts(rows) {
  const name = `attempts_${process.pid}_${Math.floor(performance.now())}`;
  await rows(`CREATE TABLE ${name} (n INT)`);
  await rows(`CREATE SEQUENCE ${name}_read`);
  return {
    table: name,
    /** A write that leaves a row each time. */
    insert: `INSERT INTO ${name} VALUES (1)`,
    /** A statement that begins by SELECT and advances a sequence each time. */
    select: `SELECT nextval('${name}_read') AS n`,
    selectMysql: `SELECT NEXTVAL(${name}_read) AS n`,
    inserts: async () => Number((await rows(`SELECT COUNT(*) AS n FROM ${name}`))[0].n),
    selects: async () => Number((await rows(`SELECT nextval('${name}_read') AS n`))[0].n) - 1,
    selectsMysql: async () => Number((await rows(`SELECT NEXTVAL(${name}_read) AS n`))[0].n) - 1,
  };
}
