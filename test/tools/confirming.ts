import { Client, type ElicitResult, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { built, environment } from '../cli/program.ts'
import type { AnyClient, Target } from '../server/connect.ts'
import type { Answer } from './session.ts'

type Said = ElicitResult['action']

/** What a person is shown by their client, and what they say to it. */
export interface Asked {
  readonly questions: string[]
  says: Said
}

/** A client whose person answers questions, or one that puts none when `asked` is undefined. */
type Connect = (target: Target, asked?: Asked) => Promise<AnyClient>

const identity = { name: 'test', version: '1.0.0' }

const reply = (asked: Asked, message: string): ElicitResult => {
  asked.questions.push(message)
  return { action: asked.says, ...(asked.says === 'accept' && { content: {} }) }
}

const connectV1: Connect = async (target, asked) => {
  const client = new ClientV1(identity, { capabilities: asked ? { elicitation: {} } : {} })
  if (asked) client.setRequestHandler(ElicitRequestSchema, ({ params }) => reply(asked, params.message))
  await client.connect('url' in target ? new HttpV1(new URL(target.url)) : new StdioV1(child(target)))
  return client
}

const connectV2 = (mode: 'legacy' | { pin: '2026-07-28' }): Connect => async (target, asked) => {
  const client = new Client(identity, { capabilities: asked ? { elicitation: { form: {} } } : {}, versionNegotiation: { mode } })
  if (asked) client.setRequestHandler('elicitation/create', ({ params }) => reply(asked, params.message))
  await client.connect('url' in target ? new StreamableHTTPClientTransport(new URL(target.url)) : new StdioClientTransport(child(target)))
  return client
}

/** As anyone starts it, who says nothing of confirmations. */
const child = ({ args, env }: Extract<Target, { args: unknown }>) => {
  const { INTERCOM_MCP_CONFIRM: _, ...unsaid } = environment()
  return { command: process.execPath, args: [built, ...args], env: { ...unsaid, ...env }, stderr: 'ignore' as const }
}

export const connects: Readonly<Record<string, Connect>> = {
  'SDK v1': connectV1,
  'SDK v2 speaking 2025-11-25': connectV2('legacy'),
  'SDK v2 speaking 2026-07-28': connectV2({ pin: '2026-07-28' }),
}

/** What a tool answers, whichever the client. */
export const calling = (client: AnyClient) => async (name: string, args: Record<string, unknown> = {}): Promise<Answer> => {
  const result = await (client as Client).callTool({ name, arguments: args }) // both SDKs' clients take and answer the same here
  const text = result.content.map((item) => (item.type === 'text' ? item.text : '')).join('\n')
  return { text, structured: result.structuredContent as Answer['structured'], isError: result.isError === true }
}

/** What a model finds in a preview to come back with. */
export const tokenIn = ({ text }: Pick<Answer, 'text'>): string => {
  const token = /confirm_token "([^"]+)"/.exec(text)?.[1]
  if (token === undefined) throw new Error(`no question: ${text}`)
  return token
}

/** The preview alone. */
export const previewIn = ({ text }: Pick<Answer, 'text'>): string => /\n-----\n([^]*)\n-----\n/.exec(text)?.[1] ?? text
