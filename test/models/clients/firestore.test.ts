import { describe, expect, it } from 'vitest';
import { reportsOf, verdictAt } from '../../facts/support.js';
import { seenCalls } from '../../support/seen-calls.js';
import { sourceOf } from '../../support/source.js';
import { allModels } from '../../../src/models/lookup.js';
import { nullableUses } from '../../../src/facts/nullable-values.js';

const BEFORE = "import { Firestore } from '@google-cloud/firestore'; const db = new Firestore(); const user = db.collection('users').doc('a');\n";
const ADMIN = "import { initializeApp } from 'firebase-admin/app'; import { getFirestore } from 'firebase-admin/firestore'; import { getMessaging } from 'firebase-admin/messaging'; import { getAuth } from 'firebase-admin/auth'; initializeApp(); const db = getFirestore(); const messaging = getMessaging(); const auth = getAuth();\n";

describe('what calls of Firestore do', () => {
  it.each([
    ['a document', 'const snap = await user.get();', ['read']],
    ['writes', 'await user.set({ n: 1 }); await user.update({ n: 2 }); await db.collection("users").add({});', ['write', 'write', 'write']],
    ['a query', "await db.collection('users').where('n', '>', 1).orderBy('n').limit(1).get();", ['read docs[0] undefined']],
    ['a count', "await db.collection('users').count().get();", ['read']],
    ['a subscription', 'user.onSnapshot((snap) => use(snap));', ['read (stream)']],
    ['a batch, which sends when it is committed', 'const batch = db.batch(); batch.set(user, {}); await batch.commit();', ['write']],
    ['a transaction, with what it hands to its function', 'await db.runTransaction(async (t) => { const snap = await t.get(user); t.update(user, { n: 1 }); });', ['write', 'read']],
    ['what stands in a snapshot', 'const snap = await user.get(); use(snap.data());', ['read', 'none undefined']],
    ['a document that is handed in', "import type { DocumentReference } from '@google-cloud/firestore'; const f = (ref: DocumentReference) => ref.delete();", ['write']],
  ])('%s', (_, code, expected) => expect(seenCalls(BEFORE + code)).toEqual(expected));
});

describe('what bounds it, though nothing sets it', () => {
  it.each([
    ['a write, by itself', `${BEFORE} await /*a*/ user.set({ n: 1 });`, 'bounded library-default'],
    ['a transaction, by itself', `${BEFORE} await /*a*/ db.runTransaction(async () => {});`, 'bounded library-default'],
    ['a read: 300 s are too long', `${BEFORE} await /*a*/ user.get();`, 'unbounded absent'],
    ['a read within a limit', `import pTimeout from 'p-timeout'; ${BEFORE} await pTimeout(/*a*/ user.get(), { milliseconds: 500 });`, 'bounded policy'],
    ['a setting that sets nothing', "import { Firestore } from '@google-cloud/firestore'; const db = new Firestore({ reading: 500, timeout: 500 }); await /*a*/ db.doc('a/b').get();", 'unbounded absent'],
    ['a client as a whole, of which nothing can be asked', "import { Firestore } from '@google-cloud/firestore'; export const db = /*a*/ new Firestore();", 'silent'],
    ['a subscription', `${BEFORE} /*a*/ user.onSnapshot((snap) => use(snap));`, 'bounded stream'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('reports a client once, where it reads', () => expect(reportsOf(sourceOf(`${BEFORE} await user.get(); await user.set({});`))).toHaveLength(1));
  it('reports nothing where it only writes', () => expect(reportsOf(sourceOf(`${BEFORE} await user.set({}); await user.delete();`))).toEqual([]));
});

describe('what a snapshot holds', () => {
  const uses = (code: string): string[] => nullableUses(sourceOf(BEFORE + code, '/project/src/main.js'), new Set(['record']), true).map(({ verdict, source }) => `${source.name} ${verdict}`);

  it.each([
    ['nobody asks', 'export async function f() { const snap = await user.get(); return snap.data().name; }', ['Firestore snapshot .data unguarded']],
    ['held in a variable', 'export async function f() { const data = (await user.get()).data(); return data.name; }', ['Firestore snapshot .data unguarded']],
    ['taken apart', 'export async function f() { const { name } = (await user.get()).data(); return name; }', ['Firestore snapshot .data unguarded']],
    ['somebody asked', 'export async function f() { const snap = await user.get(); if (!snap.exists) return null; return snap.data().name; }', []],
    ['asked by a pattern', 'export async function f() { const snap = await user.get(); const { exists } = snap; return exists ? snap.data().name : null; }', []],
    ['guarded itself', 'export async function f() { const data = (await user.get()).data(); return data ? data.name : null; }', ['Firestore snapshot .data guarded']],
    ['read with ?.', 'export async function f() { return (await user.get()).data()?.name; }', []],
    ['the snapshots of a query are there', "export async function f() { const found = await db.collection('users').get(); return found.docs.map((snap) => snap.data().name); }", []],
    ['the first of a query', "export async function f() { const found = await db.collection('users').limit(1).get(); return found.docs[0].id; }", ['Firestore query .get unguarded']],
    ['the first of a query, where somebody asked', "export async function f() { const found = await db.collection('users').limit(1).get(); if (found.empty) return null; return found.docs[0].id; }", []],
    ['a snapshot that a transaction reads', 'export const f = () => db.runTransaction(async (t) => { const snap = await t.get(user); return snap.data().name; });', []],
  ])('%s', (_, code, expected) => expect(uses(code)).toEqual(expected));
});

describe('firebase-admin', () => {
  it.each([
    ['a message', "await messaging.send({ topic: 'news' });", ['write']],
    ['users', "await auth.getUser('a'); await auth.createUser({}); await auth.deleteUser('a');", ['read', 'write', 'write']],
    ['a token, which is checked by keys that are kept', "await auth.verifyIdToken('a');", []],
    ['Firestore', "await db.doc('a/b').get();", ['read']],
    ['the package as a whole, before 14', "import admin from 'firebase-admin'; await admin.messaging().send({ topic: 'a' }); await admin.firestore().doc('a/b').set({});", ['write', 'write']],
    ['a service that is handed in', "import type { Messaging } from 'firebase-admin/messaging'; const f = (m: Messaging) => m.sendEach([]);", ['write']],
  ])('%s', (_, code, expected) => expect(seenCalls(ADMIN + code)).toEqual(expected));

  it.each([
    ['a message, by itself', `${ADMIN} await /*a*/ messaging.send({ topic: 'news' });`, 'bounded library-default'],
    ['a user, by itself', `${ADMIN} await /*a*/ auth.getUser('a');`, 'bounded library-default'],
    ['a write to Firestore', `${ADMIN} await /*a*/ db.doc('a/b').set({});`, 'bounded library-default'],
    ['a read of Firestore', `${ADMIN} await /*a*/ db.doc('a/b').get();`, 'unbounded absent'],
    ['a service made with an app from elsewhere', "import { getMessaging } from 'firebase-admin/messaging'; export const f = (app) => /*a*/ getMessaging(app).send({ topic: 'a' });", 'bounded library-default'],
  ])('%s', (_, code, expected) => expect(verdictAt(code)).toBe(expected));

  it('is given up from outside alone, so nobody is told who did not ask', () => expect(allModels().clients.filter(({ id }) => id === 'firestore' || id === 'firebase-admin').map(({ unmendable }) => unmendable)).toEqual([true, true]));
  it('reports nothing of messages and users', () => expect(reportsOf(sourceOf(`${ADMIN} await messaging.send({ topic: 'a' }); await auth.getUser('a');`))).toEqual([]));
});
