'use strict';

const axios = require('axios');
const { setTimeout: sleep } = require('node:timers/promises');

exports.load = async function load(url) {
	for (let i = 0; i < 3; i++) {
		try {
			return await axios.get(url, { timeout: 1000 });
		} catch (error) {
			console.error(error);
			if (i < 2) await sleep(Math.random() * Math.min(10_000, 200 * 2 ** i));
		}
	}
};
