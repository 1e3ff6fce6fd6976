import { describe, expect, test } from 'vitest'
import { createConversation, manageConversation, searchConversations, updateConversation } from '../../src/contract/conversations.ts'
import type { Query } from '../../src/contract/search.ts'
import { ines, maren, opened, start } from './opened.ts'

const { ask, refusal } = opened()

const all = async (query: Query) => (await ask(searchConversations, { query, pagination: { per_page: 150 } })).conversations
const total = async (field: string, operator: Exclude<Query['operator'], 'AND' | 'OR'>, value: unknown) => (await ask(searchConversations, { query: { field, operator, value } })).total_count!

const everything = await all({ field: 'created_at', operator: '>', value: 0 })

type Found = (typeof everything)[number]

/** Every field that can be searched by, and where a conversation shows it. */
const shownAt: Readonly<Record<string, (conversation: Found) => unknown>> = {
  id: ({ id }) => id,
  state: ({ state }) => state,
  open: ({ open }) => open,
  read: ({ read }) => read,
  priority: ({ priority }) => priority,
  created_at: ({ created_at }) => created_at,
  updated_at: ({ updated_at }) => updated_at,
  waiting_since: ({ waiting_since }) => waiting_since,
  snoozed_until: ({ snoozed_until }) => snoozed_until,
  admin_assignee_id: ({ admin_assignee_id }) => admin_assignee_id,
  team_assignee_id: ({ team_assignee_id }) => team_assignee_id,
  channel_initiated: ({ source }) => source?.type,
  'source.type': ({ source }) => source?.type,
  'source.id': ({ source }) => source?.id,
  'source.delivered_as': ({ source }) => source?.delivered_as,
  'source.subject': ({ source }) => source?.subject,
  'source.url': ({ source }) => source?.url,
  'source.author.id': ({ source }) => source?.author?.id,
  'source.author.type': ({ source }) => source?.author?.type,
  'source.author.name': ({ source }) => source?.author?.name,
  'source.author.email': ({ source }) => source?.author?.email,
  'conversation_rating.score': ({ conversation_rating }) => conversation_rating?.rating,
  'conversation_rating.remark': ({ conversation_rating }) => conversation_rating?.remark,
  'conversation_rating.contact_id': ({ conversation_rating }) => conversation_rating?.contact?.id,
  'conversation_rating.admin_id': ({ conversation_rating }) => conversation_rating?.teammate?.id,
  'conversation_rating.admin_d': ({ conversation_rating }) => conversation_rating?.teammate?.id,
  'conversation_rating.requested_at': ({ conversation_rating }) => conversation_rating?.created_at,
  ai_agent_participated: ({ ai_agent_participated }) => ai_agent_participated,
  'ai_agent.resolution_state': ({ ai_agent }) => ai_agent?.resolution_state,
  'ai_agent.last_answer_type': ({ ai_agent }) => ai_agent?.last_answer_type,
  'ai_agent.rating': ({ ai_agent }) => ai_agent?.rating,
  'ai_agent.rating_remark': ({ ai_agent }) => ai_agent?.rating_remark,
  'ai_agent.source_type': ({ ai_agent }) => ai_agent?.source_type,
  'ai_agent.source_title': ({ ai_agent }) => ai_agent?.source_title,
  ...Object.fromEntries(
    Object.keys(searchConversations.search!.fields)
      .filter((field) => field.startsWith('statistics.'))
      .map((field) => [field, ({ statistics }: Found) => (statistics as Record<string, unknown>)[field.replace('statistics.', '')]]),
  ),
}

const lists: Readonly<Record<string, (conversation: Found) => (string | null | undefined)[]>> = {
  contact_ids: ({ contacts }) => contacts!.contacts!.map(({ id }) => id),
  teammate_ids: ({ teammates }) => teammates!.admins!.map(({ id }) => id),
  tag_ids: ({ tags }) => tags!.tags!.map(({ id }) => id),
}

/** Not shown, or looked at word by word. */
const elsewhere = ['source.body', 'conversation_rating.replied_at']

