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

type Headers = Readonly<Record<string, string>>

const asking = (toolsets: string | Headers = {}): Headers => (typeof toolsets === 'string' ? { 'X-MCP-Toolsets': toolsets } : toolsets)

const connected = async (url: URL, toolsets?: string | Headers): Promise<Client> => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers: asking(toolsets) } }))
  return client
}

const names = async (url: URL, toolsets?: string | Headers): Promise<string[]> => {
  const client = await connected(url, toolsets)
  const { tools } = await client.listTools()
  await client.close()
  return tools.map(({ name }) => name)
}

const refusal = async (url: URL, toolsets: string | Headers): Promise<string> => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...asking(toolsets) }
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

test('headers say for one caller what flags say for all, and only narrow them', async () => {
  const url = await start('--toolsets', 'tags,teams', '--allow', 'read,write')
  expect(await names(url, { 'X-MCP-Readonly': 'true' })).toEqual(['get_tag', 'list_tags', 'get_team', 'list_teams'])
  expect(await names(url, { 'X-MCP-Allow': 'read,send,destroy', 'X-MCP-Tools': 'list_tags,get_team' })).toEqual(['list_tags', 'get_team'])
  expect(await names(url, { 'X-MCP-Exclude-Tools': 'list_teams', 'X-MCP-Toolsets': 'teams' })).toEqual(['get_team'])
  expect(await names(url, { 'X-MCP-Readonly': 'false' })).toEqual(await names(url))
  expect(await names(url, { 'X-MCP-Max-Items': '5', 'X-MCP-Max-Page-Items': '5', 'X-MCP-Confirm': 'never' })).toEqual(await names(url))
})

test('what a header says wrongly, or asks for in vain, is refused with what to say', async () => {
  const url = await start('--toolsets', 'tags,teams', '--read-only')
  const refusals: [Headers, RegExp][] = [
    [{ 'X-MCP-Readonly': 'perhaps' }, /^x-mcp-readonly: "perhaps" is neither true nor false/],
    [{ 'X-MCP-Allow': 'read,wriet' }, /^x-mcp-allow: unknown effect "wriet"\. Did you mean "write"\?/],
    [{ 'X-MCP-Tools': 'list_tag' }, /^x-mcp-tools: unknown tool "list_tag"\. Did you mean "list_tags"\?/],
    [{ 'X-MCP-Exclude-Tools': 'teams' }, /^x-mcp-exclude-tools: unknown tool "teams"/],
    [{ 'X-MCP-Max-Items': '-1' }, /^x-mcp-max-items: "-1" is not a whole number from 1/],
    [{ 'X-MCP-Max-Page-Items': 'all' }, /^x-mcp-max-page-items: "all" is not a whole number/],
    [{ 'X-MCP-Confirm': 'maybe' }, /^x-mcp-confirm: "maybe" is not one of all, send, never/],
    [{ 'X-MCP-Tools': 'create_tag' }, /^x-mcp-tools: This server is read-only, and create_tag would change anything in Intercom/],
    [{ 'X-MCP-Tools': 'get_ticket' }, /^x-mcp-tools: This server does not offer get_ticket \(--toolsets tickets or --tools get_ticket would\)/],
    [{ 'X-MCP-Toolsets': 'tags', 'X-MCP-Tools': 'get_team' }, /together leave none of the tools/],
  ]
  for (const [headers, expected] of refusals) expect(await refusal(url, headers)).toMatch(expected)
})

test('more combinations than are kept are served all the same', async () => {
  const url = await start('--toolsets', 'tags')
  const lists = []
  for (let most = 1; most <= 110; most += 1) lists.push(toolsListed(url, { 'X-MCP-Max-Items': String(most) }))
  expect(new Set(await Promise.all(lists))).toEqual(new Set([(await names(url)).length]))
})

const toolsListed = async (url: URL, headers: Headers): Promise<number> => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers }, body })
  return [...(await response.text()).matchAll(/"inputSchema":/g)].length
}
