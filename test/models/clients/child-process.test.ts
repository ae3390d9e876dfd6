import { describe, expect, it } from 'vitest';
import { verdictAt } from '../../facts/support.js';
import { seenCalls } from './seen-calls.js';

const BEFORE = "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; ";

describe('child_process: what its calls do', () => {
  it.each([
    ['a command with a callback', "exec('ls', (error, out) => {});", ['unknown']],
    ['a command that is waited for', "const run = promisify(exec); await run('ls');", ['unknown']],
    ['a program that is waited for', "const run = promisify(execFile); await run('ls', ['-l']);", ['unknown']],
    ['a command whose child is wanted', "const child = exec('serve'); child.stdout.pipe(log);", ['unknown stream']],
    ['a child that runs', "const child = spawn('node', ['server.js']); fork('./worker.js');", ['unknown stream', 'unknown stream']],
    ['a sync form', "execSync('git status');", []],
  ])('%s', (_, code, expected) => expect(seenCalls(`${BEFORE}\n${code}`)).toEqual(expected));
});

describe('child_process: what bounds them', () => {
  it.each([
    ['nothing set, with a callback', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; /*a*/exec('ls', (error, out) => {});", 'unbounded absent'],
    ['nothing set, waited for', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; const run = promisify(exec); await /*a*/run('ls');", 'unbounded absent'],
    ['nothing set, with arguments', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; /*a*/execFile('ls', ['-l'], (error, out) => {});", 'unbounded absent'],
    ['nothing set, among options', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; /*a*/execFile('ls', ['-l'], { cwd }, (error, out) => {});", 'unbounded absent'],
    ['a timeout', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; /*a*/exec('ls', { timeout: 5000 }, (error, out) => {});", 'bounded call-option'],
    ['a timeout without arguments', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; const run = promisify(execFile); await /*a*/run('ls', { timeout: 5000 });", 'bounded call-option'],
    ['a signal', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; const run = promisify(execFile); await /*a*/run('ls', [], { signal: AbortSignal.timeout(500) });", 'bounded signal'],
    ['options as a variable', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; const run = promisify(exec); export const sh = (options) => /*a*/run('ls', options);", 'unknown parameter'],
    ['options that are spread', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; /*a*/exec('ls', { ...options }, (error, out) => {});", 'unknown opaque-spread'],
    ['a child that runs', "import { exec, execFile, execSync, spawn, fork } from 'node:child_process'; import { promisify } from 'node:util'; /*a*/spawn('node', ['server.js']);", 'bounded stream'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));
});
