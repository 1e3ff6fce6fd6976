import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { encode } from '../../src/contract/wire.ts'
import { openDatabase } from '../../src/workspace/sqlite.ts'
import { sample } from '../contract/generate.ts'
import { type Answer, asking, morning } from './asking.ts'
import { fieldsInPath, incomplete, type Misshapen, tooDeep, wrongCursors, wrongPages, wrongTypes } from './misshapen.ts'
import { ines, maren, productFixes } from './opened.ts'

const operations = (await allOperations()).map(({ operation }) => operation)

/** What Intercom calls mistakes of its callers, by status. */
const codes: Readonly<Record<number, RegExp>> = {
  400: /^(bad_request|client_error|parameter_(invalid|not_found|mismatch)|invalid_field|intercom_version_invalid|\w+_invalid)$/,
  401: /^unauthorized$/,
  403: /^forbidden$/,
  404: /^(\w+_)?not_found$/,
  413: /^client_error$/,
  415: /^unsupported$/,
  422: /^(parameter_(invalid|not_found)|data_invalid)$/,
}

const cedarCove = '66f0c3d1a7b24e2000000001'

const file = join(tmpdir(), `intercom-mcp-bad-input-${process.pid}-${Math.random()}.db`)
const limit = 200_000
const { ask, workspace } = asking({
  file,
  maxBodyBytes: limit,
  rateLimit: 1_000_000,
  tokens: [{ permissions: 'all' }, { token: 'may-do-nothing', permissions: [] }],
})
/** Two workspaces that are asked the same and so stay the same. */
const plain = asking()
const padded = asking()

const observer = openDatabase(file)
/** Differs after anything was written to the file. */
const version = () => Object.values(observer.prepare('PRAGMA data_version').get() as object)[0] as number

afterAll(() => {
  observer.close()
  workspace.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
})

/** A request for the operation with this input, in which anything may be wrong. */
const send = (operation: Operation, input: Record<string, unknown>, body?: unknown, headers?: Record<string, string>): Promise<Answer> => {
  const request = encode(operation, input)
  return ask(request.method, request.path, body ?? request.body, headers)
}

/** Its own code; one operation has no list of errors. */
const codeOf = ({ body }: Answer): unknown => body?.errors?.[0]?.code ?? body?.error_key

const comparable = ({ status, body }: Answer) => ({ status, body: body && { ...body, request_id: null } })

/** Sends what is wrong; it must be refused with one of these statuses, in Intercom's terms, and nothing may have changed. */
const expectRefusal = async (statuses: readonly number[], what: string, answering: () => Promise<Answer>): Promise<Answer> => {
  const before = version()
  const answer = await answering()
  const told = `${what}: ${answer.status} ${JSON.stringify(answer.body)}`
  expect(statuses, told).toContain(answer.status)
  expect(codeOf(answer), told).toMatch(codes[answer.status]!)
  expect(version(), `${what} changed something`).toBe(before)
  return answer
}

const expectRefusals = async (operation: Operation, cases: readonly Misshapen[], statuses: readonly number[]): Promise<void> => {
  for (const { what, input } of cases) await expectRefusal(statuses, what, () => send(operation, input))
}

const hasBody = (operation: Operation): boolean => encode(operation, sample(operation)).body !== undefined

/** Names nothing anywhere, or is no id at all. */
const noIds = ['0', '999999999', '66f0c3d1a7b24e10ffffffff', 'no-such-thing', '-1', '12345678901234567890', 'a/b', '\u{1f600}']

/** Something that exists, by what stands before its id in a path. */
const realIds: Readonly<Record<string, string>> = { contacts: maren.id, admins: ines, teams: productFixes, companies: cedarCove, tags: '8020001' }

/** Ids that the operation cannot find in this place of its path. */
const strangeIds = ({ route }: Operation, name: string): string[] => {
  const kind = new RegExp(`/(\\w+)/\\{${name}\\}`).exec(route)?.[1]
  return [...noIds, ...Object.entries(realIds).flatMap(([other, id]) => (other === kind ? [] : [id]))]
}

/** A cursor of each of two lists, by whose it is. */
const cursors = {
  ListContacts: (await ask('GET', '/contacts?per_page=1')).body.pages.next.starting_after,
  SearchContacts: (await ask('POST', '/contacts/search', { query: { field: 'role', operator: '=', value: 'user' }, pagination: { per_page: 1 } })).body.pages.next.starting_after,
}

/** Cursors that are none, are cut short, or belong to another list. */
const strangeCursors = ({ operationId }: Operation): string[] => [
  'no-cursor',
  cursors.ListContacts.slice(0, -4),
  ...Object.entries(cursors).flatMap(([other, cursor]) => (other === operationId ? [] : [cursor])),
]

