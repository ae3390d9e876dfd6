import mysql from 'mysql2/promise';

export const prices = mysql.createPool('mysql://prices.internal/prices');
