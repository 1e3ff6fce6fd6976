import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { published } from '../../src/tools/published.ts'
import { listed } from '../../src/tools/toolsets.ts'
import type { Exchange } from '../../src/workspace/answer.ts'
import { openServer, tokens } from '../evidence/agents.ts'
import { type Served, served } from '../workspace/served.ts'
import { type Session, unmarked } from './session.ts'

type Measures = Readonly<Record<string, Readonly<Record<string, number>>>>

/** One call as people make it, for each tool of the default list that reads. */
const typical: Readonly<Record<string, Record<string, unknown>>> = {
  who_is_customer: { customer: 'maren@cedarcove.example' },
  get_account: { company: 'Cedar Cove Kayaks' },
  describe_workspace: {},
  search: { query: 'calendar sync' },
  fetch: { id: 'conversation:103' },
  get_article: { id: '13' },
  search_articles: { phrase: 'refund' },
  get_contact_by_external_id: { external_id: 'usr_1042' },
  search_contacts: { filters: [{ field: 'last_seen', value: 'last 7 days' }] },
  get_conversation: { id: '103' },
  search_conversations: { filters: [{ field: 'state', value: 'open' }, { field: 'updated', value: 'last 7 days' }] },
  search_tickets: { filters: [{ field: 'type', value: 'Refund request' }, { field: 'open', value: true }] },
  find_operation: { request: 'custom events of a user' },
  call_read_operation: { operation: 'list_tags' },
}

const tools = await published()

let room: Served
let session: Session
/** What who_is_customer costs for the busiest customer, before anything is remembered, and what the answers it was made of do. */
let busy: { readonly text: number; readonly structured: number; readonly raw: number; readonly requests: number }
beforeAll(async () => {
  room = await served({ rateLimit: 1_000_000 })
  session = await openServer(room.server.url, room.workspace.token)
  busy = await costOfBusiest()
})
afterAll(async () => {
  await session.close()
  await room.stop()
})

/** Tokens of an answer in each of its forms. */
const answered = async (tool: string, args: Record<string, unknown>): Promise<{ text: number; structured: number }> => {
  const { text, structured, isError } = unmarked(await session.call(tool, args))
  expect(isError, text).toBe(false)
  return { text: tokens(text), structured: tokens(structured) }
}

type Listed = { readonly id: string; readonly contacts: { readonly contacts: readonly { readonly id: string }[] } }

/** Who has most conversations and tickets. */
const busiest = async (): Promise<string> => {
  const everything = { query: { field: 'id', operator: '!=', value: '0' }, pagination: { per_page: 150 } }
  const { conversations } = (await room.ask('POST', '/conversations/search', everything)).body as { conversations: Listed[] }
  const { tickets } = (await room.ask('POST', '/tickets/search', everything)).body as { tickets: Listed[] }
  const times = new Map<string, number>()
  for (const { id } of [...conversations, ...tickets].flatMap(({ contacts }) => contacts.contacts)) times.set(id, (times.get(id) ?? 0) + 1)
  return [...times].toSorted(([, a], [, b]) => b - a)[0]![0]
}

/** What the workspace answers during some work. */
const exchangesDuring = async (work: () => Promise<void>): Promise<Exchange[]> => {
  const exchanges: Exchange[] = []
  const hear = (exchange: unknown) => exchanges.push(exchange as Exchange) // as the channel says
  subscribe('intercom-mcp:answer', hear)
  await work()
  unsubscribe('intercom-mcp:answer', hear)
  return exchanges
}

const costOfBusiest = async (): Promise<typeof busy> => {
  const customer = await busiest()
  let cost = { text: 0, structured: 0 }
  const exchanges = await exchangesDuring(async () => {
    cost = await answered('who_is_customer', { customer })
  })
  return { ...cost, raw: exchanges.reduce((sum, { body }) => sum + tokens(body ?? ''), 0), requests: exchanges.length }
}

const file = resolve(import.meta.dirname, '../golden/tokens.json')
const committed: Measures = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Measures) : {}

/** More by less than 5 tokens or 5 % is let be. */
const grew = (before: number, now: number): boolean => now - before >= 5 && now > before * 1.05

/** What was measured, or what is committed where that has not grown since: then both are one file, and all is well. */
const held = (measured: Measures): Measures =>
  mapped(measured, (now, tool, what) => {
    const before = committed[tool]?.[what]
    return before === undefined || grew(before, now) ? now : before
  })

const mapped = (measures: Measures, to: (tokens: number, tool: string, what: string) => number): Measures =>
  Object.fromEntries(Object.entries(measures).map(([tool, each]) => [tool, Object.fromEntries(Object.entries(each).map(([what, now]) => [what, to(now, tool, what)]))]))

const lines = (measures: Measures): string => `{\n${Object.entries(measures).map(([tool, each]) => `  ${JSON.stringify(tool)}: ${JSON.stringify(each)}`).join(',\n')}\n}\n`

/** Whether the run rewrites what is golden: the only place where vitest tells. */
const rewriting = (): boolean => expect.getState().snapshotState['_updateSnapshot'] === 'all'

test('every tool of the default list that reads has a typical call', () => {
  const reading = listed(tools, ['default']).filter(({ tool }) => tool.annotations.readOnlyHint)
  expect(Object.keys(typical).sort()).toEqual(reading.map(({ tool }) => tool.name).sort())
})

test('no tool has grown by more than 5 %', async () => {
  const measured: Record<string, Record<string, number>> = { 'who_is_customer, the busiest': { ...busy } }
  for (const { tool } of tools) measured[tool.name] = { definition: tokens(tool), ...(typical[tool.name] && (await answered(tool.name, typical[tool.name]!))) }
  await expect(lines(rewriting() ? measured : held(measured))).toMatchFileSnapshot(file)
})

test('the busiest customer takes at most 1,500 tokens and 12 requests, whose answers are ten times as long', () => {
  expect(busy.requests).toBeLessThanOrEqual(12)
  expect(busy.text).toBeLessThanOrEqual(1500)
  expect(busy.structured).toBeLessThanOrEqual(1500)
  expect(busy.raw).toBeGreaterThan(10 * busy.text)
})
