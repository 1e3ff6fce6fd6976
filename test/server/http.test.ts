import { once } from 'node:events'
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Program } from '../cli/program.ts'
import { accepting, front, post, statusOf } from './session-front.ts'

const server = new Program(['http', '--port', '0', '--allow-host', 'mcp.example.com'])
let url: URL
beforeAll(async () => {
  url = new URL(await server.said(/serving MCP at (\S+)/))
})
afterAll(async () => {
  server.child.kill()
  await server.ended()
})

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

const listTools = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })

/** One request, byte for byte as said: fetch would not let a test choose its Host. */
const ask = async ({ method = 'POST', path = '/mcp', headers = {}, body = listTools }: Asked, to = url): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> => {
  const accept = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' }
  const asked = request({ host: to.hostname, port: to.port, path, method, headers: { ...accept, ...headers } })
  asked.end(method === 'POST' ? body : undefined)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const chunks = await response.setEncoding('utf8').toArray()
  return { status: response.statusCode!, headers: response.headers, text: chunks.join('') }
}

test.each(['localhost', 'localhost:8213', '127.0.0.1', '[::1]', '[::1]:1', 'mcp.example.com', 'MCP.example.com:443'])('Host %s passes', async (host) => {
  expect((await ask({ headers: { host } })).status).toBe(200)
})

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '127.0.0.2', 'mcp.example.com.evil.example', 'evil.example@localhost', 'localhost/..'])(
  'Host %j is refused before anything is read',
  async (host) => {
    const { status, headers, text } = await ask({ headers: { host }, body: 'not json' })
    expect({ status, type: headers['content-type'] }).toEqual({ status: 403, type: 'application/json' })
    expect(JSON.parse(text)).toMatchObject({ error: { message: expect.stringMatching(/is not served here.*--allow-host/) as string } })
  },
)

test.each(['http://localhost:6274', 'http://127.0.0.1', 'http://[::1]:5173', 'https://mcp.example.com'])('Origin %s passes', async (origin) => {
  expect((await ask({ headers: { origin } })).status).toBe(200)
})

test.each(['https://evil.example', 'null', 'http://localhost.evil.example', 'file://', 'nonsense'])('Origin %s is refused', async (origin) => {
  const { status, text } = await ask({ headers: { origin } })
  expect(status).toBe(403)
  expect(text).toContain('may not use this server')
})

interface Answer {
  readonly id: number
  readonly result: { readonly tools?: readonly { readonly name: string }[] }
}

const eventsIn = (text: string): Answer[] => text.split('\n').filter((line) => line.startsWith('data: ')).map((line) => JSON.parse(line.slice(6)) as Answer)

test('tools are listed in a batch as they are alone', async () => {
  const only = JSON.parse((await ask({})).text) as Answer
  const batch = await ask({ body: `[${listTools},{"jsonrpc":"2.0","id":2,"method":"ping"}]` })
  expect(only.result.tools!.map(({ name }) => name)).toContain('search_contacts')
  expect(eventsIn(batch.text)).toEqual(expect.arrayContaining([only, { jsonrpc: '2.0', id: 2, result: {} }]))
})

test('without a session, who wants to hear of progress gets a stream, and others one piece of JSON', async () => {
  const alone = await ask({})
  const listening = await ask({ body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: { progressToken: 1 } } }) })
  expect([alone, listening].map(({ status, headers }) => [status, headers['content-type']])).toEqual([[200, 'application/json'], [200, 'text/event-stream']])
  expect(eventsIn(listening.text)).toEqual([JSON.parse(alone.text)])
})

test('a connection outlives those that a balancer keeps', async () => {
  const { headers } = await ask({ headers: { connection: 'keep-alive' } })
  expect(headers['keep-alive']).toBe('timeout=75')
})

