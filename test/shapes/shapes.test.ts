import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { departures } from './departures.ts'
import type { Verdict } from './judge.ts'

// Runs after all other test files, each of which has judged what was answered to it

const folder = inject('answers')
const published = inject('published')
const filesIn = (folder: string, name: RegExp) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => name.test(file)).map((file) => join(folder, file))

const verdicts = filesIn(folder, /verdict\.json$/).map((file) => JSON.parse(readFileSync(file, 'utf8')) as Verdict)
const others = filesIn('test', /\.test\.ts$/).filter((file) => !/test.shapes|-of-all/.test(file))
const whole = verdicts.length === others.length

const seen = new Set(verdicts.flatMap((verdict) => verdict.seen))
const used = new Set(verdicts.flatMap((verdict) => verdict.used))
const operations = (await allOperations()).map(({ operation }) => operation)
const statusesOf = (operationId: string) => [...seen].filter((line) => line.startsWith(`${operationId} `)).map((line) => Number(line.split(' ')[1]))

describe('the answers of this run against the published OpenAPI', () => {
  test.skipIf(!published)('../shared/intercom/openapi-2.13.yaml is there, beside this checkout; without it no shape is checked', () => {
    expect(existsSync(join(folder, 'openapi.json'))).toBe(true)
  })

  test.runIf(published && whole).each(operations)('$name was seen to succeed and to be refused', ({ operationId, status = 200 }) => {
    const statuses = statusesOf(operationId)
    expect(statuses).toContain(status)
    expect(statuses.some((status) => status >= 400 && status < 500)).toBe(true)
  })

  test.runIf(published && whole).each(departures.map(([line, why], index) => ({ line, why, index })))('still true: $line', ({ index }) => {
    expect(used).toContain(index)
  })

  test.runIf(published && whole)('what was seen is noted for the table of coverage', () => {
    const rows = operations.map(({ operationId, status = 200 }) => ({
      operationId,
      shapeChecked: seen.has(`${operationId} ${status}`) || seen.has(`${operationId} ${status} official`),
      officialClient: seen.has(`${operationId} ${status} official`),
    }))
    mkdirSync('coverage', { recursive: true })
    writeFileSync('coverage/answers.json', `${JSON.stringify(rows, null, 2)}\n`)
    expect(rows).toHaveLength(operations.length)
  })
})
