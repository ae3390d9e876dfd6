const mysql = require('mysql2');

// As on the page of the driver.
exports.prices = mysql.createPool({
  host: 'prices.internal',
  waitForConnections: true,
  connectionLimit: 10,
  queueLimit: 100,
});
