import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { onTestFinished } from 'vitest'
import { prompts as known } from '../../src/resources/prompt-texts.ts'
import { headerOf } from '../../src/server/http/selection.ts'
import { allRules, type Said } from '../../src/tools/rules.ts'
import { Program } from '../cli/program.ts'
import { open } from './session.ts'

/** A way into a server, by a real client over a real transport: each call answers with what the server says of it. */
export interface Door {
  readonly call: (name: string, args: Record<string, unknown>) => Promise<string>
  readonly read: (uri: string) => Promise<string>
  readonly complete: (template: string, variable: string) => Promise<string>
  readonly lists: () => Promise<Lists>
}

interface Lists {
  readonly listed: readonly string[]
  readonly uris: readonly string[]
  /** What all prompts say that are offered, and the instructions. */
  readonly prompts: string
  /** What is said of those that are not. */
  readonly refusals: readonly string[]
}

const upstream = (baseUrl: string) => ({ INTERCOM_BASE_URL: baseUrl, INTERCOM_ACCESS_TOKEN: 'token' })

export const overStdio = async (said: Said, baseUrl: string): Promise<Door> => {
  const flags = allRules.flatMap(([key, { name, kind }]) => (said[key] === undefined ? [] : [`--${name}${kind === 'switch' ? '' : `=${said[key]}`}`]))
  const { client, close } = await open(flags, upstream(baseUrl))
  onTestFinished(close)
  return doorOf(client)
}

export const overHttp = async (said: Said, baseUrl: string): Promise<Door> => {
  const server = new Program(['http', '--port', '0'], upstream(baseUrl))
  const client = new Client({ name: 'test', version: '1.0.0' })
  onTestFinished(async () => {
    await client.close()
    server.child.kill()
    await server.ended()
  })
  const headers = Object.fromEntries(allRules.flatMap(([key, rule]) => (said[key] === undefined ? [] : [[headerOf(rule), said[key]]])))
  await client.connect(new StreamableHTTPClientTransport(new URL(await server.said(/serving MCP at (\S+)/)), { requestInit: { headers } }))
  return doorOf(client)
}

const doorOf = (client: Client): Door => ({
  call: async (name, args) => textOf(await client.callTool({ name, arguments: args })),
  read: async (uri) => messageOf(client.readResource({ uri })),
  complete: async (uri, name) => messageOf(client.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value: '' } })),
  lists: async () => {
    const [{ tools }, { resources }, { resourceTemplates }, { prompts }] = await Promise.all([client.listTools(), client.listResources(), client.listResourceTemplates(), client.listPrompts()])
    const texts = await Promise.all(prompts.map(async ({ name }) => JSON.stringify(await client.getPrompt({ name, arguments: required(name) }))))
    const off = known.filter(({ name }) => !prompts.some((prompt) => prompt.name === name))
    const refusals = off.flatMap(({ name, takes }) => [
      messageOf(client.getPrompt({ name, arguments: required(name) })),
      messageOf(client.complete({ ref: { type: 'ref/prompt', name }, argument: { name: takes[0]!.name, value: '' } })),
    ])
    return {
      listed: tools.map(({ name }) => name),
      uris: [...resources.map(({ uri }) => uri), ...resourceTemplates.map(({ uriTemplate }) => uriTemplate)],
      prompts: [client.getInstructions(), ...texts].join('\n'),
      refusals: await Promise.all(refusals),
    }
  },
})

const required = (prompt: string): Record<string, string> =>
  Object.fromEntries(known.find(({ name }) => name === prompt)!.takes.filter((argument) => argument.required).map(({ name }) => [name, '1']))

const textOf = ({ isError, content }: Awaited<ReturnType<Client['callTool']>>): string =>
  `${isError ? '' : 'not refused: '}${content.map((item) => (item.type === 'text' ? item.text : '')).join('\n')}`

/** What a refusal says, without the SDK's own words before it. */
const messageOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then((answer) => `not refused: ${JSON.stringify(answer)}`, (error: unknown) => (error instanceof Error ? error.message.replace(/^MCP error -?\d+: /, '') : String(error)))
