import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterEach, expect, test } from 'vitest'
import { Program } from '../cli/program.ts'

let server: Program | undefined
afterEach(async () => {
  server?.child.kill()
  await server?.ended()
})

const start = async (...args: string[]): Promise<URL> => {
  server = new Program(['http', '--port', '0', ...args])
  return new URL(await server.said(/serving MCP at (\S+)/))
}

const connected = async (url: URL, toolsets?: string): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers: { ...(toolsets !== undefined && { 'X-MCP-Toolsets': toolsets }) } } }))
  return client
}

const names = async (url: URL, toolsets?: string): Promise<string[]> => {
  const client = await connected(url, toolsets)
  const { tools } = await client.listTools()
  await client.close()
  return tools.map(({ name }) => name)
}

const refusal = async (url: URL, toolsets: string): Promise<string> => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'x-mcp-toolsets': toolsets }
  const response = await fetch(url, { method: 'POST', headers, body })
  expect(response.status).toBe(400)
  return ((await response.json()) as { error: { message: string } }).error.message
}

test('each caller lists the toolsets of its header, side by side', async () => {
  const url = await start()
  const [states, byDefault, finder] = await Promise.all([names(url, ' Ticket-States , ticket-states'), names(url), names(url, 'finder')])
  expect(states).toEqual(['list_ticket_states'])
  expect(finder).toEqual(['find_operation', 'call_read_operation', 'call_write_operation', 'call_destructive_operation'])
  expect(byDefault).toEqual(await names(url, 'default'))
  expect(byDefault.length).toBeLessThanOrEqual(20)
})

test('a tool outside the toolsets of the header is not called', async () => {
  const client = await connected(await start(), 'ticket-states')
  expect(await client.callTool({ name: 'list_admins', arguments: {} })).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('--toolsets admins') }] })
  await client.close()
})

test('an unknown toolset is refused with the one that may have been meant', async () => {
  const url = await start()
  expect((await refusal(url, 'x'.repeat(10_000))).length).toBeLessThan(1000)
  expect(await refusal(url, 'contcts')).toMatch(/x-mcp-toolsets: unknown toolset "contcts"\. Did you mean "contacts"\?/)
})

test('no header, an empty one and several say what their parts say', async () => {
  const url = await start()
  const byDefault = await names(url)
  for (const header of ['', '  ', ' , ,']) expect(await names(url, header)).toEqual(byDefault)
  expect(await names(url, 'TEAMS, teams,ticket-states')).toEqual(['get_team', 'list_teams', 'list_ticket_states'])
})

test('a header chooses only among what the server was started with', async () => {
  const url = await start('--toolsets', 'ticket-states,ticket-types')
  expect(await names(url, 'ticket-states')).toEqual(['list_ticket_states'])
  expect(await refusal(url, 'contacts')).toMatch(/contacts is not offered here\. Offered: ticket-states, ticket-types/)
  expect(await refusal(url, 'finder')).toMatch(/finder is not offered here/)
})

test('a read-only server stays so under any header', async () => {
  const url = await start('--read-only')
  expect(await names(url, 'ticket-types')).toEqual(['get_ticket_type', 'list_ticket_types'])
})
