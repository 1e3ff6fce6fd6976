import { defineConfig } from 'vitest/config'

const afterwards = 'test/shapes/*.test.ts' // looks back on what every other test file was answered
const lastOfAll = 'test/hardening/*-of-all.test.ts' // and these, on where all of them connected to and what they wrote
const notOurs = '**/node_modules/**' // some tests have packages of their own

export default defineConfig({
  test: {
    globalSetup: 'test/setup.ts',
    setupFiles: ['test/shapes/recording.ts', 'test/hardening/socket-watch.ts', 'test/hardening/audit-watch.ts'],
    pool: 'threads', // starts sooner than processes
    testTimeout: 30_000, // a machine may be busy; nothing here measures time
    hookTimeout: 60_000,
    reporters: ['default', './test/totals.ts'],
    projects: [
      { extends: true, test: { name: 'all', include: ['test/**/*.test.ts'], exclude: [afterwards, lastOfAll, notOurs], sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'answers', include: [afterwards], sequence: { groupOrder: 1 } } },
      { extends: true, test: { name: 'of all', include: [lastOfAll], sequence: { groupOrder: 2 } } },
    ],
  },
})
