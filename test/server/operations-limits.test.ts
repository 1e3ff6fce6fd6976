import { once } from 'node:events'
import { connect as dial } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Admission, type AdmissionLimits } from '../../src/server/http/admission.ts'
import { cases } from '../hardening/figures.ts'
import { ask, holdingIntercom, post, serving } from './operations.ts'

const contact = (id: number | string) => ['tools/call', { name: 'get_contact', arguments: { id: String(id) } }] as const
const message = (id: number) => ({ jsonrpc: '2.0', id, method: contact(id)[0], params: contact(id)[1] })
const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' }

test('who calls more at once than the server takes waits, and beyond that is told when to come again', async () => {
  const { held, env } = await holdingIntercom()
  const { url } = await serving(['--max-concurrent-calls', '2', '--max-waiting', '1'], env)
  const calls = [post(url, ...contact(1)), post(url, ...contact(2))]
  await expect.poll(() => held.length).toBe(2)
  calls.push(post(url, ...contact(3)))
  const refused = await expect.poll(() => post(url, ...contact(4)), { timeout: 10_000 }).toMatchObject({ status: 429 }).then(() => post(url, ...contact(4)))
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect(JSON.parse(refused.text)).toEqual({ jsonrpc: '2.0', id: null, error: { code: -32_000, message: expect.stringContaining('was not begun') as string } })
  for (const [index] of calls.entries()) {
    await expect.poll(() => held.length).toBeGreaterThan(index)
    held[index]!.go()
  }
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect(held.map(({ path }) => path)).toEqual(['/contacts/1', '/contacts/2', '/contacts/3'])
})

test.each([
  ['in a batch', (url: URL) => [ask(url, { method: 'POST', headers, body: JSON.stringify([1, 2].map((id) => message(id))) })]],
  ['under a header that names a stream', (url: URL) => [1, 2].map((id) => post(url, ...contact(id), { 'mcp-method': 'subscriptions/listen' }))],
])('calls count as what they are, also %s', async (_, send) => {
  const { held, env } = await holdingIntercom()
  const { url } = await serving(['--max-concurrent-calls', '2', '--max-waiting', '1'], env)
  const first = send(url)
  await expect.poll(() => held.length).toBe(2)
  const waiting = post(url, ...contact(3))
  await expect.poll(() => post(url, ...contact(4)).then(({ status }) => status), { timeout: 10_000 }).toBe(429)
  expect(held).toHaveLength(2)
  for (const { go } of held) go()
  expect((await Promise.all(first)).map(({ status }) => status)).toEqual(first.map(() => 200))
  await expect.poll(() => held.length).toBe(3)
  held[2]!.go()
  expect((await waiting).status).toBe(200)
})

test('a batch of more calls than one caller may make at once is refused', async () => {
  const { held, env } = await holdingIntercom()
  const { url } = await serving(['--max-concurrent-calls', '2'], env)
  const answer = await ask(url, { method: 'POST', headers, body: JSON.stringify([1, 2, 3].map((id) => message(id))) })
  expect(answer).toMatchObject({ status: 400, text: expect.stringContaining('A batch holds 2 requests at most') as string })
  expect(held).toEqual([])
})

