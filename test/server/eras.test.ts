import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AnyClient, clients, transports } from './connect.ts'

const { targets, matrix } = transports()

describe.each(matrix(...Object.keys(clients)))('$kind over $transport', ({ transport, kind }) => {
  let client: AnyClient
  beforeAll(async () => {
    client = await clients[kind]!(await targets[transport]!())
  })
  afterAll(() => client.close())

  test('learns who serves, and how to use it', () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'intercom-mcp', title: 'Intercom' })
    expect(Buffer.byteLength(client.getInstructions()!)).toBeLessThanOrEqual(2048)
    expect(client.getInstructions()).toContain('simulated')
  })

  test('lists tools with both schemas and all annotations', async () => {
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['search_contacts', 'create_ticket', 'upsert_external_page']))
    for (const tool of tools) {
      expect(tool).toMatchObject({ title: expect.any(String) as string, inputSchema: { type: 'object' }, outputSchema: { type: 'object' } })
      expect(Object.keys(tool.annotations!).sort()).toEqual(['destructiveHint', 'idempotentHint', 'openWorldHint', 'readOnlyHint'])
    }
  })

  test('calls a tool, whose structured answer its client accepts', async () => {
    await client.listTools() // a client that knows the output schema checks the answer by it
    const answer = await client.callTool({ name: 'list_admins', arguments: {} })
    expect(answer.isError).not.toBe(true)
    expect(answer.structuredContent).toMatchObject({ admins: expect.any(Array) as unknown[] })
    expect(answer.content).toMatchObject([{ type: 'text', text: expect.stringContaining('Ines') as string }])
  })

  test('reads what is wrong with a call', async () => {
    const misspelt = await client.callTool({ name: 'search_contact', arguments: {} })
    expect(misspelt).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('search_contacts') as string }] })
    const wrong = await client.callTool({ name: 'get_contact', arguments: { idd: '1' } })
    expect(wrong).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('idd') as string }] })
    const missing = await client.callTool({ name: 'get_contact', arguments: { id: '000000000000000000000000' } })
    expect(missing).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('found nothing') as string }] })
  })

  test('lists and reads resources', async () => {
    const { resources } = await client.listResources()
    expect(resources.map(({ uri }) => uri)).toContain('intercom://admins')
    const { resourceTemplates } = await client.listResourceTemplates()
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain('intercom://tickets/{id}')
    const { contents } = await client.readResource({ uri: 'intercom://admins' })
    expect(contents).toMatchObject([{ uri: 'intercom://admins', text: expect.stringContaining('Ines Calloway') as string }])
  })

  test('is told of a resource that does not exist', async () => {
    await expect(client.readResource({ uri: 'intercom://tickets/999999' })).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('Ticket not found') as string })
    await expect(client.readResource({ uri: 'intercom://nothing' })).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('resources/list') as string })
  })

  test('completes a variable of a template', async () => {
    const ref = { type: 'ref/resource' as const, uri: 'intercom://ticket-types/{id}' }
    const { completion } = await client.complete({ ref, argument: { name: 'id', value: '' } })
    expect(completion.values.length).toBeGreaterThan(1)
    await expect(client.complete({ ref, argument: { name: 'nonsense', value: '' } })).rejects.toMatchObject({ code: -32602 })
  })
})
