import { describeCircuit } from './circuit-tests.js';

describeCircuit('cockatiel');
