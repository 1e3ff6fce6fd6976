import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, expect, test } from 'vitest'
import type { AuditLine } from '../../src/client/audit.ts'
import { auditTo, openAudit } from '../../src/cli/audit.ts'
import { calling, connects } from '../tools/confirming.ts'
import { open } from '../tools/session.ts'
import { Program, run } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-audit-'))
afterAll(() => rmSync(folder, { recursive: true }))

const linesOf = (text: string): AuditLine[] => text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as AuditLine)
const linesIn = (file: string): AuditLine[] => linesOf(readFileSync(file, 'utf8'))

const maren = '66f0c3d1a7b24e1000000001'

test('a line for each attempted write is in the file when the answer comes, and says nothing of what was written', async () => {
  const file = join(folder, 'writes.jsonl')
  const session = await open(['--toolsets', 'all', '--audit', file])
  await session.call('get_contact', { id: maren })
  expect(linesIn(file)).toEqual([])
  await session.call('create_note', { contact_id: maren, body: 'The secret of the lantern' })
  expect(linesIn(file)).toEqual([
    {
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      principal: 'local',
      tool: 'create_note',
      operation: 'create_note',
      effect: 'write',
      target: `/contacts/${maren}/notes`,
      digest: expect.stringMatching(/^[\da-f]{64}$/) as string,
      confirmation: 'not needed',
      outcome: 'committed',
    },
  ])
  await session.call('update_contact', { id: 'nobody', name: 'X' })
  await session.call('update_contact', { id: 'nobody', name: 'X' })
  const [, first, second] = linesIn(file)
  expect(first).toMatchObject({ operation: 'update_contact', outcome: 'rejected', code: 'not_found', target: '/contacts/nobody' })
  expect(second!.digest).toBe(first!.digest)
  expect(readFileSync(file, 'utf8')).not.toContain('lantern')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await session.close()
})

test('an executor is told as the tool', async () => {
  const file = join(folder, 'executor.jsonl')
  const session = await open(['--audit', file])
  await session.call('call_write_operation', { operation: 'create_tag', input: { name: 'Fragile' } })
  expect(linesIn(file)).toMatchObject([{ tool: 'call_write_operation', operation: 'create_tag', outcome: 'committed' }])
  await session.close()
})

test('what a person was asked and did not agree to leaves one line, and the question none', async () => {
  const file = join(folder, 'declined.jsonl')
  const args = ['--toolsets', 'all', '--audit', file]
  const client = await connects['SDK v2 speaking 2026-07-28']!({ args }, { questions: [], says: 'decline' })
  await calling(client)('delete_contact', { id: maren })
  expect(linesIn(file)).toMatchObject([{ operation: 'delete_contact', effect: 'destroy', target: `/contacts/${maren}`, confirmation: 'declined', outcome: 'not_sent', code: 'unconfirmed' }])
  await client.close()
  const session = await open(args, { INTERCOM_MCP_CONFIRM: 'all' })
  await session.call('delete_contact', { id: maren })
  expect(linesIn(file)).toHaveLength(1)
  await session.call('delete_contact', { id: maren, confirm_token: 'made up' })
  expect(linesIn(file).slice(1)).toMatchObject([{ confirmation: 'foreign', outcome: 'not_sent' }])
  await session.close()
})

test('to stderr', async () => {
  const program = new Program(['--audit', 'stderr', '--toolsets', 'tags'])
  program.send(
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } } },
    { id: 2, method: 'tools/call', params: { name: 'create_tag', arguments: { name: 'Fragile' } } },
  )
  await program.answer(2)
  program.child.stdin.end()
  await program.ended()
  expect(linesOf(program.stderr.split('\n').filter((line) => line.startsWith('{')).join('\n'))).toMatchObject([{ operation: 'create_tag', outcome: 'committed' }])
})

test('a file that cannot be written is told at once', async () => {
  expect(await run(['--audit', join(folder, 'missing', 'writes.jsonl')])).toMatchObject({ code: 2, stderr: expect.stringMatching(/^intercom-mcp: the audit log cannot be written: ENOENT.*\n$/) })
})

test('while the log cannot be written nothing is changed; what it owes comes first, once', async () => {
  const written: string[] = []
  let full = false
  const audit = auditTo(async (text) => {
    if (full) throw new Error('ENOSPC')
    written.push(text)
  })
  const line = (operation: string) => ({ operation }) as AuditLine
  await audit.ready()
  full = true
  await expect(audit.add(line('one'))).rejects.toThrow('ENOSPC')
  await expect(audit.ready()).rejects.toThrow('ENOSPC')
  full = false
  await Promise.all([audit.ready(), audit.ready()])
  await audit.add(line('two'))
  expect(written).toEqual(['\n{"operation":"one"}\n', '{"operation":"two"}\n'])
})

test('what it owes when the process ends is tried once more, and else stands on stderr', async () => {
  const written: string[] = []
  const stderr = new PassThrough({ encoding: 'utf8' })
  for (const isBack of [true, false]) {
    let full = true
    const audit = auditTo(async (text) => {
      if (full) throw new Error('ENOSPC')
      written.push(text)
    })
    await expect(audit.add({ operation: `back ${isBack}` } as AuditLine)).rejects.toThrow('ENOSPC')
    full = !isBack
    await audit.end(stderr)
  }
  expect([written, stderr.read()]).toEqual([['\n{"operation":"back true"}\n'], '{"operation":"back false"}\n'])
})

test('lines of writes at the same time stay whole', async () => {
  const file = join(folder, 'many.jsonl')
  const audit = await openAudit(file, process.stderr)
  await Promise.all(Array.from({ length: 200 }, (_, index) => audit.add({ operation: `write ${index}` } as AuditLine)))
  expect(linesIn(file)).toHaveLength(200)
})
