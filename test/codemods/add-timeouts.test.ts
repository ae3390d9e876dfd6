import addTimeouts from '../../codemods/add-timeouts.js';
import { codemodFixtures } from './fixtures.js';

codemodFixtures(addTimeouts);
