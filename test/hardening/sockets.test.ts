import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkspace } from '../../src/workspace/workspace.ts'
import { allOperations } from '../../src/contract/nouns.ts'
import { sample } from '../contract/generate.ts'
import { open } from '../tools/session.ts'
import { tally } from './figures.ts'
import { attempts, connections } from './sockets.ts'

const at = (found: readonly { readonly at: string }[]): string[] => found.map(({ at }) => at)

describe('a connection to another machine is refused and written down', () => {
  test.each([
    ['an address', 'http://192.0.2.1:81/', '192.0.2.1:81'],
    ['a name', 'https://evil.example/', 'evil.example:443'],
    ['the address that tells machines in a cloud their secrets', 'http://169.254.169.254/latest', '169.254.169.254:80'],
    ['a name that begins like this machine', 'http://localhost.evil.example/', 'localhost.evil.example:80'],
  ])('%s', async (_, url, expected) => {
    const found = await attempts(() => expect(fetch(url)).rejects.toThrow('fetch failed'))
    expect(at(found)).toEqual([expected])
    expect(found[0]).toMatchObject({ by: expect.stringContaining('connect') as string, test: expect.stringContaining('is refused and written down') as string })
  })

  test('by a bare socket, and by a question for the address of a name', async () => {
    expect(at(await attempts(() => once(connect(25, 'mail.example'), 'close').catch(() => {})))).toEqual(['mail.example:25'])
    const { lookup, promises } = await import('node:dns')
    expect(at(await attempts(() => new Promise<void>((resolve) => lookup('evil.example', () => resolve()))))).toEqual(['the address of evil.example'])
    expect(at(await attempts(() => expect(promises.lookup('evil.example')).rejects.toMatchObject({ code: 'ENOTFOUND' })))).toEqual(['the address of evil.example'])
    expect(at(await attempts(() => expect((async () => promises.resolveTxt('evil.example'))()).rejects.toMatchObject({ code: 'ENOTFOUND' })))).toEqual(['resolveTxt evil.example'])
  })

  test.each([
    ['a program', `fetch('http://evil.example').catch(() => {})`],
    ['a program of a program', `require('node:child_process').execFileSync(process.execPath, ['-e', "fetch('http://evil.example').catch(() => {})"])`],
    ['a thread of a program', `new (require('node:worker_threads').Worker)("fetch('http://evil.example').catch(() => {})", { eval: true })`],
  ])('by %s that a test starts', async (_, code) => {
    const found = await attempts(async () => spawnSync(process.execPath, ['-e', code]))
    expect(at(found)).toEqual(['evil.example:80'])
    expect(found[0]!.test).toContain('that a test starts')
  })

  test('and so is a program that could connect unseen', async () => {
    expect(at(await attempts(async () => spawnSync('true')))).toEqual(['true, a program that nobody watches'])
    expect(at(await attempts(async () => spawnSync(process.execPath, ['-e', ''], { env: {} })))).toEqual([`${process.execPath}, a program that nobody watches`])
  })

  test('while this machine is reached', async () => {
    const server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo // it listens on a port
    const found = await attempts(async () => {
      for (const name of ['127.0.0.1', 'localhost']) expect(await (await fetch(`http://${name}:${port}`)).text()).toBe('here')
    })
    expect(found).toEqual([])
    server.close()
  })
})

describe('a server that was given an address connects to that one only', () => {
  const { held } = tally('A server connects to the address it was given and to no other, whatever an answer points to (answers)')

  const elsewhere = ['http://169.254.169.254/latest/meta-data', 'http://[::1]:8081/', 'http://127.0.0.1:8082/', 'https://evil.example/next?page=2', '//evil.example/x', 'http://localhost.evil.example']

  /** With every address in it, and every cursor, replaced. */
  const pointing = (value: unknown, to: string, key = ''): unknown => {
    if (key === 'next' || key === 'starting_after' || /(^|_)(url|href|link|image_url)$/.test(key)) return to
    if (Array.isArray(value)) return value.map((each) => pointing(each, to))
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, pointing(inner, to, name)]))
    return typeof value === 'string' && /^https?:/.test(value) ? to : value
  }

  const workspace = openWorkspace({ now: Date.now, random: Math.random, rateLimit: 1e6 })
  let answered = 0
  const upstream = createServer((incoming, response) => {
    void (async () => {
      const body = Buffer.concat((await incoming.toArray()) as Buffer[]) // no encoding is set, so chunks are bytes
      const { method = 'GET', headers, url = '' } = incoming
      const own = await workspace.fetch(new Request(`http://workspace.test${url}`, { method, headers: headers as Record<string, string>, ...(body.length > 0 && { body }) }))
      const to = elsewhere[answered++ % elsewhere.length]!
      const points = { location: to, 'content-location': to, link: `<${to}>; rel="next"`, refresh: `0; url=${to}`, 'alt-svc': 'h2="evil.example:443"', 'content-type': 'application/json' }
      const status = answered % 5 === 0 ? [301, 302, 303, 307, 308][answered % 25 / 5]! : own.status
      response.writeHead(status, points).end(JSON.stringify(pointing(JSON.parse((await own.text()) || '{}'), to)))
    })().catch((error: unknown) => response.destroy(error as Error))
  })
  beforeAll(async () => {
    upstream.listen(0, '127.0.0.1')
    await once(upstream, 'listening')
  })
  afterAll(() => {
    upstream.closeAllConnections()
    upstream.close()
    workspace.close()
  })

  const address = () => `127.0.0.1:${(upstream.address() as AddressInfo).port}` // it listens on a port

  test('over calls of every tool', async () => {
    const operations = await allOperations()
    const found = await connections(async () => {
      const session = await open(['--toolsets', 'all'], { INTERCOM_BASE_URL: `http://${address()}`, INTERCOM_ACCESS_TOKEN: workspace.token })
      for (const { operation } of operations) await session.call(operation.name, sample(operation))
      for (const name of ['list_contacts', 'list_companies', 'list_conversations', 'list_articles', 'list_activity_logs', 'scroll_companies']) await session.call(name, {})
      await session.call('search', { query: 'Ada' })
      await session.call('who_is_customer', { customer: 'maren@example.com' })
      await session.close()
    })
    expect(new Set(found)).toEqual(new Set([address()]))
    expect(answered).toBeGreaterThan(operations.length / 2)
    held(answered)
  })

  test('and one that went where an answer points would be seen', async () => {
    const follows = `fetch('http://${address()}/', { redirect: 'manual' }).then((answer) => fetch(answer.headers.get('location'))).catch(() => {})`
    answered = elsewhere.indexOf('https://evil.example/next?page=2')
    const seen: string[] = []
    await attempts(async () => seen.push(...(await connections(() => once(spawn(process.execPath, ['-e', follows]), 'close')))))
    expect(seen).toEqual([address(), 'evil.example:443'])
  })
})