describe('every field', () => {
  test('is looked at here', () => {
    expect([...Object.keys(shownAt), ...Object.keys(lists), ...elsewhere].sort()).toEqual(Object.keys(searchConversations.search!.fields).sort())
  })

  test.each(Object.entries(shownAt))('%s finds the conversations that show it', async (field, shown) => {
    const values = new Set(everything.map(shown).filter((value) => value !== null && value !== undefined))
    expect(values.size).toBeGreaterThan(0)
    const fold = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value)
    for (const value of [...values].slice(0, 3)) {
      const expected = everything.filter((conversation) => fold(shown(conversation)) === fold(value)).length
      expect(await total(field, '=', value)).toBe(expected)
      expect(await total(field, '!=', value)).toBe(everything.length - expected)
    }
    expect(await total(field, '=', null)).toBe(everything.filter((conversation) => (shown(conversation) ?? null) === null).length)
  })

  test.each(Object.entries(lists))('%s finds the conversations that have it among others', async (field, shown) => {
    for (const value of [...new Set(everything.flatMap(shown))].slice(0, 4)) {
      const expected = everything.filter((conversation) => shown(conversation).includes(value)).length
      expect(await total(field, '=', value)).toBe(expected)
      expect(await total(field, 'NIN', [value])).toBe(everything.length - expected)
    }
  })
})

test('of the first message = takes one word, ~ any text', async () => {
  const withSync = everything.filter(({ source }) => source!.body!.includes('calendar sync')).length
  expect(withSync).toBeGreaterThan(0)
  expect(await total('source.body', '=', 'Sync')).toBe(withSync)
  expect(await total('source.body', '=', 'calendar sync')).toBe(0)
  expect(await total('source.body', '~', 'calendar sync')).toBe(withSync)
  expect(await total('source.body', '!=', 'sync')).toBe(everything.length - withSync)
  expect(await total('source.body', 'IN', ['sync', 'nothing-of-the-kind'])).toBe(withSync)
  expect(await total('source.body', '^', 'good morning!')).toBe(1)
})

test('moments are exact to the second, and include themselves', async () => {
  const { conversation_id } = await ask(createConversation, { from: { type: 'user', id: maren.id }, body: 'Now.', created_at: start - 7 })
  const id = { field: 'id', operator: '=', value: conversation_id } as const
  const count = async (operator: '=' | '>' | '<' | '>=' | '<=', value: number) => (await all({ operator: 'AND', value: [id, { field: 'created_at', operator, value }] })).length
  expect(await count('=', start - 7)).toBe(1)
  expect(await count('=', start - 8)).toBe(0)
  expect([await count('>', start - 7), await count('<', start - 7), await count('>', start - 6), await count('<=', start - 8)]).toEqual([1, 1, 0, 0])
})

test('custom attributes are found by name and type', async () => {
  const { conversation_id: id } = await ask(createConversation, { from: { type: 'user', id: maren.id }, body: 'Refund?' })
  await ask(updateConversation, { id: id!, custom_attributes: { Refunded: 12.5, Urgent: true, Topic: 'Payments' } })
  const query: Query = { operator: 'AND', value: [{ field: 'custom_attributes.Refunded', operator: '>', value: 12 }, { field: 'custom_attributes.Topic', operator: '=', value: 'payments' }] }
  expect((await all(query)).map((one) => one.id)).toEqual([id])
  expect(await refusal(searchConversations, { query: { field: 'custom_attributes.nothing', operator: '=', value: 1 } })).toMatch(/^400 invalid_field/)
})

test('results come last updated first, or as asked, page by page', async () => {
  const walked: Found[] = []
  let starting_after: string | undefined
  do {
    const query: Query = { field: 'state', operator: '=', value: 'closed' }
    const page = await ask(searchConversations, { query, sort: { field: 'created_at', order: 'ascending' }, pagination: { per_page: 7, starting_after } })
    walked.push(...page.conversations)
    starting_after = page.pages?.next?.starting_after ?? undefined
  } while (starting_after)
  expect(walked).toHaveLength(everything.filter(({ state }) => state === 'closed').length)
  expect(walked.map(({ created_at }) => created_at)).toEqual(walked.map(({ created_at }) => created_at!).toSorted((a, b) => a - b))
  expect(everything.map(({ updated_at }) => updated_at)).toEqual(everything.map(({ updated_at }) => updated_at!).toSorted((a, b) => b - a))
  expect(everything[0]).not.toHaveProperty('conversation_parts')
})

test('an assignee is a number, and nobody is null', async () => {
  const before = await total('admin_assignee_id', '=', Number(ines))
  const { conversation_id } = await ask(createConversation, { from: { type: 'user', id: maren.id }, body: 'Whose?' })
  await ask(manageConversation, { id: conversation_id!, message_type: 'assignment', type: 'admin', admin_id: ines, assignee_id: ines })
  expect(await total('admin_assignee_id', '=', ines)).toBe(before + 1)
  expect(await refusal(searchConversations, { query: { field: 'admin_assignee_id', operator: '~', value: '481' } })).toMatch(/^400 parameter_invalid/)
})
