import type { ClientModel } from '../types.js';

export const models: readonly ClientModel[] = [
  {
    id: 'nodemailer',
    title: 'Nodemailer',
    kind: 'sdk',
    service: false,
    packages: ['nodemailer'],
    versions: '>=6',
    checked: ['10.6.0', '6.10.1'],
    exports: {
      createTransport: { is: 'factory', makes: 'transport', options: { at: [0] }, url: { argument: { at: [0] }, path: 'url' } },
    },
    clients: {
      transport: {
        title: 'mail transport',
        operations: { sendMail: { effect: 'write' }, verify: { effect: 'read' } },
        perCall: false,
        harmless: ['isIdle', 'use', 'set', 'get'],
        types: ['Transporter'],
      },
    },
    bounds: [
      { path: 'connectionTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 120_000, zero: 'default', urlParameter: 'connectionTimeout', note: 'bounds connecting', source: 'limits' },
      { path: 'greetingTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 30_000, zero: 'default', urlParameter: 'greetingTimeout', note: "bounds the wait for the server's greeting", source: 'limits' },
      { path: 'dnsTimeout', at: ['client'], covers: 'connect', unit: 'ms', default: 30_000, zero: 'default', urlParameter: 'dnsTimeout', note: "bounds finding the server's address", source: 'limits' },
      { path: 'socketTimeout', at: ['client'], covers: 'idle', unit: 'ms', default: 600_000, zero: 'default', urlParameter: 'socketTimeout', note: 'bounds silence; nothing bounds the whole of sending', source: 'limits' },
    ],
    // Other ways of sending than SMTP, and transports of others: `{ SES }`, `{ send() {} }`.
    replacedBy: ['SES', 'sendmail', 'jsonTransport', 'streamTransport', 'send'],
    edits: [{ at: 'client', path: 'socketTimeout', value: 'ms' }],
    seam: { kind: 'none', note: 'wrap `sendMail`', tried: false },
    retry: { retries: 0, methods: [], backoff: 'none', jitter: false, note: 'a mail that was not taken is not sent again', source: 'retry' },
    repeat: { again: ['sendMail'], same: ['verify'], source: 'repeat' },
    errors: { timeout: ['ETIMEDOUT'], nothingSent: ['ECONNREFUSED', 'EDNS'] },
    unbounded: 'waits 10 minutes before it gives up, the default of `socketTimeout`',
    mend: 'set `socketTimeout` where the transport is made',
    sources: {
      limits: 'nodemailer@10.6.0 dist/cjs/smtp-connection/index.js:51-54,257-264,447,829; nodemailer@6.10.1 lib/smtp-connection/index.js:14-17',
      retry: 'nodemailer@10.6.0 dist/cjs/smtp-transport/index.js; run: one connection for one mail',
      repeat: 'nodemailer@10.6.0 dist/cjs/mailer/index.js: a mail that is handed over twice is two mails, whatever its `messageId`',
    },
    verified: 'source+test',
  },
];
