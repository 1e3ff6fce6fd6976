import { readFileSync } from 'node:fs'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { expect, test } from 'vitest'
import { environment } from './program.ts'

interface Configuration {
  readonly mcpServers: Record<string, { command: string; args: string[] }>
}

test('mcp.json starts a server that answers, as a client would start it', async () => {
  const { mcpServers } = JSON.parse(readFileSync('mcp.json', 'utf8')) as Configuration
  expect(Object.keys(mcpServers)).toEqual(['intercom'])
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StdioClientTransport({ ...mcpServers.intercom!, env: environment() }))
  expect((await client.callTool({ name: 'list_admins', arguments: {} })).isError).not.toBe(true)
  await client.close()
})
