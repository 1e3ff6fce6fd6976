import { Client } from '@modelcontextprotocol/client'
import { PromptListChangedNotificationSchema, ResourceListChangedNotificationSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { allPermissions } from '../../src/workspace/access.ts'
import { Program } from '../cli/program.ts'
import { type Served, served } from '../workspace/served.ts'
import { type AnyClient, clients } from './connect.ts'

const missing = 'Read conversations'
const everything = await allPermissions()

let room: Served
beforeAll(async () => {
  room = await served({ tokens: [{ permissions: everything }] })
})
afterAll(() => room.stop())

const grant = (permissions: readonly string[]) => room.send('PUT /_workspace/tokens/main', { permissions })
beforeEach(() => grant(everything.filter((each) => each !== missing)))

const environment = () => ({
  INTERCOM_BASE_URL: room.server.url,
  INTERCOM_ACCESS_TOKEN: room.workspace.token,
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(resolve('test/server/later.cjs'))}`,
})

const everyTool = ['--toolsets', 'all,finder']

/** Everything of the four lists that has to do with conversations. */
const listed = async (client: AnyClient) => {
  const [{ tools }, { resources }, { resourceTemplates }, { prompts }] = await Promise.all([client.listTools(), client.listResources(), client.listResourceTemplates(), client.listPrompts()])
  return {
    tools: tools.map(({ name }) => name).filter((name) => ['get_conversation', 'search_conversations', 'list_conversations', 'reply_conversation', 'get_contact'].includes(name)).sort(),
    addresses: [...resources.map(({ uri }) => uri), ...resourceTemplates.map(({ uriTemplate }) => uriTemplate)].filter((uri) => /conversation|admins$/.test(uri)).sort(),
    prompts: prompts.map(({ name }) => name).sort(),
  }
}

const whole = {
  tools: ['get_contact', 'get_conversation', 'list_conversations', 'reply_conversation', 'search_conversations'],
  addresses: ['intercom://admins', 'intercom://conversations/{id}'],
  prompts: ['draft_reply', 'ticket_from_conversation', 'triage_conversation', 'weekly_support_review', 'who_is_this_customer'],
}
const without = { tools: ['get_contact', 'reply_conversation'], addresses: ['intercom://admins'], prompts: ['who_is_this_customer'] }

const said = async (client: AnyClient, name: string, input: Record<string, unknown>) => {
  const { content, isError } = await client.callTool({ name, arguments: input })
  return { isError: isError === true, text: (content as { text: string }[]).map(({ text }) => text).join('\n') }
}

const search = { filters: [{ field: 'state', operator: '=', value: 'open' }] }
const refusal = (operation: string) => `The access token lacks the permission "${missing}", which ${operation} needs. Tick it in Intercom's Developer Hub > your app > Configure > Authentication, then call again`

const changes = ['tools', 'resources', 'prompts'] as const
const schemas = { tools: ToolListChangedNotificationSchema, resources: ResourceListChangedNotificationSchema, prompts: PromptListChangedNotificationSchema }

/** Which lists the client is told to have changed, as it is told. */
const hearing = async (client: AnyClient): Promise<string[]> => {
  const heard: string[] = []
  for (const list of changes) {
    if (client instanceof Client) client.setNotificationHandler(`notifications/${list}/list_changed`, () => void heard.push(list))
    else client.setNotificationHandler(schemas[list], () => void heard.push(list))
  }
  if (client instanceof Client && client.getNegotiatedProtocolVersion() === '2026-07-28') await client.listen({ toolsListChanged: true, resourcesListChanged: true, promptsListChanged: true })
  return heard
}

/** From a refused call to one that succeeds. `later` lets half a minute pass for the server. */
const throughIt = async (client: AnyClient, later: () => void, heard: readonly string[] | undefined) => {
  expect(await listed(client)).toEqual(whole)
  expect(await said(client, 'search_conversations', search)).toEqual({ isError: true, text: expect.stringContaining(refusal('search_conversations')) as string })
  if (heard) await expect.poll(() => heard).toEqual([...changes])
  expect(await listed(client)).toEqual(without)
  // what is not listed is told of by its permission all the same, by whatever way
  expect(await said(client, 'get_conversation', { id: '1' })).toEqual({ isError: true, text: expect.stringContaining(refusal('get_conversation')) as string })
  expect((await said(client, 'call_read_operation', { operation: 'get_conversation', input: { id: '1' } })).text).toContain(refusal('get_conversation'))
  expect((await said(client, 'find_operation', { request: 'search conversations' })).text).toContain(`The token lacks the permission "${missing}". Tick it in Intercom's Developer Hub > your app > Configure > Authentication.`)
  await expect(client.readResource({ uri: 'intercom://conversations/1' })).rejects.toThrow(refusal('get_conversation'))
  await expect(client.complete({ ref: { type: 'ref/resource', uri: 'intercom://conversations/{id}' }, argument: { name: 'id', value: '' } })).rejects.toThrow(`lacks the permission "${missing}"`)

  await grant(everything)
  later()
  await expect.poll(async () => (await said(client, 'search_conversations', search)).isError, { timeout: 10_000 }).toBe(false) // a signal takes its time
  if (heard) await expect.poll(() => heard).toEqual([...changes, ...changes])
  expect(await listed(client)).toEqual(whole)
}

const pidOf = (client: AnyClient): number => (client.transport as unknown as { pid: number }).pid // both SDKs' transport over stdio has it

describe('over stdio', () => {
  test.each(['SDK v1', 'SDK v2 speaking 2025-11-25', 'SDK v2 speaking only 2026-07-28'])('%s is told of tools that the token turns out to lack the permission for, and of their return', async (kind) => {
    const client = await clients[kind]!({ args: everyTool, env: environment() })
    try {
      const heard = await hearing(client)
      await throughIt(client, () => process.kill(pidOf(client), 'SIGUSR2'), heard)
      expect(heard).toHaveLength(2 * changes.length)
    } finally {
      await client.close()
    }
  })
})

describe('over HTTP', () => {
  let server: Program
  beforeEach(() => {
    server = new Program(['http', '--port', '0', ...everyTool], environment())
    return async () => {
      server.child.kill()
      await server.ended()
    }
  })
  const later = () => server.child.kill('SIGUSR2')

  test('whoever subscribes is told', async () => {
    const client = await clients['SDK v2 speaking only 2026-07-28']!({ url: await server.said(/serving MCP at (\S+)/) })
    const heard = await hearing(client)
    await throughIt(client, later, heard)
    expect(heard).toHaveLength(2 * changes.length)
    await client.close()
  })

  test('whoever lists again sees it', async () => {
    const client = await clients['SDK v1']!({ url: await server.said(/serving MCP at (\S+)/) })
    await throughIt(client, later, undefined)
    expect(await listed(client)).toEqual(whole)
    await client.close()
  })
})
