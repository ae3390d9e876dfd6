import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { seenCalls } from './seen-calls.js';

const BEFORE = "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; ";

describe('FTP, LDAP, SSH and SOAP: what its calls do', () => {
  it.each([
    ['files', 'const ftp = new Ftp(); await ftp.access({ host }); const [first] = await ftp.list(); await ftp.uploadFrom(a, b); await ftp.downloadTo(a, b); ftp.close();', ['none', 'read [0] undefined', 'write', 'read']],
    ['a directory', 'const dir = ldap.createClient({ url }); dir.bind(dn, secret, done); dir.search(base, {}, done); dir.del(dn, done); dir.unbind();', ['none', 'read', 'write']],
    ['a command over SSH', "const ssh = new Ssh(); ssh.on('ready', go).connect({ host }); ssh.exec('ls', (error, stream) => {});", ['unknown stream']],
    ['a SOAP method', 'const client = await soap.createClientAsync(wsdl); const [result] = await client.AddAsync({ a: 1 });', ['unknown']],
  ])('%s', (_, code, expected) => expect(seenCalls(`${BEFORE}\n${code}`)).toEqual(expected));
});

describe('FTP, LDAP, SSH and SOAP: what bounds them', () => {
  it.each([
    ['FTP: the default of 30 s', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; const ftp = /*a*/new Ftp();", 'bounded library-default'],
    ['FTP: a limit of its own is a bare number, which is not read (known limitation)', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; const ftp = /*a*/new Ftp(0);", 'bounded library-default'],
    ['LDAP: nothing set', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; const dir = /*a*/ldap.createClient({ url });", 'unbounded absent'],
    ['LDAP: connecting alone is bounded', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; const dir = /*a*/ldap.createClient({ url, connectTimeout: 500 });", 'unbounded absent'],
    ['LDAP: a limit', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; const dir = /*a*/ldap.createClient({ url, timeout: 500 });", 'bounded client-option'],
    ['LDAP: options as a variable', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; export const open = (options) => /*a*/ldap.createClient(options);", 'unknown parameter'],
    ['SSH: a command is a stream', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; const ssh = new Ssh(); /*a*/ssh.exec('ls', (error, stream) => {});", 'bounded stream'],
    ['SOAP: nothing set', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; const client = await soap.createClientAsync(wsdl); await /*a*/client.AddAsync({ a: 1 });", 'unbounded absent'],
    ['SOAP: a limit', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; const client = await soap.createClientAsync(wsdl); await /*a*/client.AddAsync({ a: 1 }, { timeout: 500 });", 'bounded call-option'],
    ['SOAP: a sender of its own', "import { Client as Ftp } from 'basic-ftp'; import ldap from 'ldapjs'; import { Client as Ssh } from 'ssh2'; import * as soap from 'soap'; const client = await soap.createClientAsync(wsdl, { request: axios.create({ timeout: 500 }) }); await /*a*/client.AddAsync({ a: 1 });", 'unknown replaced-transport'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));
});
