import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What found the last mutant comes first, as its neighbour is likely to be found there too; then the quick before the slow. */
class LikeliestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const slowestFirst = await super.sort(files)
    const hasFailed = ({ moduleId }: TestSpecification) => this.ctx.cache.getFileTestResults(`:${moduleId.slice(this.ctx.config.root.length + 1)}`)?.failed === true
    return [...slowestFirst.filter(hasFailed), ...slowestFirst.filter((file) => !hasFailed(file)).toReversed()]
  }
}

/**
 * What keeps promises (client, policy, confirmation), for measuring its tests: which branches they reach (`npm run check`), which
 * mutants they find (`npm run mutation`). Only tests that run in this process count.
 */
export default defineConfig({
  test: {
    include: [
      'test/client/*.test.ts',
      'test/cli/policy-file.test.ts',
      'test/hardening/policy.test.ts',
      'test/tools/{permitted,rules,confirm-previews,confirm-refusals,confirm-state,confirm-words}.test.ts',
    ],
    exclude: ['test/client/containment.test.ts'], // of paths, which the contract makes; takes longer than all others
    setupFiles: 'test/hardening/socket-watch.ts', // holds every test to this machine
    pool: 'threads',
    isolate: false, // a mutant costs little more than loading the modules: once is enough
    sequence: { sequencer: LikeliestFirst },
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/client/*.ts', 'src/tools/confirm/*.ts', 'src/tools/{permitted,rules,unlisted}.ts', 'src/cli/{policy,policy-file}.ts'],
      reporter: [['text', { skipFull: true }]],
      thresholds: { branches: 100 },
    },
  },
})
