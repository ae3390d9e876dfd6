import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { seenCalls } from './seen-calls.js';

const BEFORE = "import nodemailer, { type Transporter } from 'nodemailer'; const transport = nodemailer.createTransport({ host: 'mail' });";

describe('Nodemailer: what its calls do', () => {
  it.each([
    ['a mail', 'await transport.sendMail({ to });', ['write']],
    ['a check', 'await transport.verify();', ['read']],
    ['a transport that is handed in', 'class Mail { constructor(private t: Transporter) {} send() { return this.t.sendMail({}); } }', ['write']],
    ['a transport that is required', "const t = require('nodemailer').createTransport({}); t.sendMail({}, done);", ['write']],
    ['the end is none', 'transport.close();', []],
  ])('%s', (_, code, expected) => expect(seenCalls(`${BEFORE}\n${code}`)).toEqual(expected));
});

describe('Nodemailer: what bounds them', () => {
  it.each([
    ['10 minutes by default', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport({ host: 'mail' });", 'unbounded absent'],
    ['connecting alone is bounded', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport({ host: 'mail', connectionTimeout: 500 });", 'unbounded absent'],
    ['a limit', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport({ host: 'mail', socketTimeout: 5000 });", 'bounded client-option'],
    ['a limit in the URL', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport('smtp://mail?socketTimeout=5000');", 'bounded client-option'],
    ['a URL without one', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport('smtp://mail');", 'unbounded absent'],
    ['a URL from the environment', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport(process.env.SMTP_URL);", 'unknown connection-url'],
    ['mail through SES', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport({ SES: { sesClient, SendEmailCommand } });", 'unknown replaced-transport'],
    ['a transport of another', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport(sendgrid({ key }));", 'unknown opaque-call'],
    ['no mail leaves the process', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport({ jsonTransport: true });", 'unknown replaced-transport'],
    ['options that are spread', "import nodemailer, { type Transporter } from 'nodemailer'; const t = /*a*/nodemailer.createTransport({ host, ...options });", 'unknown opaque-spread'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));
});
