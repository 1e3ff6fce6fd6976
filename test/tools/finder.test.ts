import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { effectOf } from '../../src/contract/operation.ts'
import { open, type Session, unmarked } from './session.ts'

let session: Session
beforeAll(async () => {
  session = await open()
  await session.client.listTools()
})
afterAll(() => session.close())

const operations = (await allOperations()).map(({ operation }) => operation)
const executors = { read: 'call_read_operation', write: 'call_write_operation', destructive: 'call_destructive_operation' } as const
const ofEffect = { read: executors.read, write: executors.write, send: executors.destructive, destroy: executors.destructive } as const

describe('find_operation', () => {
  test('tells all it takes to call what it finds', async () => {
    const { structured } = await session.call('find_operation', { request: 'ban a spammer', limit: 2 })
    const [found] = structured!.operations as Record<string, unknown>[]
    expect(found).toMatchObject({
      name: 'block_contact',
      operationId: 'BlockContact',
      area: 'contacts',
      effect: 'destroy',
      permission: 'Write users and companies',
      call_with: executors.destructive,
      input_schema: { type: 'object', required: ['id'] },
    })
  })

  test('tells with which input an operation is milder', async () => {
    const [snooze] = (await session.call('find_operation', { request: 'manage_conversation', limit: 1 })).structured!.operations as Record<string, unknown>[]
    expect(snooze).toMatchObject({ call_with: executors.destructive, milder: `${executors.write} without a body` })
    expect(operations.filter(({ effectOf, milder }) => (effectOf === undefined) !== (milder === undefined))).toEqual([])
  })

  test('shows the input schema as JSON in both forms', async () => {
    const { text, structured } = await session.call('find_operation', { request: 'search_contacts', limit: 1 })
    const [found] = structured!.operations as { input_schema: unknown }[]
    expect(JSON.parse(/input_schema: (\{.*\})$/m.exec(text)![1]!)).toEqual(found!.input_schema)
  })

  test('gives five unless asked for another number, and each form says all', async () => {
    const { structured, text } = await session.call('find_operation', { request: 'tag' })
    const found = structured!.operations as { name: string; permission: string }[]
    expect(found).toHaveLength(5)
    for (const { name, permission } of found) expect([text.includes(name), text.includes(permission)]).toEqual([true, true])
    expect((await session.call('find_operation', { request: 'tag', limit: 1 })).structured!.operations).toHaveLength(1)
  })

  test('says what to do when nothing fits, and when it was asked nothing', async () => {
    expect(await session.call('find_operation', { request: 'xyzzy' })).toMatchObject({ isError: false, structured: { operations: [], note: expect.stringContaining('areas are') } })
    expect(await session.call('find_operation')).toMatchObject({ isError: true, text: expect.stringContaining('request: required') })
  })

  test('stays within the size of an answer, whatever is asked', async () => {
    for (const request of ['create', 'search contact conversation ticket', 'update '.repeat(140)]) {
      const { text, structured, isError } = await session.call('find_operation', { request, limit: 10 })
      expect({ isError, long: Math.max(text.length, JSON.stringify(structured).length) > 19_000 }).toEqual({ isError: false, long: false })
    }
  })
})

