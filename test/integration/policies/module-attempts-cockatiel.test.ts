import { describeAttempts } from './attempts-tests.js';

describeAttempts('cockatiel');
