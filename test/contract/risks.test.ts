import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import type { Effect } from '../../src/contract/operation.ts'

// a table of what is known about each operation, gathered by hand; a checkout may be without it
const file = resolve(import.meta.dirname, '../../../shared/intercom/operations.tsv')
const missing = !existsSync(file)

type Row = Record<'operationId' | 'kind' | 'paginated' | 'scope' | 'retry_safe' | 'success', string>

const read = (): Map<string, Row> => {
  const [header = [], ...rows] = readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split('\t'))
  return new Map(rows.map((cells) => [cells[0]!, Object.fromEntries(header.map((column, index) => [column, cells[index]])) as Row]))
}

const rows = missing ? new Map<string, Row>() : read()
const operations = missing ? [] : (await allOperations()).map(({ operation }) => operation)

const effects: Record<string, Effect[]> = { read: ['read'], write: ['write', 'send'], destructive: ['destroy'] }

/** The table's words for how a list is walked, and ours. */
const styles: Readonly<Record<string, string>> = { cursor: 'cursor', page: 'page', scroll: 'scroll', 'page-like': 'before' }

/** Operations whose row says more than yes or no to "may it be repeated", and what the contract makes of it. */
const repeatable: Readonly<Record<string, { idempotent: boolean; why: string }>> = {
  updateTicket: { idempotent: false, why: 'setting the state it already has is an error' },
}

describe('the contract against the table of permissions, risks and paging', () => {
  test.skipIf(missing)('../shared/intercom/operations.tsv is there, beside this checkout, and whole', () => {
    expect(rows.size).toBe(133)
  })

  test.each(operations)('$name', (operation) => {
    const row = rows.get(operation.operationId)!
    expect(operation.permission).toBe(row.scope.replace(/ \(.*\)$/, '')) // what stands in parentheses is where it was seen
    expect(effects[row.kind]).toContain(operation.effect)
    expect(operation.status ?? 200).toBe(Number(row.success))
    expect(operation.paging?.style).toBe(styles[/^[\w-]+/.exec(row.paginated)![0]])
    expect(operation.idempotent ?? operation.effect === 'read').toBe(
      repeatable[operation.operationId]?.idempotent ?? row.retry_safe.startsWith('yes'))
  })

  test.each(missing ? [] : Object.entries(repeatable))('still an exception: %s', (operationId) => {
    expect(rows.get(operationId)!.retry_safe).not.toMatch(/^(yes|no)\b/)
  })
})
