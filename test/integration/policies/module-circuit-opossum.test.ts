import { describeCircuit } from './circuit-tests.js';

describeCircuit('opossum');
