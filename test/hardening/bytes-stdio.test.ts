import { McpServer } from '@modelcontextprotocol/server'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import fc from 'fast-check'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hello, Program } from '../cli/program.ts'
import { bytesLike, seed, told } from './bytes.ts'
import { cases, tally } from './figures.ts'
import { Lines, type Message } from './lines.ts'

const { during, held } = tally('A line on stdin that is no message is answered with a JSON-RPC error, and the connection lives on (lines)')

const valid = [
  { id: 'a', method: 'ping' },
  { id: 'b', method: 'tools/call', params: { name: 'get_tag', arguments: { id: '1' } } },
  { id: 'c', method: 'tools/call', params: { name: 'create_tag', arguments: { name: 'VIP' }, _meta: { progressToken: 7 } } },
  { id: 'd', method: 'resources/read', params: { uri: 'intercom://contacts/66f0c3d1a7b24e1000000001' } },
  { id: 'e', method: 'prompts/get', params: { name: 'brief_me', arguments: { customer: 'Ada' } } },
  { id: 'f', method: 'completion/complete', params: { ref: { type: 'ref/resource', uri: 'intercom://tags/{id}' }, argument: { name: 'id', value: '1' } } },
  { method: 'notifications/cancelled', params: { requestId: 'z', reason: 'no longer needed' } },
].map((message) => JSON.stringify({ jsonrpc: '2.0', ...message }))

/** One line each. */
const lines = bytesLike(valid).map((bytes): Buffer => Buffer.from(bytes.map((byte) => (byte === 0x0a ? 0x20 : byte))))

let program: Program
let server: Lines
beforeAll(async () => {
  program = new Program([])
  program.child.stdout.removeAllListeners('data')
  server = await greeted(new Lines(program.child.stdin, program.child.stdout))
})
afterAll(async () => {
  program.child.stdin.end()
  expect(await program.ended()).toBe(0)
  expect(program.stderr).toBe('')
})

const greeted = async (lines: Lines): Promise<Lines> => {
  lines.write(`${JSON.stringify({ jsonrpc: '2.0', ...hello })}\n`)
  expect((await lines.answer(hello.id)).error).toBeUndefined()
  return lines
}

const tried = (on: () => Lines, numRuns: number) => fc.check(fc.asyncProperty(lines, (line) => during(() => on().judge(line))), { seed, numRuns })

test('random bytes, and messages with bytes changed', { timeout: 600_000 }, async () => {
  const outcome = await tried(() => server, cases(1_500, 10_000))
  expect(outcome.failed, told(outcome)).toBe(false)
})

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const within = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)
const written = (id: string, attributes: string) =>
  `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"call_write_operation","arguments":{"operation":"create_contact","input":{"email":"ada@example.com","custom_attributes":${attributes}}}}}`
const called = (id: string, input: string) => `{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"name":"search_contacts","arguments":${input}}}`

