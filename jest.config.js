/** Specs, contracts and journeys, in Node's own module system because Nest is ESM. */
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
    experimental: { keepImportAttributes: true },
  },
  module: { type: 'es6' },
};

export default {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/infra', '<rootDir>/libs', '<rootDir>/test'],
  testMatch: ['**/*.spec.ts', '**/*.contract.ts', '**/*.journey.ts'],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/engines/jest-setup.mjs',
  globalTeardown: '<rootDir>/test/engines/jest-teardown.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', swc] },
  moduleNameMapper: {
    '^@common-thread/([a-z]+)/(.*)$': '<rootDir>/libs/$1/$2.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  // Every core: files of one run share a PostgreSQL and nothing else.
  maxWorkers: '100%',
  testTimeout: 60_000,
};
