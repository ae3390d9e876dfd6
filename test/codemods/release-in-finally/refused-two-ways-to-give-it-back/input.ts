import mysql from 'mysql2/promise';

const pool = mysql.createPool({ host: 'db' });

export async function check(): Promise<boolean> {
  const connection = await pool.getConnection();
  const [rows] = await connection.query('SELECT 1');
  if (!Array.isArray(rows)) {
    connection.destroy();
    return false;
  }
  connection.release();
  return true;
}
