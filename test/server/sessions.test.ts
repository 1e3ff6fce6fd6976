import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ElicitRequestSchema, ResourceUpdatedNotificationSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AnyClient } from './connect.ts'
import { type Front, front } from './session-front.ts'

const identity = { name: 'test', version: '1.0.0' }
const capabilities = { elicitation: {} }

interface Connected {
  readonly client: AnyClient
  readonly transport: { readonly sessionId?: string; readonly terminateSession: () => Promise<void> }
  /** Every notification's method, and the resource it is of. */
  readonly heard: string[]
  /** What the person was asked. */
  readonly asked: string[]
}

type Answer = 'accept' | 'decline'

const connectV1 = async (url: URL, action: Answer): Promise<Connected> => {
  const [heard, asked]: [string[], string[]] = [[], []]
  const client = new ClientV1(identity, { capabilities })
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => (asked.push(params.message), { action, content: {} }))
  client.setNotificationHandler(ToolListChangedNotificationSchema, ({ method }) => void heard.push(method))
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ method, params }) => void heard.push(`${method} ${params.uri}`))
  const transport = new HttpV1(url)
  await client.connect(transport)
  return { client, transport, heard, asked }
}

const connectV2 = async (url: URL, action: Answer): Promise<Connected> => {
  const [heard, asked]: [string[], string[]] = [[], []]
  const client = new Client(identity, { capabilities, versionNegotiation: { mode: 'legacy' } })
  client.setRequestHandler('elicitation/create', ({ params }) => (asked.push(params.message), { action, content: {} }))
  client.setNotificationHandler('notifications/tools/list_changed', ({ method }) => void heard.push(method))
  client.setNotificationHandler('notifications/resources/updated', ({ method, params }) => void heard.push(`${method} ${params.uri}`))
  const transport = new StreamableHTTPClientTransport(url)
  await client.connect(transport)
  return { client, transport, heard, asked }
}

const reply = { name: 'call_destructive_operation', arguments: { operation: 'reply_conversation', input: { id: '119', message_type: 'comment', type: 'admin', admin_id: '4810101', body: 'Hi' } } }

/** Another turn of both sides: notifications arrive when they do. */
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe.each([
  ['SDK v1', connectV1],
  ['SDK v2 speaking 2025-11-25', connectV2],
] as const)('a session of %s', (_, connect) => {
  let served: Front
  beforeAll(async () => {
    served = await front({ env: { INTERCOM_MCP_CONFIRM: 'all' } })
  })
  afterAll(() => served.close())

  test('has an id that nobody guesses, lists and calls', async () => {
    const [one, other] = [await connect(served.url, 'decline'), await connect(served.url, 'decline')]
    expect(one.transport.sessionId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(other.transport.sessionId).not.toBe(one.transport.sessionId)
    expect((await one.client.listTools()).tools.map(({ name }) => name)).toContain('search_contacts')
    expect(await one.client.callTool({ name: 'list_admins', arguments: {} })).toMatchObject({ structuredContent: { admins: expect.any(Array) as unknown[] } })
    await Promise.all([one.client.close(), other.client.close()])
  })

  test('asks the person, who agrees', async () => {
    const { client, asked } = await connect(served.url, 'accept')
    expect(await client.callTool(reply)).not.toMatchObject({ isError: true })
    expect(asked).toEqual([expect.stringContaining('Hi')])
    await client.close()
  })

  test('asks the person, who does not agree', async () => {
    const { client, asked } = await connect(served.url, 'decline')
    expect(await client.callTool(reply)).toMatchObject({ isError: true })
    expect(asked).toHaveLength(1)
    await client.close()
  })

  test('is told of lists that change, and of the resources it watches only', async () => {
    const { client, heard } = await connect(served.url, 'decline')
    const [watched, other] = ['intercom://contacts/6657add1', 'intercom://contacts/6657add2']
    expect(client.getServerCapabilities()).toMatchObject({ resources: { subscribe: true } })
    await client.subscribeResource({ uri: watched })
    await client.listTools()
    await until(() => {
      if (heard.length === 0) served.tell.toolsChanged() // its stream opens when it does
      return heard.length > 0
    })
    served.tell.resourceUpdated(other)
    served.tell.resourceUpdated(watched)
    await until(() => heard.some((method) => method.startsWith('notifications/resources')))
    await client.unsubscribeResource({ uri: watched })
    served.tell.resourceUpdated(watched)
    await client.listTools()
    expect(new Set(heard)).toEqual(new Set(['notifications/tools/list_changed', `notifications/resources/updated ${watched}`]))
    expect(heard.filter((method) => method.endsWith(watched))).toHaveLength(1)
    await client.close()
  })

  test('ends when its client ends it, who then begins another', async () => {
    const { client, transport } = await connect(served.url, 'decline')
    const ended = transport.sessionId!
    await transport.terminateSession()
    const response = await fetch(served.url, {
      method: 'POST',
      headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json', 'mcp-session-id': ended },
      body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
    })
    expect(response.status).toBe(404)
    await client.close()
    const again = await connect(served.url, 'decline')
    expect(again.transport.sessionId).not.toBe(ended)
    expect((await again.client.listTools()).tools.length).toBeGreaterThan(0)
    await again.client.close()
  })

  test('that is over is told so, and its client begins another', async () => {
    const { client } = await connect(served.url, 'decline')
    await served.endTenant()
    await expect(client.listTools()).rejects.toThrow(/no such session.*initialize again/)
    const again = await connect(served.url, 'decline')
    expect((await again.client.listTools()).tools.length).toBeGreaterThan(0)
    await Promise.all([client.close(), again.client.close()])
  })
})
