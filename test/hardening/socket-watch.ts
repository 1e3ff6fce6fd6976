import { join } from 'node:path'
import { beforeEach, expect, inject } from 'vitest'
import { preload } from '../preload.ts'

// Runs before each test file: from here on this file, and every program it starts, reaches this machine only

const { testPath = '' } = expect.getState()

process.env.SOCKETS_FOLDER = inject('answers')
process.env.SOCKETS_TEST = testPath
preload(join(import.meta.dirname, 'sockets.cjs'))

beforeEach(({ task }) => {
  process.env.SOCKETS_TEST = `${testPath} > ${task.fullTestName}`
})
