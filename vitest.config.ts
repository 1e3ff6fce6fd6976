import { defineConfig } from 'vitest/config'

const lastOfAll = 'test/shapes/*.test.ts' // looks back on what every other test file was answered

export default defineConfig({
  test: {
    globalSetup: 'test/setup.ts',
    setupFiles: 'test/shapes/recording.ts',
    pool: 'threads', // starts sooner than processes
    testTimeout: 30_000, // a machine may be busy; nothing here measures time
    hookTimeout: 60_000,
    reporters: ['default', './test/totals.ts'],
    projects: [
      { extends: true, test: { name: 'all', include: ['test/**/*.test.ts'], exclude: [lastOfAll], sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'answers', include: [lastOfAll], sequence: { groupOrder: 1 } } },
    ],
  },
})
