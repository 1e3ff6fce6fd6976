import { afterEach, describe, expect, test } from 'vitest'
import type { Authenticate } from '../../src/server/http/identity.ts'
import { accepting, begin, byName, type Front, front, type Headers, listen, messages, post, statusOf } from './session-front.ts'

let served: Front
afterEach(() => served.close())

interface Seen {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly text: string
}

const seen = async (response: Response): Promise<Seen> => ({
  status: response.status,
  headers: [...response.headers].filter(([name]) => name !== 'date' && name !== 'x-request-id'), // new each time
  text: await response.text(),
})

/** Every kind of request that a session takes. */
const kinds: Readonly<Record<string, (headers: Headers) => Promise<Response>>> = {
  'a call': (headers) => post(served.url, { id: 2, method: 'tools/call', params: { name: 'list_admins', arguments: {} } }, headers),
  'tools/list': (headers) => post(served.url, { id: 2, method: 'tools/list' }, headers),
  'a notification': (headers) => post(served.url, { method: 'notifications/cancelled', params: { requestId: 7 } }, headers),
  'an answer to a question': (headers) => post(served.url, { id: 0, result: { action: 'accept', content: {} } }, headers),
  'initialize again': (headers) => post(served.url, { id: 2, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } } }, headers),
  'the stream': (headers) => fetch(served.url, { headers: { accept: 'text/event-stream', ...headers } }),
  'its end': (headers) => fetch(served.url, { method: 'DELETE', headers }),
}

/** How requests that name Ada's session are answered to somebody else, and how those are that name a session that never was. */
const asStranger = async (session: Headers, stranger: Headers): Promise<[Seen, Seen][]> => {
  const pairs: [Seen, Seen][] = []
  for (const ask of Object.values(kinds)) {
    const foreign = await seen(await ask({ ...session, ...stranger }))
    pairs.push([foreign, await seen(await ask({ ...session, ...stranger, 'mcp-session-id': '0f8fad5b-d9cb-469f-a165-70867728950e' }))])
  }
  return pairs
}

/** Whether a stranger could tell Ada's session from one that never was, or do anything in it. */
const canTell = (pairs: readonly [Seen, Seen][]): boolean => pairs.some(([foreign, never]) => foreign.status !== 404 || JSON.stringify(foreign) !== JSON.stringify(never))

test("another principal's session is as unknown as one that never was, whatever is asked", async () => {
  served = await front()
  const session = await begin(served.url, { 'x-caller': 'ada' })
  expect(canTell(await asStranger(session, { 'x-caller': 'mallory' }))).toBe(false)
  expect(await statusOf(served.url, session)).toBe(200) // and nothing that they sent ended it
})

test('the same check finds it out where a stranger passes for the owner', async () => {
  const withoutBinding: Authenticate = (request) => ({ ...(byName(request) as { principal: string }), key: 'the same for all' })
  served = await front({ authenticate: withoutBinding })
  const session = await begin(served.url, { 'x-caller': 'ada' })
  expect(await statusOf(served.url, { ...session, 'x-caller': 'mallory' })).toBe(200)
  const { 'the stream': _, ...others } = kinds // would never end
  const [ask] = Object.values(others)
  expect(canTell([[await seen(await ask!({ ...session, 'x-caller': 'mallory' })), await seen(await ask!({ ...session, 'mcp-session-id': 'never' }))]])).toBe(true)
})

test('a stranger cannot answer the question that a person was asked', async () => {
  served = await front({ env: { INTERCOM_MCP_CONFIRM: 'all' } })
  const session = await begin(served.url, { 'x-caller': 'ada' }, { elicitation: {} })
  const arguments_ = { operation: 'reply_conversation', input: { id: '119', message_type: 'comment', type: 'admin', admin_id: '4810101', body: 'Hi' } }
  const stream = messages(await post(served.url, { id: 9, method: 'tools/call', params: { name: 'call_destructive_operation', arguments: arguments_ } }, session))
  const { value: question } = await stream.next()
  expect(question).toMatchObject({ method: 'elicitation/create' })
  const answer = { id: (question as { id: number }).id, result: { action: 'accept', content: {} } }
  expect((await post(served.url, answer, { ...session, 'x-caller': 'mallory' })).status).toBe(404)
  expect((await post(served.url, { ...answer, result: { action: 'decline' } }, session)).status).toBe(202)
  expect((await stream.next()).value).toMatchObject({ id: 9, result: { isError: true } })
})

test('notifications reach the stream of the owner only', async () => {
  served = await front()
  const [ada, bob] = [await begin(served.url, { 'x-caller': 'ada' }), await begin(served.url, { 'x-caller': 'bob' })]
  const uri = 'intercom://contacts/6657add1'
  await (await post(served.url, { id: 2, method: 'resources/subscribe', params: { uri } }, ada)).text()
  const [adas, bobs] = [messages(await listen(served.url, ada)), messages(await listen(served.url, bob))]
  served.tell.resourceUpdated(uri)
  served.tell.toolsChanged()
  expect((await adas.next()).value).toMatchObject({ method: 'notifications/resources/updated', params: { uri } })
  expect((await bobs.next()).value).toMatchObject({ method: 'notifications/tools/list_changed' })
})

test('the same caller with other rights, or who asks for less, has no part in the session', async () => {
  const withRights: Authenticate = ({ headers }) => ({ principal: 'ada', key: String(headers['x-rights'] ?? 'all') })
  served = await front({ authenticate: withRights })
  const session = await begin(served.url)
  expect(await statusOf(served.url, { ...session, 'x-rights': 'fewer' })).toBe(404)
  expect(await statusOf(served.url, { ...session, 'x-mcp-toolsets': 'contacts' })).toBe(404)
  expect(await statusOf(served.url, session)).toBe(200)
})

describe('an id that is none', () => {
  const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e'
  const hostile = ['0', 'null', 'undefined', '__proto__', 'constructor', 'toString', '*', '..', '%00', '"', '{}', '[]', `${uuid}, ${uuid}`, uuid.toUpperCase(), uuid.repeat(200), '\u00e9', "' or 1=1 --", '${7*7}']

  test.each(hostile.map((id) => [id.slice(0, 60), id]))('%j is unknown', async (_, id) => {
    served = await front()
    expect(await statusOf(served.url, { 'mcp-session-id': id })).toBe(404)
  })

  test('nor is what nearly is one', async () => {
    served = await front()
    const session = await begin(served.url)
    const id = session['mcp-session-id']!
    const near = [id.toUpperCase(), id.slice(1), `${id}0`, `${id}, ${id}`, `"${id}"`, id.replaceAll('-', ''), `${id.slice(18)}${id.slice(0, 18)}`]
    for (const other of near.filter((each) => each !== id)) expect({ other, status: await statusOf(served.url, { ...session, 'mcp-session-id': other }) }).toEqual({ other, status: 404 })
    expect(await statusOf(served.url, session)).toBe(200)
  })
})

test('a request of the revision without sessions is answered whatever id it brings', async () => {
  served = await front()
  const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {}, 'io.modelcontextprotocol/clientInfo': { name: 'x', version: '1' } }
  const headers = { ...accepting, 'mcp-session-id': 'whatever', 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' }
  const response = await fetch(served.url, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } }) })
  expect(response.status).toBe(200)
  expect(response.headers.get('mcp-session-id')).toBeNull()
  expect(await response.json()).toMatchObject({ result: { tools: expect.any(Array) as unknown[] } })
})
