import mysql from 'mysql2/promise';

const pool = mysql.createPool({ host: 'db' });

export class Orders {
	async close(id: string): Promise<number> {
		const connection = await pool.getConnection();
		const [rows] = await connection.query('SELECT total FROM orders WHERE id = ?', [id]);

		connection.release();
		return Array.isArray(rows) ? rows.length : 0;
	}
}