test('what was refused has not reached Intercom, and its body was not read', async () => {
  const { held, env } = await holdingIntercom()
  const { url } = await serving(['--max-concurrent-calls', '1', '--max-waiting', '0'], env)
  const first = post(url, ...contact(1))
  await expect.poll(() => held.length).toBe(1)
  const socket = dial(Number(url.port), url.hostname)
  socket.write(`POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 429 /)
  socket.destroy()
  held[0]!.go()
  expect((await first).status).toBe(200)
  expect(held).toHaveLength(1)
})

test('requests sent one behind the other are answered in turn, and take no room for ever when their connection is lost', async () => {
  const { held, env } = await holdingIntercom()
  const { url } = await serving(['--max-concurrent-calls', '2'], env)
  const body = (id: number) => JSON.stringify(message(id))
  const raw = (id: number) => `POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\naccept: ${headers.accept}\r\ncontent-length: ${body(id).length}\r\n\r\n${body(id)}`
  const socket = dial(Number(url.port), url.hostname)
  let told = ''
  socket.on('data', (data) => (told += data.toString()))
  socket.write([1, 2, 3, 4].map(raw).join(''))
  await expect.poll(() => held.length).toBe(1)
  held[0]!.go()
  await expect.poll(() => held.length).toBe(2)
  expect(told).toContain('"id":1}')
  socket.destroy()
  const calls = [post(url, ...contact(5)), post(url, ...contact(6))]
  await expect.poll(() => held.length).toBe(4)
  for (const { go } of held) go()
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200])
  expect(held.map(({ path }) => path)).not.toContain('/contacts/3')
})

test('a call whose client leaves the line is not begun', async () => {
  const { held, env } = await holdingIntercom()
  const { program, url } = await serving(['--max-concurrent-calls', '1', '--metrics-port', '0'], env)
  const metrics = await program.said(/metrics at (http\S+)/)
  const first = post(url, ...contact(1))
  await expect.poll(() => held.length).toBe(1)
  const leaving = new AbortController()
  const left = fetch(url, { method: 'POST', signal: leaving.signal, headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: contact(2)[0], params: contact(2)[1] }) }).catch(() => {})
  const waiting = async () => /^intercom_mcp_calls_waiting (\d+)$/m.exec((await ask(metrics)).text)?.[1]
  await expect.poll(waiting).toBe('1')
  leaving.abort()
  await left
  await expect.poll(waiting).toBe('0')
  held[0]!.go()
  expect((await first).status).toBe(200)
  await setTimeout(100)
  expect(held).toHaveLength(1)
})

test('a caller holds so many streams of notifications, and no more', async () => {
  const { url } = await serving(['--max-streams', '1'])
  const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' }, 'io.modelcontextprotocol/clientCapabilities': {} }
  const listen = (signal?: AbortSignal) =>
    fetch(url, {
      method: 'POST',
      signal,
      headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json', 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params: { _meta: meta, notifications: { toolsListChanged: true } } }),
    })
  const ending = new AbortController()
  const first = await listen(ending.signal)
  expect(first.status).toBe(200)
  const second = await listen()
  expect([second.status, second.headers.get('retry-after')]).toEqual([429, '30'])
  expect((await post(url, 'tools/list')).status).toBe(200)
  ending.abort()
  await expect.poll(async () => {
    const again = new AbortController()
    const { status } = await listen(again.signal)
    again.abort()
    return status
  }).toBe(200)
})

// half a minute: in the long form only
test.each([{ dripped: 'a body' }].slice(0, cases(0, 1)))('$dripped that only drips is cut, and holds up nobody', { timeout: 60_000 }, async () => {
  const { url } = await serving()
  const socket = dial(Number(url.port), url.hostname)
  socket.on('error', () => {})
  socket.write('POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n')
  const dripping = setInterval(() => socket.write(' '), 500)
  const began = performance.now()
  expect((await post(url, 'tools/list')).status).toBe(200)
  await once(socket.resume(), 'close')
  clearInterval(dripping)
  expect(performance.now() - began).toBeLessThan(45_000)
})

/** Calls as they enter, by caller, each until it is let go. */
const entering = (limits: Partial<AdmissionLimits>) => {
  const admission = new Admission({ perCaller: 100, perTenant: 100, calls: 100, waiting: 100, streams: 1, ...limits }, () => 0)
  const entered: string[] = []
  const refused: string[] = []
  const ends: (() => void)[] = []
  const call = async (caller: string, tenant = 'only', calls = 1) => {
    const over = new AbortController()
    const objection = await admission.call({ caller, tenant }, over.signal, calls)
    if (objection) return void refused.push(caller)
    entered.push(caller)
    ends.push(() => over.abort())
  }
  const endOne = async () => {
    ends.shift()!()
    await setTimeout(0)
  }
  return { admission, entered, refused, call, endOne }
}

test('callers take turns, however many of one wait', async () => {
  const { admission, entered, call, endOne } = entering({ calls: 1 })
  for (const caller of ['many', 'many', 'many', 'many', 'one', 'many', 'two', 'one']) void call(caller)
  for (let count = 0; count < 8; count++) {
    await setTimeout(0)
    await endOne()
  }
  expect(entered).toEqual(['many', 'one', 'two', 'many', 'one', 'many', 'many', 'many'])
  expect(admission.running + admission.waiting).toBe(0)
})

test('in a full line whoever has most gives way, and never to themselves', async () => {
  const { admission, refused, call } = entering({ calls: 1, waiting: 3 })
  for (const caller of ['many', 'many', 'many', 'many', 'many']) void call(caller)
  await setTimeout(0)
  expect(refused).toEqual(['many'])
  expect(admission.objection({ caller: 'many', tenant: 'only' })).toMatchObject({ status: 429 })
  expect(admission.objection({ caller: 'one', tenant: 'only' })).toBeUndefined()
  void call('one')
  await setTimeout(0)
  expect(refused).toEqual(['many', 'many'])
  expect(admission.waiting).toBe(3)
})

test('the callers of one tenant at its limit hold up no other tenant', async () => {
  const { admission, entered, call, endOne } = entering({ perTenant: 2 })
  for (const caller of ['a', 'b', 'c']) void call(caller, 'ill')
  void call('d', 'well')
  await setTimeout(0)
  expect(entered).toEqual(['a', 'b', 'd'])
  for (let count = 0; count < 4; count++) await endOne()
  expect(entered).toEqual(['a', 'b', 'd', 'c'])
  expect(admission.running + admission.waiting).toBe(0)
})

test('a batch waits until there is room for all of it, and nobody of its line goes before', async () => {
  const { admission, entered, call, endOne } = entering({ perCaller: 3 })
  void call('one')
  void call('one')
  void call('one', 'only', 3)
  void call('one')
  void call('other')
  await setTimeout(0)
  expect([entered, admission.running]).toEqual([['one', 'one', 'other'], 3])
  await endOne()
  expect(entered).toHaveLength(3)
  await endOne()
  expect([entered.length, admission.running]).toEqual([4, 4])
  await endOne()
  await endOne()
  await endOne()
  expect([admission.running, admission.waiting]).toEqual([0, 0])
})

test('one caller at its limit holds up no other', async () => {
  const { entered, call } = entering({ perCaller: 2 })
  for (const caller of ['many', 'many', 'many', 'one', 'one']) void call(caller)
  await setTimeout(0)
  expect(entered).toEqual(['many', 'many', 'one', 'one'])
})
