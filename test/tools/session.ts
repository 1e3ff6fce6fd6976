import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'

/** What a tool answered, as its reader sees it. */
export interface Answer {
  readonly text: string
  readonly structured: Record<string, unknown> | undefined
  readonly isError: boolean
}

/** One session of a real client with the built server over stdio, on the embedded workspace unless `env` says otherwise. */
export interface Session {
  readonly client: Client
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<Answer>
  readonly close: () => Promise<void>
}

export const open = async (args: readonly string[] = [], env: Record<string, string> = {}): Promise<Session> => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StdioClientTransport({ command: process.execPath, args: ['dist/intercom-mcp.js', ...args], env: { ...inherited(), ...unasked, ...env }, stderr: 'ignore' }))
  return { client, call: async (name, input = {}) => answer(await client.callTool({ name, arguments: input })), close: () => client.close() }
}

/** Most tests are about something else than what people agree to. */
const unasked = { INTERCOM_MCP_CONFIRM: 'never' }

/** The tests' own environment must not point the server at a real Intercom. */
const inherited = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('INTERCOM_')))

const answer = (result: Awaited<ReturnType<Client['callTool']>>): Answer => ({
  text: result.content.map((item) => (item.type === 'text' ? item.text : '')).join('\n'),
  structured: result.structuredContent as Record<string, unknown> | undefined,
  isError: result.isError === true,
})

/** An answer without the characters that mark what customers wrote, which are new each time. */
export const unmarked = (answer: Answer): Answer => ({
  ...answer,
  text: withoutNonce(answer.text),
  structured: answer.structured && (JSON.parse(withoutNonce(JSON.stringify(answer.structured))) as Record<string, unknown>),
})

const withoutNonce = (text: string): string => text.replace(/(<\/?customer-data )\w+>/g, '$1…>')