test('who asks for much and takes nothing is given up', async () => {
  const served = await front({ stalled: 300 })
  const body = JSON.stringify(Array.from({ length: 32 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'tools/list' })))
  const taken = async (pause: number): Promise<string> => {
    const socket = connect(Number(served.url.port), served.url.hostname)
    socket.pause().write(`POST /mcp HTTP/1.1\r\nhost: localhost\r\nx-mcp-toolsets: all\r\nconnection: close\r\naccept: ${accepting.accept}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
    await setTimeout(pause)
    return (await socket.setEncoding('utf8').toArray()).join('')
  }
  const [whole, cut] = [await taken(0), await taken(2_000)]
  expect(whole).toMatch(/\r\n0\r\n\r\n$/)
  expect(cut.length).toBeLessThan(whole.length)
  await served.close()
})

test('a path elsewhere says where MCP is', async () => {
  for (const path of ['/', '/mcp/', '/mcpx', '/sse']) {
    const { status, text } = await ask({ path })
    expect({ path, status }).toEqual({ path, status: 404 })
    expect(text).toContain('/mcp')
  }
  expect((await ask({ path: '/mcp?x=1' })).status).toBe(200)
})

test.each(['GET', 'HEAD', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'TRACE'])('%s has no meaning without a session', async (method) => {
  expect((await ask({ method })).status).toBe(405)
})

test.each<[string, Asked, number]>([
  ['malformed JSON', { body: '{"jsonrpc"' }, 400],
  ['an empty body', { body: '' }, 400],
  ['another content type', { headers: { 'content-type': 'text/plain' } }, 415],
])('%s is refused as a protocol error', async (_, asked, expected) => {
  const { status, text } = await ask(asked)
  expect(status).toBe(expected)
  expect(JSON.parse(text)).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number) as number } })
})

test('what fails as nobody foresaw is answered, and the next is served', async () => {
  let failing = true
  const authenticate = () => {
    if (failing) throw new Error('a defect')
    return { principal: 'ada', key: 'ada' }
  }
  const served = await front({ authenticate })
  const response = await post(served.url, { id: 1, method: 'ping' })
  expect([response.status, await response.json()]).toEqual([500, { jsonrpc: '2.0', id: null, error: { code: -32_603, message: 'Internal server error' } }])
  failing = false
  expect(await statusOf(served.url, {})).toBe(200)
  await served.close()
})

test('more than 4 MiB is refused before it is sent', async () => {
  const asked = request({ host: url.hostname, port: url.port, path: '/mcp', method: 'POST', headers: { 'content-type': 'application/json', 'content-length': 5 * 1024 * 1024 } })
  asked.flushHeaders()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(413)
  asked.destroy()
})

test.each(['a length', 'chunks'])('whoever sends more than 4 MiB, by %s, gets to read that it is too much', async (how) => {
  const body = Buffer.alloc(20 * 1024 * 1024, ' ')
  for (let time = 0; time < 5; time++) {
    const headers = { 'content-type': 'application/json', ...(how === 'a length' && { 'content-length': body.length }) }
    const asked = request({ host: url.hostname, port: url.port, path: '/mcp', method: 'POST', headers, agent: false })
    asked.write(body.subarray(0, 1024))
    asked.end(body.subarray(1024))
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    expect([response.statusCode, (await response.toArray()).join('')]).toEqual([413, expect.stringContaining('4194304 bytes')])
  }
})

test('an IPv6 address is served under its name', async () => {
  const other = new Program(['http', '--host', '::1', '--port', '0'])
  const address = await other.said(/serving MCP at (\S+)/)
  expect(address).toMatch(/^http:\/\/\[::1\]:\d+\/mcp$/)
  expect((await fetch(address, { method: 'POST', headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json' }, body: listTools })).status).toBe(200)
  other.child.kill()
  expect(await other.ended()).toBe(0)
})

/** A server whose Intercom leaves every request unanswered, in `held`. */
const withSilentIntercom = async () => {
  const held: ServerResponse[] = []
  const intercom = createServer((_, response) => held.push(response)).listen(0, '127.0.0.1')
  await once(intercom, 'listening')
  const base = `http://127.0.0.1:${(intercom.address() as AddressInfo).port}`
  const program = new Program(['http', '--port', '0'], { INTERCOM_BASE_URL: base, INTERCOM_ACCESS_TOKEN: 'token' })
  return { held, intercom, program, to: new URL(await program.said(/serving MCP at (\S+)/)) }
}

const callTool = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_admins', arguments: {} } })

test('a client that goes away takes its call to Intercom with it', async () => {
  const { held, intercom, program, to } = await withSilentIntercom()
  const asked = request({ host: to.hostname, port: to.port, path: '/mcp', method: 'POST', headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json' } })
  asked.on('error', () => {}).end(callTool)
  await once(intercom, 'request')
  const abandoned = once(held[0]!, 'close')
  asked.destroy()
  await abandoned
  expect(held[0]!.writableFinished).toBe(false)
  program.child.kill('SIGTERM')
  expect(await program.ended()).toBe(0)
  intercom.close()
})

test('a second SIGTERM breaks off no call', async () => {
  const { held, intercom, program, to } = await withSilentIntercom()
  const answer = ask({ body: callTool }, to)
  await once(intercom, 'request')
  for (let time = 0; time < 3; time++) {
    program.child.kill('SIGTERM')
    await setTimeout(50)
  }
  for (const response of held) response.setHeader('content-type', 'application/json').end('{"type":"admin.list","admins":[]}')
  expect((await answer).status).toBe(200)
  expect(await program.ended()).toBe(0)
  intercom.close()
})

test('a call in flight at SIGTERM is answered, new connections are refused, and the program ends with 0', async () => {
  const { held, intercom, program, to } = await withSilentIntercom()
  const answer = ask({ body: callTool }, to)
  await once(intercom, 'request')
  program.child.kill('SIGTERM')
  await setTimeout(100)
  await expect(ask({}, to)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  for (const response of held) response.setHeader('content-type', 'application/json').end('{"type":"admin.list","admins":[]}')

  expect(await answer).toMatchObject({ status: 200, text: expect.stringContaining('"structuredContent"') as string })
  expect(await program.ended()).toBe(0)
  intercom.close()
})
