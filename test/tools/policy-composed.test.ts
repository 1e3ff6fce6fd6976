import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { wire } from '../../src/cli/offer.ts'
import { settings } from '../../src/cli/settings.ts'
import { createClient } from '../../src/client/client.ts'
import { contextOf } from '../../src/server/offer.ts'
import { callTool } from '../../src/tools/call.ts'
import { openWorkspace } from '../../src/workspace/workspace.ts'

const stream = () => new PassThrough().resume()
const { offer } = await wire(settings({}, {}), { args: [], env: {}, stdin: stream(), stdout: stream(), stderr: stream(), self: ['node', 'intercom-mcp'], stop: new AbortController().signal })

let drawn = 0
const workspace = openWorkspace({ now: () => 1_795_369_333_000, random: () => (drawn = (drawn * 16_807 + 11) % 2_147_483_647) / 2_147_483_647 })
afterAll(() => workspace.close())

/** Calls a tool where some operations are denied, on a client that has asked nothing yet: what it said, and which operations it asked Intercom for. */
const called = async (name: string, args: object, ...denied: string[]) => {
  const requested = new Set<string>()
  const client = createClient({
    upstream: { baseUrl: 'http://workspace.localhost', token: workspace.token, fetch: workspace.fetch },
    caller: { policy: { denied: new Set(denied) } },
    log: ({ operation }) => void requested.add(operation),
  })
  const tool = offer.published.find((published) => published.tool.name === name)!
  const result = await callTool(tool, args, await contextOf({ ...offer, client: async () => client }, new AbortController().signal))
  await client.close()
  if (result instanceof Error) throw result // a question: these tools only read
  return { requested, said: JSON.stringify(result) }
}

/** Where only names are looked up: an answer is worth more than its names. */
const names = new Set(['list_admins', 'list_teams', 'list_tags', 'list_segments', 'list_ticket_types'])

describe.each([
  ['who_is_customer', { customer: 'usr_1042' }],
  ['get_account', { company: 'co_201' }],
  ['describe_workspace', {}],
  ['search', { query: 'refund' }], // its form has no place for what is missing
])('%s', async (name, args) => {
  const whole = await called(name, args)
  const silent = (operation: string) => name === 'search' || (name !== 'describe_workspace' && names.has(operation))

  test('needs several operations', () => expect(whole.requested.size).toBeGreaterThan(2))

  test.each([...whole.requested])('does not ask for %s where it is off, and tells so', async (operation) => {
    const { requested, said } = await called(name, args, operation)
    expect([...requested]).not.toContain(operation)
    if (!silent(operation)) expect(said).toContain(`This server does not allow ${operation} (--exclude-tools)`)
  })
})
