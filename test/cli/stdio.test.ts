import { setTimeout } from 'node:timers/promises'
import { createServer, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { hello, Program, run } from './program.ts'

const programs: Program[] = []
const start = (...args: ConstructorParameters<typeof Program>) => {
  const program = new Program(...args)
  programs.push(program)
  return program
}
afterEach(() => programs.splice(0).forEach(({ child }) => child.kill('SIGKILL')))

const getAdmins = { id: 2, method: 'tools/call', params: { name: 'list_admins', arguments: {} } }

/** An Intercom that answers when told to. */
const slowIntercom = async () => {
  const waiting: ServerResponse[] = []
  let arrived: () => void
  const asked = new Promise<void>((resolve) => (arrived = resolve))
  const server = createServer((_, response) => {
    waiting.push(response)
    arrived()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const env = { INTERCOM_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, INTERCOM_ACCESS_TOKEN: 'token' }
  const answer = () => waiting.splice(0).forEach((response) => response.setHeader('content-type', 'application/json').end('{"type":"admin.list","admins":[]}'))
  return { env, asked, answer, close: () => server.close() }
}

const text = (...messages: object[]) => messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('')

test('what was asked before stdin ended is answered, and the program ends with 0', async () => {
  const { code, stdout, stderr } = await run([], { input: text(hello, getAdmins, { id: 3, method: 'tools/list' }) })
  const answers = stdout.trim().split('\n').map((line) => JSON.parse(line) as { id: number; result?: unknown })
  expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([1, 2, 3]))
  expect(answers.every(({ result }) => result !== undefined)).toBe(true)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
})

test('the last line may lack its newline', async () => {
  const { code, stdout } = await run([], { input: text(hello).trimEnd() })
  expect(stdout).toContain('"protocolVersion":"2025-11-25"')
  expect(code).toBe(0)
})

test.each(['end of stdin', 'SIGTERM', 'SIGINT', 'SIGHUP'])('a call in flight at %s is answered before the program ends with 0', async (how) => {
  const intercom = await slowIntercom()
  const program = start([], intercom.env)
  program.send(hello, getAdmins)
  await intercom.asked
  if (how === 'end of stdin') program.child.stdin.end()
  else program.child.kill(how as NodeJS.Signals)
  await setTimeout(50)
  expect(program.child.exitCode).toBeNull()
  intercom.answer()
  expect(await program.answer(2)).toMatchObject({ result: { structuredContent: {} } })
  expect(await program.ended()).toBe(0)
  intercom.close()
})

test('calls in flight under the same id are each answered before the end', async () => {
  const intercom = await slowIntercom()
  const program = start([], intercom.env)
  program.send(hello, getAdmins, { ...getAdmins, method: 'tools/list' })
  await intercom.asked
  await program.answer(2)
  program.child.stdin.end()
  await setTimeout(50)
  intercom.answer()
  expect(await program.ended()).toBe(0)
  expect(program.answers().map(({ id }) => id)).toEqual([1, 2, 2])
  intercom.close()
})

test('a call that its client cancelled does not hold the end back', async () => {
  const intercom = await slowIntercom()
  const program = start([], intercom.env)
  program.send(hello, getAdmins)
  await intercom.asked
  program.send({ method: 'notifications/cancelled', params: { requestId: 2 } })
  program.child.stdin.end()
  expect(await program.ended()).toBe(0)
  expect(program.answers().map(({ id }) => id)).toEqual([1])
  intercom.close()
})

test('a subscription is ended with the connection, and does not hold it open', async () => {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  const { code, stdout } = await run([], { input: text({ id: 1, method: 'subscriptions/listen', params: { notifications: { toolsListChanged: true }, _meta } }) })
  const [acknowledged, ended] = stdout.trim().split('\n').map((line) => JSON.parse(line) as object)
  expect(acknowledged).toMatchObject({ method: 'notifications/subscriptions/acknowledged' })
  expect(ended).toMatchObject({ id: 1, result: { resultType: 'complete' } })
  expect(code).toBe(0)
})

test('lines that are no messages are answered with errors, and the connection lives on', async () => {
  const program = start([])
  program.child.stdin.write('not json\n\n{"jsonrpc":"2.0","id":7,"method":5}\n[]\n{"id":8}\n')
  program.send(hello)
  await program.answer(1)
  const error = (code: number) => expect.objectContaining({ code }) as object
  expect(program.answers().slice(0, 4)).toMatchObject([
    { id: null, error: error(-32700) },
    { id: 7, error: error(-32600) },
    { id: null, error: error(-32600) },
    { id: 8, error: error(-32600) },
  ])
  expect(program.child.exitCode).toBeNull()
})

test.each<[string, object, RegExp]>([
  ['initialize', {}, /params.*expected object/],
  ['tools/call', { params: { name: 'list_admins', arguments: null } }, /^tools\/call: params\.arguments: expected record, received null$/],
  ['resources/read', { params: {} }, /^resources\/read: params\.uri: expected string, received undefined$/],
  ['completion/complete', { params: {} }, /params/],
])('malformed params of %s are told in a line, as the fault of the request', async (method, params, expected) => {
  const { stdout } = await run([], { input: text(...(method === 'initialize' ? [] : [hello]), { id: 2, method, ...params }) })
  const answer = stdout.trim().split('\n').map((line) => JSON.parse(line) as { id: number }).find(({ id }) => id === 2)
  expect(answer).toMatchObject({ error: { code: -32602, message: expect.stringMatching(expected) as string } })
  expect(JSON.stringify(answer)).not.toContain('\\n')
})

test('a message beyond the limit is answered with an error, and the connection lives on', async () => {
  const program = start([])
  program.send(hello)
  await program.answer(1)
  program.child.stdin.write(`{"jsonrpc":"2.0","id":2,"method":"${'x'.repeat(11 * 1024 * 1024)}"}\n`)
  program.send({ id: 3, method: 'ping' })
  expect(await program.answer(3)).toMatchObject({ result: {} })
  expect(program.answers()[1]).toMatchObject({ id: null, error: { code: -32700 } })
})

test('characters cut between two chunks are put together again', async () => {
  const program = start([])
  program.send(hello)
  await program.answer(1)
  const call = Buffer.from(text({ id: 2, method: 'tools/call', params: { name: 'zażółć', arguments: {} } }))
  const cut = call.indexOf('ż') + 1
  program.child.stdin.write(call.subarray(0, cut))
  await setTimeout(20)
  program.child.stdin.write(call.subarray(cut))
  expect(JSON.stringify(await program.answer(2))).toContain('zażółć')
})

test('a client that stops reading ends the program quietly', async () => {
  const program = start([])
  program.send(hello)
  await program.answer(1)
  program.child.stdout.destroy()
  program.send({ id: 2, method: 'tools/list' })
  expect(await program.ended()).toBe(0)
  expect(program.stderr).toBe('')
})

test('stdout carries nothing but messages, however much is logged', async () => {
  const { stdout, stderr } = await run(['--log-level', 'debug'], { input: text(hello, getAdmins, { id: 3, method: 'tools/call', params: { name: 'nonsense' } }) })
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as object)
  expect(lines).toHaveLength(3)
  expect(stderr).toMatch(/^info serving \d+ tools on stdio for the simulated workspace/)
  expect(stderr).toMatch(/^debug list_admins .*"status":200/m)
})

test('an Intercom that cannot be reached is an answer with advice, not an end', async () => {
  const { code, stdout } = await run([], { env: { INTERCOM_BASE_URL: 'http://127.0.0.1:1', INTERCOM_ACCESS_TOKEN: 'token' }, input: text(hello, getAdmins) })
  expect(stdout).toMatch(/"isError":true/)
  expect(stdout).toMatch(/INTERCOM_BASE_URL/)
  expect(code).toBe(0)
})
