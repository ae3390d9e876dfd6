import addErrorCauses from '../../codemods/add-error-causes.js';
import { codemodFixtures } from './fixtures.js';

codemodFixtures(addErrorCauses);
