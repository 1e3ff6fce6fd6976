import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { accepting, begin, type Front, front, listen, messages, minute, post, silentIntercom, statusOf } from './session-front.ts'

let served: Front
afterEach(() => served.close())

const as = (name: string) => ({ 'x-caller': name })

describe('a session that nobody uses', () => {
  test('is over after a while, and is as one that never was', async () => {
    served = await front({ idle: 30 * minute })
    const session = await begin(served.url)
    served.pass(30 * minute)
    expect(await statusOf(served.url, session)).toBe(200) // which is a use
    served.pass(30 * minute)
    expect(await statusOf(served.url, session)).toBe(200)
    served.pass(30 * minute + 1)
    expect(await statusOf(served.url, session)).toBe(404)
    expect(await statusOf(served.url, await begin(served.url))).toBe(200)
  })

  test('stays while its client listens', async () => {
    served = await front()
    const session = await begin(served.url)
    const stop = new AbortController()
    const stream = messages(await listen(served.url, session, stop.signal))
    served.pass(24 * 60 * minute)
    await begin(served.url) // whoever comes next finds what is over
    served.tell.toolsChanged()
    expect((await stream.next()).value).toMatchObject({ method: 'notifications/tools/list_changed' })
    expect(await statusOf(served.url, session)).toBe(200)
  })
})

describe('when there are as many as there may be', () => {
  test('the one not used for longest ends', async () => {
    served = await front({ most: 3 })
    const [first, second, third] = [await begin(served.url), await begin(served.url), await begin(served.url)]
    served.pass(minute)
    for (const session of [first, third]) await statusOf(served.url, session)
    served.pass(minute)
    const fourth = await begin(served.url)
    expect(await Promise.all([first, second, third, fourth].map((session) => statusOf(served.url, session)))).toEqual([200, 404, 200, 200])
  })

  test('whoever has most of them loses one: nobody can end the sessions of others', async () => {
    served = await front({ most: 5 })
    const adas = await begin(served.url, as('ada'))
    served.pass(minute)
    for (let count = 0; count < 20; count += 1) await begin(served.url, as('mallory'))
    expect(await statusOf(served.url, adas)).toBe(200)
  })

  test('one that listens is kept before one that does not', async () => {
    served = await front({ most: 2 })
    const listening = await begin(served.url)
    await listen(served.url, listening)
    served.pass(minute)
    const other = await begin(served.url)
    await begin(served.url)
    expect([await statusOf(served.url, listening), await statusOf(served.url, other)]).toEqual([200, 404])
  })

  test('none is ended that is being called; the newcomer is told to come again, or without one', async () => {
    const intercom = await silentIntercom()
    served = await front({ most: 1, env: intercom.env })
    const session = await begin(served.url)
    const asked = intercom.asked()
    const answer = post(served.url, { id: 2, method: 'tools/call', params: { name: 'list_admins', arguments: {} } }, session)
    await asked
    const refused = await post(served.url, { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } } })
    expect({ status: refused.status, later: refused.headers.get('retry-after') }).toEqual({ status: 503, later: '5' })
    expect(await refused.json()).toMatchObject({ error: { message: expect.stringContaining('without initializing') as string } })
    expect(await statusOf(served.url, {})).toBe(200)
    intercom.answer()
    expect(await (await answer).text()).toContain('structuredContent')
    intercom.close()
  })
})

test('where there are to be none, requests are answered without, and ids mean nothing', async () => {
  served = await front({ most: 0 })
  const response = await post(served.url, { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } } })
  expect([response.status, response.headers.get('mcp-session-id')]).toEqual([200, null])
  await response.text()
  expect(await statusOf(served.url, { 'mcp-session-id': 'of another replica' })).toBe(200)
  expect((await listen(served.url, { 'mcp-session-id': 'of another replica' })).status).toBe(405)
})

test('initialize that is not as it should be begins nothing', async () => {
  served = await front()
  for (const params of [{}, { protocolVersion: 7, capabilities: {}, clientInfo: { name: 'x', version: '1' } }, undefined]) {
    const response = await post(served.url, { id: 1, method: 'initialize', params })
    expect(response.headers.get('mcp-session-id')).toBeNull()
    expect(await response.text()).toContain('-32602')
  }
})

test('what ends a session ends its stream', async () => {
  served = await front()
  const session = await begin(served.url)
  const stream = messages(await listen(served.url, session))
  expect((await fetch(served.url, { method: 'DELETE', headers: session })).status).toBe(200)
  expect(await stream.next()).toMatchObject({ done: true })
  expect(await statusOf(served.url, session)).toBe(404)
})

