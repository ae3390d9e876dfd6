import { describeAttempts } from './attempts-tests.js';

describeAttempts('opossum');
