import { expect, test } from 'vitest'
import { digest } from '../../src/client/approval.ts'
import type { AuditLine } from '../../src/client/audit.ts'
import { getContact } from '../../src/contract/contacts.ts'
import { replyTicket } from '../../src/contract/tickets.ts'
import { connect, failureOf, serve } from './servers.ts'

const note = { id: '7', message_type: 'note', type: 'admin', admin_id: '1', body: 'hidden' } as const
const comment = { ...note, message_type: 'comment' } as const
const asking = { caller: { principal: 'ines', through: 'reply_ticket', policy: { confirm: new Set(['send'] as const) } } }

/** An audit in memory, which can be kept from writing. */
const ledger = () => {
  const lines: AuditLine[] = []
  const state = { full: false }
  const unlessFull = async () => {
    if (state.full) throw new Error('ENOSPC')
  }
  const add = async (line: AuditLine) => {
    await unlessFull()
    lines.push(line)
  }
  return { lines, state, audit: { ready: unlessFull, add } }
}

const answering = (status: number, body: unknown = { type: 'error.list', errors: [{ code: 'parameter_invalid', message: 'no' }], request_id: 'r1' }) => serve(() => ({ status, body }))

test('reads leave no line, writes one each, with who, what, where and how it ended', async () => {
  const { audit, lines } = ledger()
  const { baseUrl } = await serve(() => ({ body: { type: 'ticket_part', id: '1' } }))
  const client = connect(baseUrl, { ...asking, audit, now: () => 0 })
  await client.call(getContact, { id: '5' })
  await client.call(replyTicket, note)
  await failureOf(client.call(replyTicket, comment))
  await client.call(replyTicket, comment, { approval: { digest: digest('reply_ticket', comment) } })
  const usual = { time: '1970-01-01T00:00:00.000Z', principal: 'ines', tool: 'reply_ticket', operation: 'reply_ticket', target: '/tickets/7/reply' }
  expect(lines).toEqual([
    { ...usual, effect: 'write', digest: digest('reply_ticket', note), confirmation: 'not needed', outcome: 'committed' },
    { ...usual, effect: 'send', digest: digest('reply_ticket', comment), confirmation: 'missing', outcome: 'not_sent', code: 'unconfirmed' },
    { ...usual, effect: 'send', digest: digest('reply_ticket', comment), confirmation: 'given', outcome: 'committed' },
  ])
})

test('a person who declined, and a confirmation that does not count, leave their line too', async () => {
  const { audit, lines } = ledger()
  const { baseUrl, arrived } = await serve(() => ({ body: {} }))
  const client = connect(baseUrl, { ...asking, audit })
  const refused = ['declined', 'expired', 'used', 'foreign', 'unchecked'] as const
  for (const because of refused) {
    const approval = { digest: '', denial: { because, note: `It was ${because}.` } }
    expect(await failureOf(client.call(replyTicket, comment, { approval }))).toMatchObject({ code: 'unconfirmed', outcome: 'not_sent', advice: expect.stringContaining(`It was ${because}.`) as string })
  }
  expect(lines.map(({ confirmation, outcome, code }) => [confirmation, outcome, code])).toEqual(refused.map((because) => [because, 'not_sent', 'unconfirmed']))
  expect(arrived).toEqual([])
})

test('the line of a failure says what became of the write, and which request it was', async () => {
  const { audit, lines } = ledger()
  const { baseUrl } = await answering(400)
  await failureOf(connect(baseUrl, { audit }).call(replyTicket, note))
  expect(lines).toMatchObject([{ principal: 'local', outcome: 'rejected', code: 'rejected', request_id: 'r1' }])
  expect(lines[0]).not.toHaveProperty('tool')
})

test('nothing is sent while lines cannot be kept, and reads go on', async () => {
  const { audit, state, lines } = ledger()
  const { baseUrl, arrived } = await serve(() => ({ body: { type: 'contact', id: '5' } }))
  const client = connect(baseUrl, { audit })
  state.full = true
  expect(await failureOf(client.call(replyTicket, note))).toMatchObject({ code: 'policy_denied', outcome: 'not_sent', advice: expect.stringContaining('audit log') })
  await client.call(getContact, { id: '5' })
  expect(arrived).toHaveLength(1)
  expect(lines).toEqual([])
})

test('a write whose line fails has happened all the same, and is told so', async () => {
  const { audit, state } = ledger()
  const { baseUrl } = await serve(() => {
    state.full = true
    return { body: { type: 'ticket_part', id: '1' } }
  })
  expect(await connect(baseUrl, { audit }).call(replyTicket, note)).toMatchObject({ id: '1' })
})

test('a write that ends in what nobody expected may have happened', async () => {
  const { audit, lines } = ledger()
  const random = () => {
    throw new Error('no entropy')
  }
  await connect('http://127.0.0.1:9', { audit, random }).call(replyTicket, note).catch(() => {})
  expect(lines).toMatchObject([{ outcome: 'unknown', code: 'unexpected' }])
})

test('a write that is only answered again is told as a repetition', async () => {
  const { audit, lines } = ledger()
  const { baseUrl, arrived } = await serve(() => ({ body: { type: 'ticket_part', id: '1' } }))
  const client = connect(baseUrl, { audit })
  const write = () => client.call(replyTicket, note, { idempotencyKey: 'k' })
  await Promise.all([write(), write()])
  await write()
  await failureOf(client.call(replyTicket, { ...note, body: 'other' }, { idempotencyKey: 'k' }))
  expect(arrived).toHaveLength(1)
  expect(lines.map(({ outcome, repeat }) => [outcome, repeat])).toEqual([
    ['committed', undefined],
    ['committed', true],
    ['committed', true],
    ['not_sent', undefined],
  ])
})
