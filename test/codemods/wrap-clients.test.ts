import { packageFixtures } from './package-fixtures.js';

packageFixtures('wrap-clients', ['require-timeout', 'require-circuit-breaker', 'no-nested-retry', 'no-unsafe-retry']);
