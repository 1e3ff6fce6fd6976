import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { find } from '../../../src/tools/find.ts'
import { published } from '../../../src/tools/published.ts'
import { isOperationTool } from '../../../src/tools/tool.ts'

const operations = (await published()).filter(isOperationTool)

/** What people say and the operations that would be right, by Intercom's names. */
const labelled = (file: string): { request: string; right: string[] }[] => {
  const [, ...lines] = readFileSync(join(import.meta.dirname, file), 'utf8').trim().split('\n')
  return lines.map((line) => line.split('\t')).map(([request = '', right = '']) => ({ request, right: right.split('|') }))
}

const firstFive = (request: string): string[] => find(request, operations).slice(0, 5).map(({ operationId }) => operationId)

/** `requests` were looked at while the finder was made; `unseen` were not, and show how well it does on what nobody thought of. */
test.each([
  ['requests.tsv', 0.95],
  ['unseen.tsv', 0.95],
])('the right operation is among the first five: %s', (file, least) => {
  const cases = labelled(file)
  const missed = cases.filter(({ request, right }) => !firstFive(request).some((found) => right.includes(found)))
  const share = 1 - missed.length / cases.length
  console.log(`${file}: ${(share * 100).toFixed(1)} % of ${cases.length}`)
  expect(cases.length).toBeGreaterThanOrEqual(200)
  expect(share, missed.map(({ request }) => request).join('\n')).toBeGreaterThanOrEqual(least)
})

test('each label is an operation, and no request says an operation by its name', () => {
  const ids = new Set(operations.map(({ operationId }) => operationId))
  const names = operations.flatMap(({ tool, operationId }) => [tool.name, operationId]).filter((name) => /_|[a-z][A-Z]/.test(name))
  for (const { request, right } of [...labelled('requests.tsv'), ...labelled('unseen.tsv')]) {
    expect(right.filter((id) => !ids.has(id)), request).toEqual([])
    expect(names.filter((name) => request.includes(name)), request).toEqual([])
  }
})

test('an operation is found by either of its names', () => {
  for (const { tool, operationId } of operations) expect([find(tool.name, operations)[0], find(operationId, operations)[0]].map((found) => found?.operationId)).toEqual([operationId, operationId])
})

test('news is not what is new', () => {
  for (const request of ['news', 'publish news', 'what news is there?', 'edit a news post']) expect(operations.find((tool) => tool.operationId === firstFive(request)[0])?.noun, request).toBe('news')
})
