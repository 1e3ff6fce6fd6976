import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/frameworks/*.spec.ts'], // not *.test.ts: npm test has none of these frameworks
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
