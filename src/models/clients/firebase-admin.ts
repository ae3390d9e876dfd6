import type { BoundModel, ClientModel, ClientShape, ConstructModel, ExportModel, OperationModel } from '../types.js';
import { FIRESTORE_BOUNDS, FIRESTORE_CLIENTS, FIRESTORE_REPEAT, FIRESTORE_SOURCE } from './firestore.js';

const read: OperationModel = { effect: 'read' };
const write: OperationModel = { effect: 'write' };

/** Its options, where there are any, hold no limit. */
const made = (makes: string): { readonly is: 'factory' } & ConstructModel => ({ is: 'factory', makes });

const SERVICES = { auth: made('auth'), messaging: made('messaging'), firestore: made('firestore'), installations: made('installations') } as const;

/** As functions of a module each, and, before 14, of the package. */
const EXPORTS: Readonly<Record<string, ExportModel>> = {
  getAuth: SERVICES.auth, getMessaging: SERVICES.messaging, getFirestore: SERVICES.firestore, initializeFirestore: SERVICES.firestore, getInstallations: SERVICES.installations,
  ...Object.fromEntries(Object.entries(SERVICES).flatMap(([name, service]) => [[name, service], [`default.${name}`, service]])),
  'default.initializeApp': made('app'), 'default.app': made('app'), app: made('app'),
};

const MESSAGES = ['send', 'sendEach', 'sendEachForMulticast'] as const;
const USERS = ['getUser', 'getUserByEmail', 'getUserByPhoneNumber', 'getUserByProviderUid', 'getUsers', 'listUsers'] as const;
const CHANGES = ['updateUser', 'deleteUser', 'deleteUsers', 'setCustomUserClaims', 'revokeRefreshTokens', 'importUsers'] as const;
const LINKS = ['generatePasswordResetLink', 'generateEmailVerificationLink', 'generateVerifyAndChangeEmailLink', 'generateSignInWithEmailLink'] as const;
const TOPICS = ['subscribeToTopic', 'unsubscribeFromTopic'] as const;

const each = (names: readonly string[], operation: OperationModel): Record<string, OperationModel> => Object.fromEntries(names.map((name) => [name, operation]));

const CLIENTS: Readonly<Record<string, ClientShape>> = {
  ...FIRESTORE_CLIENTS,
  app: { title: 'Firebase app', operations: {}, members: SERVICES, perCall: false, harmless: ['delete'] },
  auth: {
    title: 'Firebase Auth',
    operations: { ...each(USERS, read), createUser: write, ...each(CHANGES, write), ...each(LINKS, write), createSessionCookie: write },
    perCall: false,
    // Its keys are kept, and a token is mostly checked without asking anybody.
    harmless: ['verifyIdToken', 'verifySessionCookie', 'createCustomToken', 'tenantManager'],
    types: ['Auth'],
  },
  messaging: { title: 'Firebase Messaging', operations: { ...each(MESSAGES, write), ...each(TOPICS, write) }, perCall: false, types: ['Messaging'] },
  installations: { title: 'Firebase Installations', operations: { deleteInstallation: write }, perCall: false, types: ['Installations'] },
};

const attempt = (client: string, ms: number): BoundModel => ({ path: `an attempt of ${client}`, fixed: true, at: ['client'], clients: [client], covers: 'attempt', unit: 'ms', default: ms, note: 'is made up to 5 times', source: 'timeout' });

export const models: readonly ClientModel[] = [
  {
    id: 'firebase-admin',
    title: 'firebase-admin',
    kind: 'sdk',
    packages: ['firebase-admin'],
    versions: '>=12',
    checked: ['14.5.1', '12.7.0'],
    exports: EXPORTS,
    clients: CLIENTS,
    bounds: [attempt('messaging', 15_000), attempt('auth', 25_000), attempt('installations', 10_000), ...FIRESTORE_BOUNDS],
    edits: [],
    seam: { kind: 'call', tried: false },
    retry: {
      retries: 4, methods: [...MESSAGES, ...TOPICS, ...USERS, 'createUser', ...CHANGES, ...LINKS, 'createSessionCookie', 'deleteInstallation'],
      backoff: 'exponential', jitter: false, retriesTimeouts: true,
      waits: { first: { byDefault: 1000 }, factor: { byDefault: 2 }, most: { byDefault: 60_000 } },
      note: 'after 503, a reset and its own time limit it sends again, the first time at once, so a message may arrive twice', source: 'retry',
    },
    repeat: {
      again: [...MESSAGES, 'createUser', ...FIRESTORE_REPEAT.again],
      same: [...TOPICS, ...CHANGES, 'deleteInstallation', ...FIRESTORE_REPEAT.same],
      source: 'run with firebase-admin@14.5.1 and 12.7.0: each attempt is a POST without a key',
    },
    errors: { timeout: ['app/network-timeout', 'DEADLINE_EXCEEDED'] },
    unbounded: 'waits 300 s for a read of Firestore and asks again, up to 5 times for a document',
    mend: 'give the call up from outside: no option bounds it',
    unmendable: true,
    sources: {
      timeout: 'firebase-admin@14.5.1 lib/messaging/messaging-api-request-internal.js:27, lib/auth/auth-api-request.js:39, lib/installations/installations-request-handler.js:30; run with 14.5.1 and 12.7.0',
      retry: 'firebase-admin@14.5.1 lib/utils/api-request.js:105-117; run with 14.5.1 and 12.7.0: after 503 and a reset a message is sent 5 times, at once and after 1, 2 and 4 s; after 500 once',
      firestore: FIRESTORE_SOURCE,
    },
    verified: 'source+test',
  },
];
