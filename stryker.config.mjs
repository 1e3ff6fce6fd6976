/** Mutation testing of what keeps promises: the client, with its policies, approvals and audit. Fails below a score of 90 in all. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/client/vitest.config.ts', related: false },
  mutate: ['src/client/*.ts', '!src/client/*.d.ts'],
  ignorePatterns: ['dist*', 'coverage', 'bench', 'docs', 'test/golden'], // of no use to the tests that run
  coverageAnalysis: 'perTest',
  disableBail: true, // Vitest loses some of the failures that end a run early, and the mutant would count as unnoticed
  ignoreStatic: true, // what runs while modules load costs a run of all tests for each mutant; tables are held by tests of their every line
  concurrency: 2,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tsconfigFile: 'none', // Stryker would rewrite it by TypeScript 5's API; the tests need none
  tempDirName: 'coverage/mutation',
}
