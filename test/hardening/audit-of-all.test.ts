import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import type { AuditLine } from '../../src/client/audit.ts'
import { tally } from './figures.ts'

// Runs after all other test files, and looks back on the audit logs of all servers that they started

const { held } = tally('Each write leaves one audit line: lines against changes in the workspace, over the whole test run (writes)')

const linesIn = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [])

interface Ledger {
  readonly server: string
  readonly changes: number
  readonly committed: number
  readonly unknown: number
}

/** Of each server that ended by itself: how often its workspace changed, and what its audit log says of that. */
const ledgersIn = (folder: string): Ledger[] =>
  readdirSync(folder).filter((name) => name.endsWith('.ended')).map((name) => {
    const server = join(folder, name.replace('.ended', ''))
    const lines = linesIn(`${server}.lines`).map((line) => JSON.parse(line) as AuditLine).filter(({ repeat }) => !repeat)
    const ending = (outcome: string) => lines.filter((line) => line.outcome === outcome).length
    return { server, changes: linesIn(`${server}.changes`).length, committed: ending('committed'), unknown: ending('unknown') }
  })

/** Servers whose log and whose workspace do not agree. */
const wrongIn = (folder: string): Ledger[] => ledgersIn(folder).filter(({ changes, committed, unknown }) => changes < committed || changes > committed + unknown)

test('every change of an embedded workspace has its line, and no line is without a change', () => {
  const folder = join(inject('answers'), 'audit')
  expect(wrongIn(folder)).toEqual([])
  held(ledgersIn(folder).reduce((sum, { changes }) => sum + changes, 0))
})

test('a change without a line is seen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-ledger-'))
  for (const [name, text] of [['1.ended', ''], ['1.changes', 'create_note\n']] as const) writeFileSync(join(folder, name), text)
  expect(wrongIn(folder)).toHaveLength(1)
  writeFileSync(join(folder, '1.lines'), `${JSON.stringify({ outcome: 'committed' })}\n`)
  expect(wrongIn(folder)).toEqual([])
  rmSync(folder, { recursive: true })
})
