import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { published } from '../../src/tools/published.ts'
import { listed } from '../../src/tools/toolsets.ts'
import { openServer, tokens } from '../evidence/agents.ts'
import { type Served, served } from '../workspace/served.ts'
import { type Session, unmarked } from './session.ts'

type Measures = Readonly<Record<string, Readonly<Record<string, number>>>>

/** One call as people make it, for each tool of the default list that reads. */
const typical: Readonly<Record<string, Record<string, unknown>>> = {
  who_is_customer: { customer: 'priyanka@powderlantern.example' }, // nobody has asked more
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
beforeAll(async () => {
  room = await served({ rateLimit: 1_000_000 })
  session = await openServer(room.server.url, room.workspace.token)
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

const file = resolve(import.meta.dirname, '../golden/tokens.json')
const committed: Measures = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Measures) : {}

/** More by less than 5 tokens or 5 % is let be. */
const grew = (before: number, now: number): boolean => now - before >= 5 && now > before * 1.05

/** What was measured, or what is committed where that has not grown since: then both are one file, and all is well. */
const held = (measured: Measures): Measures =>
  Object.fromEntries(Object.entries(measured).map(([tool, each]) => [tool, Object.fromEntries(Object.entries(each).map(([what, now]) => [what, heldAt(committed[tool]?.[what], now)]))]))

const heldAt = (before: number | undefined, now: number): number => (before === undefined || grew(before, now) ? now : before)

/** A line for each tool. */
const lines = (measures: Measures): string => {
  const rows = Object.entries(measures).map(([tool, each]) => `  ${JSON.stringify(tool)}: ${JSON.stringify(each)}`)
  return `{\n${rows.join(',\n')}\n}\n`
}

/** Whether the run rewrites what is golden: the only place where vitest tells. */
const rewriting = (): boolean => expect.getState().snapshotState['_updateSnapshot'] === 'all'

test('every tool of the default list that reads has a typical call', () => {
  const reading = listed(tools, ['default']).filter(({ tool }) => tool.annotations.readOnlyHint)
  expect(Object.keys(typical).sort()).toEqual(reading.map(({ tool }) => tool.name).sort())
})

test('no tool has grown by more than 5 %', async () => {
  const measured: Record<string, Record<string, number>> = {}
  for (const { tool } of tools) measured[tool.name] = { definition: tokens(tool), ...(typical[tool.name] && (await answered(tool.name, typical[tool.name]!))) }
  await expect(lines(rewriting() ? measured : held(measured))).toMatchFileSnapshot(file)
})
