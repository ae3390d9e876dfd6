const axios = require('axios');
const { setTimeout: delay } = require('node:timers/promises');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function load(url) {
    for (let i = 0; i < 3; i++) {
        try {
            return await axios.get(url, { timeout: 1000 });
        } catch (error) {
            console.error(error)
            if (i < 2) await delay(Math.random() * Math.min(10_000, 200 * 2 ** i))
        }
    }
}

module.exports = { load, sleep };