describe('the executors', () => {
  test.each(operations)('$name is run by one and refused by the other two, unless its input makes it milder', async (operation) => {
    const { name, effect } = operation
    const input = { 'no such argument': 1 }
    const running = [ofEffect[effect], ofEffect[effectOf(operation, input)]]
    for (const executor of Object.values(executors)) {
      const { text, isError } = await session.call(executor, { operation: name, input })
      expect(isError).toBe(true)
      if (running.includes(executor)) expect(text).toContain('no such argument is not an argument')
      else expect(text).toContain(`call it with ${ofEffect[effect]}`)
    }
  })

  test('answer as the tool itself does', async () => {
    const input = { query: { field: 'external_id', operator: '=', value: 'usr_1042' } }
    const called = async (name: string, args: Record<string, unknown>) => unmarked(await session.call(name, args))
    const direct = await called('search_contacts', input)
    expect(await called(executors.read, { operation: 'search_contacts', input })).toEqual(direct)
    expect(await called(executors.read, { operation: 'SearchContacts', input: JSON.stringify(input) })).toEqual(direct)
  })

  test('let a note be a write, and a reply only what it is', async () => {
    const [ticket] = (await session.call('search_tickets', { query: { field: 'open', operator: '=', value: true } })).structured!.tickets as { id: string }[]
    const note = { id: ticket!.id, message_type: 'note', type: 'admin', admin_id: '4810101', body: 'Seen.' }
    expect(await session.call(executors.write, { operation: 'reply_ticket', input: note })).toMatchObject({ isError: false })
    const reply = { operation: 'reply_ticket', input: { ...note, message_type: 'comment' } }
    expect(await session.call(executors.write, reply)).toMatchObject({ isError: true, text: expect.stringContaining(`can reach a customer: call it with ${executors.destructive}`) })
    expect(await session.call(executors.destructive, reply)).toMatchObject({ isError: false })
  })

  test('judge what comes as JSON text by what it says', async () => {
    const sent: readonly [string, Record<string, unknown>][] = [
      ['create_article', { title: 'x', author_id: 4810101, translated_content: '{"fr":{"state":"published"}}' }],
      ['create_article', { title: 'x', author_id: 4810101, translated_content: { fr: '{"state":"published"}' } }],
      ['update_article', { id: '1', translated_content: '{"fr":{"title":"x"}}' }],
      ['create_message', { message_type: 'inapp', body: 'x', from: '{"type":"admin","id":4810101}', to: { type: 'user', id: '66f0c3d1a7b24e1000000001' } }],
    ]
    for (const [operation, input] of sent)
      expect(await session.call(executors.write, { operation, input })).toMatchObject({ isError: true, text: expect.stringContaining(`call it with ${executors.destructive}`) })
    const draft = { operation: 'create_article', input: { title: 'x', author_id: 4810101, translated_content: '{"fr":{"state":"draft"}}' } }
    expect(await session.call(executors.write, draft)).toMatchObject({ isError: false })
  })

  test('show where arguments belong that stand beside the name', async () => {
    const { text, isError } = await session.call(executors.read, { operation: 'get_company', id: '1' })
    expect({ text, isError }).toEqual({ isError: true, text: `The operation's own arguments belong in input: {"operation": "get_company", "input": {"id": …}}.` })
  })

  test('show the input schema when the input does not fit it', async () => {
    const { text } = await session.call(executors.read, { operation: 'get_company', input: {} })
    expect(text).toMatch(/^id: required, string\. The input_schema of get_company: \{"type":"object","properties":\{"id"/)
  })

  test('take no input for what needs none, and say that input is an object', async () => {
    for (const input of [undefined, null, {}, '{}']) expect(await session.call(executors.read, { operation: 'list_tags', input })).toMatchObject({ isError: false })
    for (const input of ['nonsense', '', [], 7]) expect(await session.call(executors.read, { operation: 'list_tags', input })).toMatchObject({ isError: true, text: expect.stringContaining('input: expected object') })
  })

  test('take a date with its zone where Unix seconds belong, and say so of any other', async () => {
    const call = (snoozed_until: string) => session.call(executors.write, { operation: 'manage_conversation', input: { id: '101', message_type: 'snoozed', admin_id: '4810101', snoozed_until } })
    expect((await call('2040-12-24T10:00+01:00')).structured).toMatchObject({ conversation: { snoozed_until: '2040-12-24T09:00Z' } })
    expect(await call('2040-12-24')).toMatchObject({ isError: true, text: expect.stringContaining('snoozed_until: expected Unix seconds, or a date with time and zone') })
  })

  test('say which operation may have been meant', async () => {
    const { text } = await session.call(executors.destructive, { operation: 'archive_contct', input: {} })
    expect(text).toMatch(/no operation "archive_contct"\. Did you mean "archive_contact"\? find_operation/)
  })
})

test('a tool that is not listed is answered with the call that reaches it', async () => {
  expect(await session.call('delete_contact', { id: '1' })).toMatchObject({ isError: true, text: expect.stringContaining('Call it with call_destructive_operation {"operation": "delete_contact"') })
})

test('a read-only server has the finder and the executor that reads', async () => {
  const readOnly = await open(['--read-only'])
  const names = (await readOnly.client.listTools()).tools.map(({ name }) => name)
  expect(names.filter((name) => /^(call|find)_/.test(name) && name.endsWith('operation'))).toEqual(['find_operation', executors.read])
  expect(await readOnly.call(executors.write, { operation: 'create_contact', input: {} })).toMatchObject({ isError: true, text: expect.stringMatching(/read-only/) })
  expect(await readOnly.call(executors.read, { operation: 'create_contact', input: {} })).toMatchObject({ isError: true, text: expect.stringMatching(/read-only, and create_contact would change/) })
  const [found] = (await readOnly.call('find_operation', { request: 'delete_company', limit: 1 })).structured!.operations as Record<string, unknown>[]
  expect(found).toMatchObject({ name: 'delete_company', off: 'This server is read-only, and delete_company would delete or hide anything in Intercom (--read-only, --allow).' })
  expect(found).not.toHaveProperty('call_with')
  await readOnly.close()
})
