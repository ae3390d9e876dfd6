import hardenRetries from '../../codemods/harden-retries.js';
import { codemodFixtures } from './fixtures.js';

codemodFixtures(hardenRetries);
