import hardenPools from '../../codemods/harden-pools.js';
import { codemodFixtures } from './fixtures.js';

codemodFixtures(hardenPools);
