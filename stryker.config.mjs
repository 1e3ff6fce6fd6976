/** Mutation testing of what keeps promises: client, policy and confirmation. Fails below a score of 90 in all. */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/trust.vitest.config.ts', related: false },
  mutate: ['src/client/*.ts', '!src/client/*.d.ts', 'src/tools/confirm/*.ts', 'src/tools/{permitted,rules,unlisted}.ts', 'src/cli/{policy,policy-file}.ts'],
  ignorePatterns: ['dist*', 'coverage', 'bench', 'docs'], // of no use to the tests that run
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