test('a change would be noticed', async () => {
  const before = version()
  expect((await ask('POST', '/contacts', { email: 'someone@example.com' })).status).toBe(200)
  expect(version()).not.toBe(before)
})

describe.each(operations)('$name', (operation) => {
  test('without a token, or with one that lacks the permission', async () => {
    await expectRefusal([401], 'a wrong token', () => send(operation, sample(operation), undefined, { authorization: 'Bearer wrong' }))
    await expectRefusal([403], 'a token that may do nothing', () => send(operation, sample(operation), undefined, { authorization: 'Bearer may-do-nothing' }))
  })

  test('with a value of the wrong type', async () => {
    await expectRefusals(operation, wrongTypes(operation), [400])
  })

  test('without what is required', async () => {
    await expectRefusals(operation, incomplete(operation), [400, 422])
  })

  test('with a key it does not know, which is ignored', async () => {
    const { method, path, body } = encode(operation, sample(operation))
    const unknown = { 'no such key': 'no such value' }
    const without = await plain.ask(method, path, body)
    const withIt = await padded.ask(method, `${path}${path.includes('?') ? '&' : '?'}no_such_key=1`, body && { ...body, ...unknown })
    expect(comparable(withIt)).toEqual(comparable(without))
  })
})

test.each(operations.filter(hasBody))('$name with a body that is no JSON object, of another type, or too large', async (operation) => {
  for (const broken of ['{"name": ', '[1]', '"text"', '{"a": 1} {', '\u0000'])
    await expectRefusal([400], broken, () => send(operation, sample(operation), broken))
  await expectRefusal([415], 'plain text', () => send(operation, sample(operation), '{}', { 'content-type': 'text/plain' }))
  await expectRefusal([413], 'a body over the limit', () => send(operation, sample(operation), { padding: 'x'.repeat(limit) }))
})

test.each(operations.filter((operation) => fieldsInPath(operation).length > 0))('$name with an id of another kind, or of nothing', async (operation) => {
  for (const name of fieldsInPath(operation))
    for (const id of strangeIds(operation, name))
      await expectRefusal([404, 400, 422], `${name} ${id}`, () => send(operation, { ...sample(operation), [name]: id }))
})

test.each(operations.filter(({ paging, search }) => paging !== undefined || search !== undefined))('$name with a page that cannot be, or a filter too deep', async (operation) => {
  await expectRefusals(operation, [...wrongPages(operation), ...tooDeep(operation)], [400])
})

const comment = { type: 'user', message_type: 'comment', intercom_user_id: maren.id, body: 'Hello' }
const ofMaren = { query: { field: 'contact_ids', operator: '=', value: maren.id } }
const ticket = (await ask('POST', '/tickets/search', ofMaren)).body.tickets[0].id as string

/** What may be dated back: a request of each that lacks nothing. */
const dated: Readonly<Record<string, readonly [path: string, body: object]>> = {
  create_conversation: ['/conversations', { from: { type: 'user', id: maren.id }, body: 'Hello' }],
  create_data_event: ['/events', { event_name: 'opened-map', id: maren.id }],
  create_message: ['/messages', { message_type: 'inapp', body: 'Hello', from: { type: 'admin', id: ines }, to: { type: 'user', id: maren.id } }],
  create_ticket: ['/tickets', { ticket_type_id: '1', contacts: [{ id: maren.id }] }],
  reply_conversation: ['/conversations/last/reply', comment],
  reply_ticket: [`/tickets/${ticket}/reply`, comment],
}

test.each(operations.filter(({ input }) => 'created_at' in input.shape))('$name with a time in milliseconds', async ({ name }) => {
  const [path, body] = dated[name]!
  const at = (created_at: number) => ask('POST', path, { ...body, created_at })
  const refused = await expectRefusal([400], 'milliseconds', () => at(morning * 1000))
  expect(refused.body.errors[0]).toMatchObject({ code: 'parameter_invalid', message: 'created_at must be in unix seconds', field: 'created_at' })
  expect((await at(morning - 60)).status).toBeLessThan(300)
})

test.each(operations.filter(({ paging }) => paging?.style === 'cursor'))('$name with a cursor of something else', async (operation) => {
  for (const { what, input } of wrongCursors(operation, strangeCursors(operation))) {
    const { body } = await expectRefusal([400], what, () => send(operation, input))
    expect(body.errors[0]).toMatchObject({ code: 'client_error', field: 'starting_after' })
  }
})