describe('a line that is', () => {
  test.each<[string, string, number]>([
    ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600],
    ['an empty batch', '[]', -32600],
    ['of JSON-RPC 1.0', '{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600],
    ['of no version', '{"id":1,"method":"ping"}', -32600],
    ['of a version that is a number', '{"jsonrpc":2.0,"id":1,"method":"ping"}', -32600],
    ['without a method', '{"jsonrpc":"2.0","id":1}', -32600],
    ['of a method that is no text', '{"jsonrpc":"2.0","id":1,"method":{}}', -32600],
    ['of an id that is an object', '{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600],
    ['of params that are a list', '{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}', -32600],
    ['a number', '42', -32600],
    ['half a message', '{"jsonrpc":"2.0","id":1,"met', -32700],
    ['two messages', '{"jsonrpc":"2.0","id":1,"method":"ping"}{"jsonrpc":"2.0","id":2,"method":"ping"}', -32700],
    ['with NUL in it', '{"jsonrpc":"2.0",\0"id":1,"method":"ping"}', -32700],
    ['nested 100,000 deep', nested(100_000), -32600],
    ['nested 100,000 deep and never closed', '['.repeat(100_000), -32700],
    ['longer than 10 MiB', `"${'x'.repeat(10 * 1024 * 1024)}"`, -32700],
    ['a message longer than 10 MiB', called('1', `{"query":"${'x'.repeat(11 * 1024 * 1024)}"}`), -32700],
  ])('%s', async (_, line, code) => {
    const answers = await server.after(Buffer.from(line))
    expect(answers.map(({ error }) => error?.code)).toEqual([code])
    held()
  })

  test.each<[string, string, (answer: Message) => unknown]>([
    ['a method of no name', '{"jsonrpc":"2.0","id":"m1","method":""}', ({ error }) => error?.code === -32601],
    ['a method that all objects have', '{"jsonrpc":"2.0","id":"m2","method":"__proto__"}', ({ error }) => error?.code === -32601],
    ['a very long id', `{"jsonrpc":"2.0","id":"${'m'.repeat(100_000)}","method":"ping"}`, ({ result }) => result],
    ['the largest id', '{"jsonrpc":"2.0","id":9007199254740991,"method":"ping"}', ({ result }) => result],
    ['a carriage return at its end', '{"jsonrpc":"2.0","id":"m5","method":"ping"}\r', ({ result }) => result],
    ['bytes that are no UTF-8', '{"jsonrpc":"2.0","id":"m6","method":"ping","params":{"_meta":{"a":"\xff\xfe"}}}', ({ result }) => result],
    ['the same key twice', '{"jsonrpc":"2.0","id":"m7","id":"m8","method":"ping"}', ({ result }) => result],
    ['arguments that replace what objects inherit', called('"m9"', '{"__proto__":{"isError":true},"constructor":1}'), ({ result, error }) => result ?? error],
    ['arguments nested 2,000 deep', called('"m10"', `{"query":${nested(2_000)}}`), ({ result, error }) => result ?? error],
    ['arguments nested 100,000 deep', called('"m11"', `{"query":${nested(100_000)}}`), ({ result, error }) => result ?? error],
    ['arguments nested 50,000 deep in JSON text', called('"m12"', `{"query":${JSON.stringify(nested(50_000))}}`), ({ result, error }) => result ?? error],
    ['attributes nested 3,000 deep', written('"m14"', within(3_000)), ({ result, error }) => result ?? error],
    ['attributes nested 3,000 deep in JSON text', written('"m15"', JSON.stringify(within(3_000))), ({ result, error }) => result ?? error],
    ['9 MiB of arguments', called('"m13"', `{"query":"${'x'.repeat(9 * 1024 * 1024)}"}`), ({ result, error }) => result ?? error],
  ])('a message with %s is answered', async (_, line, holds) => {
    const id = (JSON.parse(line) as Message).id!
    server.write(Buffer.concat([Buffer.from(line, 'latin1'), Buffer.from('\n')]))
    const answer = await server.answer(id)
    expect(holds(answer)).toBeTruthy()
    expect(JSON.stringify(answer)).not.toMatch(/failed unexpectedly|RangeError|Maximum call stack/)
    expect(await server.after(Buffer.from(''))).toEqual([])
    held()
  })
})

test('a message split at any byte is one message', async () => {
  const whole = (id: string) => Buffer.from(`{"jsonrpc":"2.0","id":"${id}","method":"ping","params":{"_meta":{"é💥":"\\u00e9"}}}\r\n`)
  const { length } = whole('split-000')
  for (let place = 0; place <= length; place++) {
    const id = `split-${String(place).padStart(3, '0')}`
    server.write(whole(id).subarray(0, place))
    await new Promise(setImmediate)
    server.write(whole(id).subarray(place))
    expect((await server.answer(id)).error).toBeUndefined()
    held()
  }
})

test('the same id in use many times is answered as often', async () => {
  const line = '{"jsonrpc":"2.0","id":"twice","method":"ping"}\n'
  const answers = await server.after(Buffer.from(line.repeat(50).trim()))
  expect(answers).toEqual(Array(50).fill({ jsonrpc: '2.0', id: 'twice', result: {} }))
})

test("and the SDK's own transport, which answers no such line, would be seen", async () => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const other = new McpServer({ name: 'other', version: '1' })
  await other.connect(new StdioServerTransport(input, output))
  const far = await greeted(new Lines(input, output))
  const outcome = await fc.check(fc.asyncProperty(lines, (line) => far.judge(line)), { seed, numRuns: 100 })
  expect(outcome.failed).toBe(true)
  expect(told(outcome)).toMatch(/it was answered with \[\], not -32\d00|was not answered/)
  await other.close()
})
