import { Client, ProtocolError, ProtocolErrorCode, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { built, environment, Program } from '../cli/program.ts'
import { published } from '../../src/tools/published.ts'
import type { ToolResult } from '../../src/tools/call.ts'
import { flawsOf } from './fuzz.ts'
import { seed } from './bytes.ts'
import { cases, tally } from './figures.ts'
import { argumentsOf } from './hostile.ts'

const { during } = tally('The same through a real client, over stdio and over HTTP (calls)')

const all = ['--toolsets', 'all,finder', '--confirm', 'never']
const server = new Program(['http', '--port', '0', ...all])
const clients: Record<string, Client> = {}

const connected = async (transport: StdioClientTransport | StreamableHTTPClientTransport): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(transport)
  await client.listTools() // from here on the client holds answers to the schemas of the tools
  return client
}

beforeAll(async () => {
  const url = new URL(await server.said(/serving MCP at (\S+)/))
  clients.stdio = await connected(new StdioClientTransport({ command: process.execPath, args: [built, ...all], env: environment(), stderr: 'inherit' }))
  clients.HTTP = await connected(new StreamableHTTPClientTransport(url))
})
afterAll(async () => {
  await Promise.all(Object.values(clients).map((client) => client.close()))
  server.child.kill()
  expect(await server.ended()).toBe(0)
  expect(server.stderr).not.toContain('error')
})

const tools = await published()

/** What is wrong with a request may be told as an error of the protocol too. */
const refused = (error: unknown): ToolResult => {
  if (error instanceof ProtocolError && error.code === ProtocolErrorCode.InvalidParams) return { content: [{ type: 'text', text: error.message }], isError: true }
  throw error
}

test.each(['stdio', 'HTTP'])('over %s every tool answers whatever it is called with', { timeout: 1_200_000 }, async (transport) => {
  for (const tool of tools)
    for (const args of fc.sample(argumentsOf(tool.tool.inputSchema, tool.noun, {}), { seed, numRuns: cases(1, 50) }))
      await during(async () => {
        const result = (await clients[transport]!.callTool({ name: tool.tool.name, arguments: args }).catch(refused)) as ToolResult // ours are texts only
        const flaws = flawsOf({ tool, result, upstream: [] })
        expect(flaws, `${tool.tool.name} ${JSON.stringify(args).slice(0, 2_000)}: ${JSON.stringify(result).slice(0, 2_000)}`).toEqual([])
      })
})
