import { readdirSync } from 'node:fs'
import { expect, inject, test } from 'vitest'
import { attemptsIn } from './sockets.ts'
import { tally } from './figures.ts'

// Runs after all other test files

const { held } = tally('Every test, and every program a test starts, connects to this machine only (test files)')

const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))

test('no test of this run, and no program that one started, reached for another machine', () => {
  expect(attemptsIn(inject('answers'))).toEqual([])
  held(files.length)
})
