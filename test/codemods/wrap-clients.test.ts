import { packageFixtures } from './package-fixtures.js';

packageFixtures('wrap-clients', ['require-timeout']);
