import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from '../official-client/workspace.ts'
import { open, type Session } from './session.ts'

let served: Served
let session: Session | undefined
beforeAll(async () => {
  served = await serve()
})
afterEach(() => session?.close())
afterAll(() => served.stop())

/** What a tool says when the server was started with this token against this address. */
const told = async (url: string, token: string, tool: string, input: Record<string, unknown>): Promise<string> => {
  session = await open(['--toolsets', 'all'], { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: token })
  const { isError, text } = await session.call(tool, input)
  expect(isError).toBe(true)
  expect(text).not.toMatch(/\n\s+at /) // no stack
  return text
}

const closedPort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

test('a wrong token: where the right one is', async () => {
  expect(await told(served.url, 'wrong', 'list_admins', {})).toMatch(/does not accept the access token.*INTERCOM_ACCESS_TOKEN.*Developer Hub.*INTERCOM_REGION/)
})

test('a missing permission: its name, where to tick it, and that nothing happened', async () => {
  const text = await told(served.url, served.readOnlyToken, 'create_contact', { email: 'x@example.test' })
  expect(text).toMatch(/"Write users and companies".*Developer Hub > your app > Configure > Authentication.*Nothing was (sent|changed)/)
})

test('an unknown id: how to find the right one', async () => {
  expect(await told(served.url, served.token, 'get_ticket', { id: '999999' })).toMatch(/found nothing for get_ticket.*Check the id/)
})

test('a scroll that ended, or one that is open: when to begin anew', async () => {
  expect(await told(served.url, served.token, 'scroll_companies', { scroll_param: 'x' })).toMatch(/scroll parameter not found.*begin anew, without a parameter/)
  await session?.close()
  await fetch(`${served.url}/companies/scroll`, { headers: { authorization: `Bearer ${served.token}` } })
  const text = await told(served.url, served.token, 'scroll_companies', {})
  expect(text).toMatch(/scroll already exists.*a minute after its last call: begin anew then/)
  expect(text).not.toContain('Correct the input')
})

test('a tag that segments need: where those are changed', async () => {
  expect(await told(served.url, served.token, 'delete_tag', { id: '8020003' })).toMatch(/Segments: Slipping away.*Intercom's own pages/)
})

test('a malformed filter: what is valid', async () => {
  const text = await told(served.url, served.token, 'search_tickets', { query: { field: 'state', operator: '=', valeu: 'open' } })
  expect(text).toMatch(/"valeu" is no part of a filter.*field, operator and value/)
})

test('an unreachable host: which settings to check', async () => {
  const port = await closedPort()
  expect(await told(`http://127.0.0.1:${port}`, 'any', 'list_admins', {})).toMatch(/no connection to Intercom.*INTERCOM_BASE_URL/)
})

test('a workspace elsewhere is worked with as Intercom itself', async () => {
  session = await open([], { INTERCOM_BASE_URL: served.url, INTERCOM_ACCESS_TOKEN: served.token })
  const { structured } = await session.call('get_contact_by_external_id', { external_id: 'usr_1042' })
  expect(structured).toMatchObject({ contact: { name: 'Maren Okafor' } })
  expect(structured).not.toHaveProperty('simulated') // it was not this program's to know
})

test('a token that may open tickets but not read their types opens one by the id of its type, unchecked', async () => {
  const writing = await serve('--scope', 'Write tickets')
  try {
    session = await open([], { INTERCOM_BASE_URL: writing.url, INTERCOM_ACCESS_TOKEN: writing.token })
    const contacts = [{ email: 'someone@example.test' }]
    expect(await session.call('create_ticket', { ticket_type_id: '1', contacts, ticket_attributes: { _default_title_: 'Hello' } })).toMatchObject({ isError: false })
    const { text } = await session.call('create_ticket', { ticket_type_id: 'Question', contacts })
    expect(text).toMatch(/"Read tickets".*Developer Hub/)
  } finally {
    await writing.stop()
  }
})
