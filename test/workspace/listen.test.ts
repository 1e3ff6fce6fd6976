import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { IntercomClient } from 'intercom-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Listening, listen } from '../../src/workspace/listen.ts'
import { type Asking, asking } from './asking.ts'

let room: Asking
let server: Listening

beforeEach(async () => {
  room = asking({ maxBodyBytes: 100_000 })
  server = await listen(room.workspace.fetch)
})
afterEach(async () => {
  await server.close()
  room.workspace.close()
})

/** Sends these very bytes and gives the status line and the body. */
const raw = async (target: string, { method = 'GET', host = 'localhost' } = {}): Promise<string> => {
  const socket = connect(server.port, '127.0.0.1')
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${room.workspace.token}\r\nConnection: close\r\n\r\n`)
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(socket, 'close')
  const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n')
  const error = /"code":"(\w+)"/.exec(body)?.[1]
  return `${head.split(' ')[1]}${error ? ` ${error}` : ''}`
}

describe('a path', () => {
  test.each(['/contacts/../me', '/contacts/%2e%2e/me', '/contacts/%2E./me', '/./me', '/contacts\\..\\me', '//me', '/me/', 'http://localhost/me', '/%6de%2f'])(
    '%s does not become another one',
    async (path) => {
      expect(await raw(path)).toBe('400 intercom_version_invalid')
    },
  )

  test('is taken as it is otherwise', async () => {
    expect(await raw('/me')).toBe('200')
    expect(await raw('/contacts/%2e%2e%2fme')).toBe('404 not_found')
    expect(await raw('/contacts/a%00b?x=/../')).toBe('404 not_found')
  })
})

describe('the Host header', () => {
  test.each(['127.0.0.1', '127.0.0.1:80', 'LOCALHOST:1', '[::1]:9', 'intercom.localhost'])('%s is this machine', async (host) => {
    expect(await raw('/me', { host })).toBe('200')
  })

  test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', 'localhost@evil.example', '10.0.0.1', ''])('%s is not', async (host) => {
    expect(await raw('/me', { host })).toBe('403 forbidden')
  })
})

test.each(['TRACE', 'PATCH'])('%s is answered, not dropped', async (method) => {
  expect(await raw('/me', { method })).toBe('405 method_not_allowed')
})

test('a body that is too large is refused without losing the answer', async () => {
  const headers = { authorization: `Bearer ${room.workspace.token}`, 'content-type': 'application/json' }
  const response = await fetch(`${server.url}/contacts`, { method: 'POST', headers, body: 'x'.repeat(8_000_000) })
  expect([response.status, ((await response.json()) as { type: string }).type]).toEqual([413, 'error.list'])
})

test('a client that leaves in the middle of its body is no problem of the workspace', async () => {
  const problems: unknown[] = []
  const { workspace } = asking({ report: (error) => problems.push(error) })
  let answered = Promise.resolve<unknown>(undefined)
  const abandoned = await listen((request) => {
    const response = workspace.fetch(request)
    answered = response
    return response
  })
  const socket = connect(abandoned.port, '127.0.0.1')
  socket.write(`POST /contacts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${workspace.token}\r\nContent-Length: 100\r\n\r\n{}`, () =>
    setTimeout(() => socket.destroy(), 50),
  )
  await once(socket, 'close')
  await abandoned.close()
  expect(await answered).toMatchObject({ status: 400 })
  expect(problems).toEqual([])
  workspace.close()
})

test('one connection carries many requests', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ports = new Set<number | undefined>()
  for (let count = 0; count < 5; count++) {
    const sent = request(`${server.url}/me`, { agent, headers: { authorization: `Bearer ${room.workspace.token}` } })
    sent.end()
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    ports.add(response.socket.localPort)
    response.resume()
    await once(response, 'end')
  }
  agent.destroy()
  expect(ports.size).toBe(1)
})

test('a port in use is told as node tells it', async () => {
  await expect(listen(room.workspace.fetch, { port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('closing finishes what is under way', async () => {
  let release = (): void => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  let arrived = (): void => {}
  const arrival = new Promise<void>((resolve) => (arrived = resolve))
  const slow = await listen(async () => {
    arrived()
    await held
    return new Response('done')
  })
  const answer = fetch(slow.url).then((response) => response.text())
  await arrival
  const closing = slow.close()
  release()
  expect(await answer).toBe('done')
  await closing
  await expect(fetch(slow.url)).rejects.toThrow('fetch failed')
})

describe("Intercom's own client", () => {
  test('finds, changes and walks people, and reads refusals', async () => {
    const client = new IntercomClient({ token: room.workspace.token, environment: server.url, maxRetries: 0 })
    const created = await client.contacts.create({ email: 'ada@b.example', name: 'Ada' })
    expect((await client.contacts.update({ contact_id: created.id, name: 'Ada L.' })).name).toBe('Ada L.')
    const found = await client.contacts.search({ query: { field: 'email', operator: '=', value: 'ada@b.example' } })
    expect(found.data.map(({ id }) => id)).toEqual([created.id])
    const ids = new Set<string | undefined>()
    for await (const { id } of await client.contacts.list({ per_page: 25 })) ids.add(id)
    expect(ids.size).toBe((await room.ask('GET', '/contacts')).body.total_count)
    await expect(client.contacts.create({ email: 'ada@b.example' })).rejects.toMatchObject({ statusCode: 409 })
    await expect(client.contacts.find({ contact_id: 'f'.repeat(24) })).rejects.toMatchObject({ statusCode: 404 })
  })
})
