import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { variables } from '../../src/resources/template.ts'
import { type Redactable, redactable } from '../../src/view/redaction/redactable.ts'
import { built, environment } from '../cli/program.ts'
import { sample } from '../contract/generate.ts'
import { type Stranger, stranger } from '../tools/stranger.ts'
import { canary, leftIn, pasted } from './canaries.ts'
import { cases, tally } from './figures.ts'

const operations = await allOperations()

/** Whose texts the workspace publishes or keeps for its own people; they are not what anybody said to somebody. */
const published = new Set(['articles', 'internal-articles', 'news', 'ai-content', 'help-center'])
const publishedResource = /^intercom:\/\/(?:articles|internal-articles|news|newsfeeds|external-pages|help-center|content)/

/** A server before an Intercom in whose every string stands a customer's email, phone and name, cut or written in every way. */
class Hidden {
  readonly client = new Client({ name: 'test', version: '1.0.0' })
  log = ''
  readonly #upstream: Promise<Stranger>

  constructor(type: string) {
    this.#upstream = stranger(canary(type))
  }

  async open(kinds: readonly string[]): Promise<this> {
    const { url } = await this.#upstream
    const args = [built, '--toolsets', 'all,finder', '--confirm', 'never', '--log-level', 'debug', ...(kinds.length ? ['--redact', kinds.join()] : [])]
    const env = environment({ INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: 'token' })
    const transport = new StdioClientTransport({ command: process.execPath, args, env, stderr: 'pipe' })
    transport.stderr?.on('data', (chunk: Buffer) => (this.log += chunk.toString()))
    await this.client.connect(transport)
    await this.call('get_contact', { id: '7' }) // so that the name is known, as of a customer one has looked at
    return this
  }

  call(name: string, args: Record<string, unknown>) {
    return this.client.callTool({ name, arguments: args })
  }

  async upstream(): Promise<Stranger> {
    return this.#upstream
  }