test('a client that lost its stream and asks again gets another, which ends the one before', async () => {
  served = await front()
  const session = await begin(served.url)
  const before = messages(await listen(served.url, session))
  const after = messages(await listen(served.url, session))
  expect(await before.next()).toMatchObject({ done: true })
  served.tell.promptsChanged()
  expect((await after.next()).value).toMatchObject({ method: 'notifications/prompts/list_changed' })
})

test('of resources a session watches 500 at most, and only what can be read', async () => {
  served = await front()
  const session = await begin(served.url)
  const watch = async (uri: string) => (await post(served.url, { id: 2, method: 'resources/subscribe', params: { uri } }, session)).text()
  for (let ten = 0; ten < 50; ten += 1) {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, one) => watch(`intercom://contacts/${ten * 10 + one}`)))
    expect(answers.filter((answer) => !answer.includes('"result":{}'))).toEqual([])
  }
  expect(await watch('intercom://contacts/500')).toMatch(/-32602.*unsubscribe from others first/)
  expect(await watch('intercom://contacts/499')).toContain('"result":{}')
  await (await post(served.url, { id: 2, method: 'resources/unsubscribe', params: { uri: 'intercom://contacts/7' } }, session)).text()
  expect(await watch('intercom://contacts/500')).toContain('"result":{}')
  expect(await watch('intercom://nothing')).toContain('-32602')
})

describe('a call', () => {
  const call = { id: 2, method: 'tools/call', params: { name: 'list_admins', arguments: {} } }

  test('that is cancelled is not answered, and its stream ends', async () => {
    const intercom = await silentIntercom()
    served = await front({ env: intercom.env })
    const session = await begin(served.url)
    const asked = intercom.asked()
    const answer = post(served.url, call, session)
    await asked
    expect((await post(served.url, { method: 'notifications/cancelled', params: { requestId: 2, reason: 'enough' } }, session)).status).toBe(202)
    expect(await messages(await answer).next()).toMatchObject({ done: true })
    expect(await (await post(served.url, { ...call, id: 3, method: 'ping' }, session)).text()).toContain('"id":3')
    intercom.close()
  })

  test('goes on when its client has lost the connection, as 2025-11-25 has it', async () => {
    const intercom = await silentIntercom()
    served = await front({ env: intercom.env })
    const session = await begin(served.url)
    const lost = new AbortController()
    const asked = intercom.asked()
    const headers = { ...accepting, ...session }
    const answer = fetch(served.url, { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', ...call }), signal: lost.signal })
    const [, toIntercom] = (await asked) as [unknown, ServerResponse]
    lost.abort()
    await expect(answer).rejects.toThrow('aborted')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(toIntercom.destroyed).toBe(false)
    intercom.answer()
    expect(await statusOf(served.url, session)).toBe(200)
    intercom.close()
  })
})

describe('when the server ends', () => {
  test('streams of notifications end at once, and a call in flight is answered', async () => {
    const intercom = await silentIntercom()
    served = await front({ env: intercom.env })
    const session = await begin(served.url)
    const stream = messages(await listen(served.url, session))
    const asked = intercom.asked()
    const answer = post(served.url, { id: 2, method: 'tools/call', params: { name: 'list_admins', arguments: {} } }, session)
    await asked
    const closed = served.close()
    expect(await stream.next()).toMatchObject({ done: true })
    intercom.answer()
    expect(await (await answer).text()).toContain('structuredContent')
    await closed
    intercom.close()
  })

  test.each(['close', 'endTenant'] as const)('a question that nobody can answer any more is answered for them: nothing was done (%s)', async (end) => {
    served = await front({ patience: 20_000, env: { INTERCOM_MCP_CONFIRM: 'all' } })
    const session = await begin(served.url, {}, { elicitation: {} })
    const reply = { operation: 'reply_conversation', input: { id: '119', message_type: 'comment', type: 'admin', admin_id: '4810101', body: 'Hi' } }
    const stream = messages(await post(served.url, { id: 2, method: 'tools/call', params: { name: 'call_destructive_operation', arguments: reply } }, session))
    expect((await stream.next()).value).toMatchObject({ method: 'elicitation/create' })
    const began = performance.now()
    const closed = served[end]()
    expect((await stream.next()).value).toMatchObject({ id: 2, result: { isError: true, content: [{ text: expect.stringContaining('nothing was done') as string }] } })
    await closed
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
