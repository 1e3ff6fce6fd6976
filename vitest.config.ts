import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/setup.ts',
    pool: 'threads', // starts sooner than processes
    testTimeout: 30_000, // a machine may be busy; nothing here measures time
    hookTimeout: 60_000,
    reporters: ['default', './test/totals.ts'],
  },
})
