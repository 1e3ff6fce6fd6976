import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, inject } from 'vitest'
import { preload } from '../preload.ts'
import type { Answer, Verdict } from './judge.ts'

// Runs before each test file, and after it: whatever was answered to its requests must have the published shape

const folder = join(inject('answers'), randomUUID())

mkdirSync(folder)
process.env.ANSWERS_FOLDER = folder
preload(join(import.meta.dirname, 'recorder.cjs'))

/** A program that was killed may have left half a line. */
const answersIn = (file: string): Answer[] =>
  readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1).map((line) => JSON.parse(line) as Answer)

const judged = async (): Promise<Verdict> => {
  const answers = readdirSync(folder).flatMap(answersIn)
  const published = join(inject('answers'), 'openapi.json')
  if (answers.length === 0 || !existsSync(published)) return { seen: [], wrong: [], used: [] }
  const { judge } = await import('./judge.ts')
  return judge(answers, published)
}

const advice = 'The workspace answered what Intercom does not publish. If its document is wrong there, say so in test/shapes/departures.ts.'

afterAll(async () => {
  const verdict = await judged()
  writeFileSync(join(folder, 'verdict.json'), JSON.stringify(verdict))
  expect(verdict.wrong, advice).toEqual([])
})
