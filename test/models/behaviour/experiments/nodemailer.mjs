import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { experiments } from '../lib/experiment.mjs';

const MAIL = { from: 'a@example.org', to: 'b@example.org', subject: 'hello', text: 'hello' };

/** A mail server that answers with these lines, word by word, and is silent from where none is left. */
const speaks = (answers) => (socket) => {
  const left = { ...answers };
  if (left.greeting !== undefined) socket.write(`${left.greeting}\r\n`);
  socket.on('data', (data) => {
    const word = data.toString().split(/[\s:]/, 1)[0].toUpperCase();
    const answer = /\r\n\.\r\n$/.test(data.toString()) ? left.end : left[word];
    if (answer !== undefined) socket.write(`${answer}\r\n`);
  });
};
const OPENS = { greeting: '220 mail', EHLO: '250 mail' };
const SENDS = { ...OPENS, MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on', end: '250 taken' };

const sending = (lab, server, options = {}) => {
  const transport = lab.require('nodemailer').createTransport({ host: '127.0.0.1', port: server.port, ignoreTLS: true, ...options });
  return transport.sendMail(MAIL);
};

export default experiments({
  record: 'nodemailer',
  runs: [{ nodemailer: '10.6.0' }, { nodemailer: '6.10.1' }],
  experiments: [
    {
      name: 'connection-timeout',
      says: '`connectionTimeout: 300` ends a mail where connecting neither succeeds nor fails; without it the mail is pending after 4 s',
      proves: ['nodemailer/timeout/1'],
      async run(lab) {
        const deaf = await lab.deaf();
        await Promise.all([lab.fails(() => sending(lab, deaf, { connectionTimeout: 300 }), { after: 300, error: 'ETIMEDOUT' }), lab.hangs(() => sending(lab, deaf), 4000)]);
      },
    },
    {
      name: 'connection-timeout-default',
      says: 'unset, connecting is given up after 120 s',
      proves: ['nodemailer/timeout/1'],
      ms: 140_000,
      async run(lab) {
        const deaf = await lab.deaf();
        await lab.fails(() => sending(lab, deaf), { after: 120_000, late: 3000, error: 'ETIMEDOUT' });
      },
    },
    {
      name: 'greeting-timeout',
      says: '`greetingTimeout: 300` ends a mail to a server that says nothing, and unset it ends after 30 s; a server that greets and then says nothing passes it',
      proves: ['nodemailer/timeout/2'],
      ms: 45_000,
      async run(lab) {
        const silent = await lab.tcp();
        const greets = await lab.tcp(speaks({ greeting: '220 mail' }));
        await Promise.all([
          lab.fails(() => sending(lab, silent, { greetingTimeout: 300 }), { after: 300, error: 'ETIMEDOUT' }),
          lab.fails(() => sending(lab, silent), { after: 30_000, error: 'ETIMEDOUT' }),
          lab.hangs(() => sending(lab, greets, { greetingTimeout: 300 }), 4000),
        ]);
      },
    },
    {
      name: 'socket-timeout',
      says: '`socketTimeout: 300` ends a mail to a server that falls silent after its greeting, or when it has the mail, in the options and in the URL; without it, and with 0, the mail is pending after 4 s',
      proves: ['nodemailer/timeout/3'],
      async run(lab) {
        const greets = await lab.tcp(speaks(OPENS));
        const taking = await lab.tcp(speaks({ ...SENDS, end: undefined }));
        const byUrl = () => lab.require('nodemailer').createTransport(`smtp://127.0.0.1:${greets.port}/?socketTimeout=300&ignoreTLS=true`).sendMail(MAIL);
        await Promise.all([
          lab.fails(() => sending(lab, greets, { socketTimeout: 300 }), { after: 300, error: 'ETIMEDOUT' }),
          lab.fails(() => sending(lab, taking, { socketTimeout: 300 }), { after: 300, error: 'ETIMEDOUT' }),
          lab.fails(byUrl, { after: 300, error: 'ETIMEDOUT' }),
          lab.hangs(() => sending(lab, greets), 4000),
          lab.hangs(() => sending(lab, greets, { socketTimeout: 0 }), 4000),
        ]);
      },
    },
    {
      name: 'socket-timeout-default',
      says: 'unset, and with 0, a mail to a server that falls silent after its greeting ends after 10 minutes',
      proves: ['nodemailer/timeout/3'],
      ms: 640_000,
      async run(lab) {
        const greets = await lab.tcp(speaks(OPENS));
        await Promise.all([
          lab.fails(() => sending(lab, greets), { after: 600_000, late: 5000, error: 'ETIMEDOUT' }),
          lab.fails(() => sending(lab, greets, { socketTimeout: 0 }), { after: 600_000, late: 5000, error: 'ETIMEDOUT' }),
        ]);
      },
    },
    {
      name: 'no-total',
      says: 'with each of the four limits at 1 s, a server that sends a line of its answer every 500 ms kept the mail pending for 5 s',
      proves: ['nodemailer/timeout/5'],
      async run(lab) {
        const drips = await lab.tcp((socket) => {
          speaks({ greeting: '220 mail' })(socket);
          const timer = setInterval(() => socket.write('250-more\r\n'), 500);
          socket.on('close', () => clearInterval(timer));
        });
        await lab.hangs(() => sending(lab, drips, { connectionTimeout: 1000, greetingTimeout: 1000, socketTimeout: 1000, dnsTimeout: 1000 }), 5000);
      },
    },
    {
      name: 'dns-timeout',
      says: 'with a name server that answers nothing, `dnsTimeout: 300` ends a mail after 300 ms in 10; in 6, where each of the 4 tries has it, later; without it the mail is pending after 5 s',
      proves: ['nodemailer/timeout/4'],
      async run(lab) {
        const dns = lab.require('node:dns');
        const udp = createSocket('udp4');
        let asked = 0;
        udp.on('message', () => (asked += 1));
        udp.bind(0, '127.0.0.1');
        await once(udp, 'listening');
        const { port } = udp.address();
        // The library makes a resolver for each search.
        dns.Resolver = class extends dns.Resolver {
          constructor(options) {
            super(options);
            this.setServers([`127.0.0.1:${port}`]);
          }
        };
        const nowhere = { port: 1, host: 'mail.example.org' };
        const whole = lab.major('nodemailer') >= 10;
        await Promise.all([
          lab.fails(() => sending(lab, nowhere, { host: 'one.example.org', dnsTimeout: 300 }), { after: 300, late: whole ? 1000 : 8000, error: /timed out|ETIMEOUT/i }),
          lab.hangs(() => sending(lab, nowhere, { host: 'two.example.org' }), 5000),
        ]);
        assert.ok(asked >= 2, `the name server was asked ${asked} times`);
        udp.close();
      },
    },
    {
      name: 'one-attempt',
      says: 'a mail to a server that breaks the connection off, or answers 451, is tried on one connection and not again',
      proves: ['nodemailer/retry'],
      async run(lab) {
        const resets = await lab.tcp((socket) => socket.once('data', () => socket.resetAndDestroy()).write('220 mail\r\n'));
        const busy = await lab.tcp(speaks({ ...SENDS, MAIL: '451 try later', RSET: '250 ok' }));
        await lab.fails(() => sending(lab, resets), { after: 0 });
        await lab.fails(() => sending(lab, busy), { after: 0, error: /451/ });
        await lab.sleep(4000);
        assert.equal(resets.connections, 1);
        assert.equal(busy.connections, 1);
        assert.equal(busy.received.join('').split('MAIL FROM').length - 1, 1);
      },
    },
  ],
});
