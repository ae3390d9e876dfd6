import releaseInFinally from '../../codemods/release-in-finally.js';
import { codemodFixtures } from './fixtures.js';

codemodFixtures(releaseInFinally);
