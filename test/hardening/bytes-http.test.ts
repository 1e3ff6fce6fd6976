import fc from 'fast-check'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { spawn } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Program } from '../cli/program.ts'
import { bytesLike, seed, told } from './bytes.ts'
import { cases, tally } from './figures.ts'

const { during, held } = tally('Any bytes on the HTTP port are answered with a status below 500 or the end of their connection, and the next request is served (requests)')

const program = new Program(['http', '--port', '0'])
let port: number
beforeAll(async () => {
  port = Number(new URL(await program.said(/serving MCP at (\S+)/)).port)
})
afterAll(async () => {
  program.child.kill()
  expect(await program.ended()).toBe(0)
})

const whole = (body: string, { line = 'POST /mcp HTTP/1.1', ...headers }: Record<string, string> = {}): string => {
  const all = { host: 'localhost', accept: 'application/json, text/event-stream', 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)), ...headers }
  return `${line}\r\n${Object.entries(all).filter(([, value]) => value !== '-').map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}

const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
const described = { protocolVersion: '2026-07-28', clientInfo: { name: 'test', version: '1' }, clientCapabilities: {} }
const _meta = Object.fromEntries(Object.entries(described).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value]))
const called = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'get_tag', arguments: { id: '1' }, _meta } })
const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'get_tag' }
const chunked = `${Buffer.byteLength(ping).toString(16)}\r\n${ping}\r\n0\r\n\r\n`
const valid = [
  whole(ping),
  whole(called, modern),
  whole(chunked, { 'content-length': '-', 'transfer-encoding': 'chunked' }),
  whole('', { line: 'GET /mcp HTTP/1.1', 'content-length': '-' }),
  whole(ping, { origin: 'http://localhost:5173', 'x-mcp-toolsets': 'contacts,tags' }),
]

/** Milliseconds. */
const deadline = 20_000

/** Everything that comes back for these bytes, after which nothing more is sent. Throws when the connection does not end in time. */
const answerTo = async (bytes: Buffer | string, to = port): Promise<string> => {
  const socket = connect(to, '127.0.0.1')
  const chunks: Buffer[] = []
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {}) // a connection that is cut is an answer too
  socket.end(bytes)
  const late = new AbortController()
  const end = await Promise.race([closed, setTimeout(deadline, 'late', { signal: late.signal })]).finally(() => late.abort())
  socket.destroy()
  if (end === 'late') throw new Error(`the connection did not end: ${Buffer.concat(chunks).toString('latin1').slice(0, 500)}`)
  return Buffer.concat(chunks).toString('latin1')
}

const statusesIn = (answer: string): number[] => [...answer.matchAll(/(?:^|\r\n|[\]}\n])HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)).filter((status) => status !== 100)

/** Throws unless those bytes are answered as the claim says. */
const judge = async (bytes: Buffer | string, to = port): Promise<number[]> => {
  const answer = await answerTo(bytes, to)
  const statuses = statusesIn(answer)
  if (answer !== '' && statuses.length === 0) throw new Error(`no answer of HTTP: ${answer.slice(0, 500)}`)
  if (statuses.some((status) => status >= 500)) throw new Error(`answered with ${statuses.join()}: ${answer.slice(0, 500)}`)
  if (/failed unexpectedly|\bat .*:\d+:\d+|\b(Type|Range)Error\b/.test(answer)) throw new Error(`it shows its inside: ${answer.slice(0, 500)}`)
  return statuses
}

const lives = async (to = port): Promise<void> => {
  const answer = await answerTo(whole(ping, { connection: 'close' }), to)
  if (!answer.startsWith('HTTP/1.1 200 ')) throw new Error(`the next request was not served: ${answer.slice(0, 500)}`)
}

const tried = (numRuns: number, to: () => number) =>
  fc.check(
    fc.asyncProperty(bytesLike(valid), (bytes) =>
      during(async () => {
        await judge(bytes, to())
        if (bytes.length % 4 === 0) await lives(to())
      })),
    { seed, numRuns },
  )

test('random bytes, and requests with bytes changed', { timeout: 900_000 }, async () => {
  const outcome = await tried(cases(800, 10_000), () => port)
  expect(outcome.failed, told(outcome)).toBe(false)
  await lives()
  expect(program.child.exitCode).toBe(null)
})

test('what is changed here is answered when it is not', async () => {
  for (const request of valid.slice(0, 3)) expect(await judge(request.replace('\r\n', '\r\nconnection: close\r\n'))).toEqual([200])
})

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const close = { connection: 'close' }

describe('a request', () => {
  test.each<[string, string, readonly (number | undefined)[]]>([
    ['that is not HTTP', '\x16\x03\x01\x02\x00', [400]],
    ['of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
    ['that breaks off within its headers', 'POST /mcp HTTP/1.1\r\nhost: loc', [400]],
    ['that breaks off within its body', whole(ping, close).slice(0, -5), [400]],
    ['with two lengths', whole(ping, { ...close, 'Content-Length': '3' }), [400]],
    ['with a length and chunks', whole(chunked, { ...close, 'transfer-encoding': 'chunked' }), [400]],
    ['with a length below zero', whole(ping, { ...close, 'content-length': '-1' }), [400]],
    ['with a broken chunk', whole('zz\r\nabc', { ...close, 'content-length': '-', 'transfer-encoding': 'chunked' }), [400]],
    ['with a line break in a header', whole(ping, { ...close, 'x-a': 'b\r\n c: d\r\n: e' }), [400]],
    ['with NUL in a header', whole(ping, { ...close, 'x-a': 'b\0c' }), [400]],
    ['with 100 kB of headers', whole(ping, { ...close, 'x-a': 'x'.repeat(100_000) }), [431]],
    ['with no Host', whole(ping, { ...close, host: '-' }), [400]],
    ['with two Hosts', whole(ping, { ...close, Host: 'evil.example' }), [400]],
    ['for another Host', whole(ping, { ...close, host: 'evil.example' }), [403]],
    ['for an absolute address', whole(ping, { ...close, line: 'POST http://evil.example/mcp HTTP/1.1' }), [403, 404]],
    ['that would be a proxied one', 'CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\n\r\n', []],
    ['of another content type', whole(ping, { ...close, 'content-type': 'text/plain' }), [415]],
    ['of no content type', whole(ping, { ...close, 'content-type': '-' }), [415]],
    ['that accepts nothing of ours', whole(ping, { ...close, accept: 'image/png' }), [406]],
    ['whose body is no JSON', whole('{"jsonrpc":', close), [400]],
    ['whose body is empty', whole('', close), [400]],
    ['whose body is a number', whole('5', close), [400]],
    ['whose body is an empty batch', whole('[]', close), [400]],
    ['of JSON-RPC 1.0', whole(ping.replace('2.0', '1.0'), close), [400]],
    ['nested 1,000,000 deep', whole(nested(1_000_000), close), [400]],
    ['whose header names another method', whole(called, { ...close, ...modern, 'mcp-method': 'tools/list' }), [400]],
    ['whose header names another tool', whole(called, { ...close, ...modern, 'mcp-name': 'delete_tag' }), [400]],
    ['of a version there is not', whole(called, { ...close, ...modern, 'mcp-protocol-version': '1999-01-01' }), [400]],
    ['with a header that chooses tools there are not', whole(ping, { ...close, 'x-mcp-toolsets': '__proto__' }), [400]],
    ['longer than 4 MiB by its own word', whole('{}', { ...close, 'content-length': '5000000' }), [413]],
    ['longer than 4 MiB', whole(`"${'x'.repeat(5_000_000)}"`, close), [413, undefined]], // whoever still writes may not hear the answer
    ['longer than 4 MiB in chunks', whole(`4c4b40\r\n${'x'.repeat(5_000_000)}\r\n0\r\n\r\n`, { ...close, 'content-length': '-', 'transfer-encoding': 'chunked' }), [413, undefined]],
  ])('%s', async (_, bytes, expected) => {
    const statuses = await judge(Buffer.from(bytes, 'latin1'))
    if (expected.length > 0) expect(expected).toContain(statuses[0])
    expect(statuses.length).toBeLessThanOrEqual(1)
    await lives()
    held()
  })

  test('that follows another before its answer is answered after it, and one that follows rubbish is not', async () => {
    expect(await judge(whole(ping) + whole(called, modern) + whole(ping, close))).toEqual([200, 200, 200])
    expect((await judge(`${whole(ping)}rubbish\r\n\r\n${whole(ping, close)}`)).filter((status) => status === 200).length).toBeLessThan(2)
    held(2)
  })

  test('that comes byte by byte', async () => {
    const socket = connect(port, '127.0.0.1')
    for (const byte of Buffer.from(whole(ping, close))) {
      socket.write(Buffer.from([byte]))
      await new Promise(setImmediate)
    }
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /)
    held()
  })
})

test('and a server that such bytes bring down would be seen', async () => {
  const fragile = `require('node:http').createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk)).on('end', () => response.end(JSON.stringify(JSON.parse(body))))
  }).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`
  const other = spawn(process.execPath, ['-e', fragile], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [said] = (await once(other.stdout, 'data')) as [Buffer]
  await lives(Number(said))
  const outcome = await fc.check(fc.asyncProperty(bytesLike(valid), (bytes) => judge(bytes, Number(said)).then(() => lives(Number(said)))), { seed, numRuns: 200 })
  expect(outcome.failed).toBe(true)
  other.kill()
})