  async close(): Promise<void> {
    await this.client.close()
    await (await this.#upstream).close()
  }
}

/** An answer or an error, as its reader sees it. */
const seen = async (request: Promise<unknown>): Promise<string> => JSON.stringify(await request.catch((error: unknown) => ({ message: String(error), ...(error as object) })))

/** Every request that can show something of a customer, by what is asked, and whether texts of the workspace's own are in it. */
const requests = async ({ client, call }: { client: Client; call: Hidden['call'] }): Promise<{ asked: string; own: boolean; send: () => Promise<unknown> }[]> => {
  const { resources } = await client.listResources()
  const { resourceTemplates } = await client.listResourceTemplates()
  const { prompts } = await client.listPrompts()
  const addresses = [...resources.map(({ uri }) => uri), ...resourceTemplates.map(({ uriTemplate }) => variables(uriTemplate).reduce((uri, name) => uri.replace(`{${name}}`, '7'), uriTemplate))]
  const blanks = [
    ...resourceTemplates.flatMap(({ uriTemplate: uri }) => variables(uri).map((name) => ({ ref: { type: 'ref/resource' as const, uri }, name }))),
    ...prompts.flatMap(({ name: prompt, arguments: taken = [] }) => taken.map(({ name }) => ({ ref: { type: 'ref/prompt' as const, name: prompt }, name }))),
  ]
  return [
    ...operations.map(({ noun, operation }) => ({ asked: operation.name, own: published.has(noun), send: () => call(operation.name, sample(operation)) })),
    ...operations.map(({ noun, operation }) => ({ asked: `${operation.name} with what it does not take`, own: published.has(noun), send: () => call(operation.name, { ...sample(operation), [pasted[0]!]: pasted.join(), fields: [pasted[0]] }) })),
    ...['who_is_customer', 'get_account', 'search', 'fetch'].flatMap((name) =>
      [...pasted, 'contact:7', 'conversation:7', 'ticket:7', '7'].map((text) => ({ asked: `${name} ${text}`, own: false, send: () => call(name, { [taken[name]!]: text }) })),
    ),
    { asked: 'describe_workspace', own: false, send: () => call('describe_workspace', {}) },
    ...operations.filter(({ operation }) => operation.effect === 'read').map(({ noun, operation }) => ({ asked: `call_read_operation ${operation.name}`, own: published.has(noun), send: () => call('call_read_operation', { operation: operation.name, input: sample(operation) }) })),
    ...pasted.map((text) => ({ asked: `find_operation ${text}`, own: false, send: () => call('find_operation', { request: text }) })),
    ...addresses.map((uri) => ({ asked: uri, own: publishedResource.test(uri), send: () => client.readResource({ uri }) })),
    ...prompts.flatMap(({ name, arguments: blank = [] }) => pasted.map((text) => ({ asked: `prompt ${name}`, own: false, send: () => client.getPrompt({ name, arguments: Object.fromEntries(blank.map((each) => [each.name, text])) }) }))),
    ...blanks.flatMap(({ ref, name }) => ['', 'Zyx', pasted[0]!].map((value) => ({ asked: `completing ${name} ${value}`, own: false, send: () => client.complete({ ref, argument: { name, value } }) }))),
  ]
}

const taken: Readonly<Record<string, string>> = { who_is_customer: 'customer', get_account: 'company', search: 'query', fetch: 'id' }

/** Of all requests those that leave something, as `what: kinds`, and how many show pseudonyms in its place. */
const leaks = async (server: Hidden, kinds: readonly Redactable[]): Promise<{ found: string[]; redacted: number }> => {
  const found: string[] = []
  let redacted = 0
  for (const { asked, own, send } of await requests({ client: server.client, call: (name, args) => server.call(name, args) })) {
    const answer = await seen(send())
    const left = leftIn(answer).filter((kind) => kinds.includes(kind) && !(own && kind === 'bodies'))
    claim.held()
    if (/\b(?:e|phone|Person)-[2-7][a-z2-7]{9}|\[text /.test(answer)) redacted += 1
    if (left.length > 0) found.push(`${asked}: ${left.join()}`)
  }
  return { found, redacted }
}

const claim = tally('Of emails, phones, names and texts of customers in every field, cut anywhere, nothing is left in any result, resource, prompt, completion, error or log')

/** Whose name a text holds is known from people; of a conversation nobody is called so. */
const unnamed = redactable.filter((kind) => kind !== 'names')

describe.each([['contact', redactable], ['user', redactable], ['conversation', unnamed]].slice(0, cases(1, 3)) as [string, Redactable[]][])('where every object is a %s', (type, all) => {
  test.each([all, ...all.map((kind) => [kind])].slice(0, cases(1, 5)).map((kinds) => ({ kinds })))('redacting $kinds', async ({ kinds }) => {
    const server = await new Hidden(type).open(kinds)
    try {
      for (const items of [1, 5].slice(0, cases(1, 2))) {
        ;(await server.upstream()).fill({ word: canary(type), items })
        await claim.during(async () => {
          const { found, redacted } = await leaks(server, kinds)
          expect(found).toEqual([])
          expect(redacted).toBeGreaterThan(40)
        })
      }
      ;(await server.upstream()).refuse()
      await claim.during(async () => expect(await leaks(server, kinds)).toMatchObject({ found: [] }))
      expect(server.log).toContain('debug get_contact')
      await claim.during(() => expect(leftIn(server.log).filter((kind) => kinds.includes(kind))).toEqual([]))
    } finally {
      await server.close()
    }
  }, 300_000)
})

describe('the same check, where something is not redacted', () => {
  let servers: Hidden[]
  beforeAll(async () => {
    servers = await Promise.all([[], ...redactable.map((left) => redactable.filter((kind) => kind !== left))].map((kinds) => new Hidden('contact').open(kinds)))
  })
  afterAll(() => Promise.all(servers.map((server) => server.close())))

  const few = async (server: Hidden): Promise<Redactable[]> => leftIn(await Promise.all([seen(server.call('get_contact', { id: '7' })), seen(server.call('get_conversation', { id: '7' })), seen(server.client.readResource({ uri: 'intercom://conversations/7' }))]))

  test('finds all of it', async () => {
    expect(await few(servers[0]!)).toEqual([...redactable])
  })

  test.each(redactable.map((kind, index) => [kind, index + 1] as const))('finds %s', async (kind, index) => {
    expect(await few(servers[index]!)).toEqual([kind])
  })
})
