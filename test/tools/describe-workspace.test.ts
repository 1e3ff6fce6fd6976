import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clients, transports } from '../server/connect.ts'
import { type Served, served } from '../workspace/served.ts'
import { open, type Session } from './session.ts'

let room: Served
let session: Session
const enter = async () => {
  room = await served()
  session = await open([], { INTERCOM_BASE_URL: room.server.url, INTERCOM_ACCESS_TOKEN: room.workspace.token })
}
const leave = async () => {
  await session.close()
  await room.stop()
}

/** For each test its own workspace and session. */
const apart = () => {
  beforeEach(enter)
  afterEach(leave)
}

const told = async (input: Record<string, unknown> = {}) => {
  const { text, structured, isError } = await session.call('describe_workspace', input)
  expect(isError).toBe(false)
  return { text, structured: structured!, json: JSON.stringify(structured), workspace: structured!.workspace as Record<string, unknown>, completeness: String(structured!.completeness) }
}

/** What the workspace was asked since it was opened. */
const requests = async (): Promise<string[]> =>
  (await room.send('GET /_workspace/requests')).body.requests.map(({ method, path }: { method: string; path: string }) => `${method} ${path}`)

/** One fact of every sort. */
const facts = [
  'Pondwick', 'US', 'America/New_York',
  'priya@pondwick.example', '4810103', 'away_mode_enabled',
  'Product Fixes', '5530003',
  'Churn risk', '8020003',
  'Slipping away', '66f0c3d1a7b24e3000000003', 'user',
  'Booking problem', 'Back-office', 'Severity', 'required', 'Critical', 'Amount', 'decimal',
  '2502', 'With engineering', '2505', 'in_progress', 'only',
  'plan', 'Starter', 'Crew', 'renews_on', 'Tour date',
  'Season tips', '61002', 'opt_in',
  'Weather, tides and refunds',
  'list_data_attributes',
]

describe('the whole workspace', () => {
  apart()

  test('in a form of at most 2,000 tokens, either alone telling everything', async () => {
    const { text, json } = await told()
    for (const fact of facts) {
      expect(text).toContain(fact)
      expect(json).toContain(fact)
    }
    expect(encode(text).length).toBeLessThanOrEqual(2_000)
    expect(encode(json).length).toBeLessThanOrEqual(2_000)
  })

  test('with a call for each list, none of them twice', async () => {
    await told()
    const asked = await requests()
    expect(asked).toHaveLength(9)
    expect(new Set(asked)).toContain('GET /ticket_types')
    await told()
    expect((await requests()).slice(9)).toEqual([]) // all of it is kept a while
  })

  test('objects of which each says its id and what tells it from the others', async () => {
    const { workspace } = await told()
    expect(workspace.segments).toContainEqual({ id: '66f0c3d1a7b24e3000000003', name: 'Slipping away', person_type: 'user' })
    expect(workspace.ticket_states).toContainEqual({ id: '2505', name: 'With engineering', category: 'in_progress', only: ['Bug'] })
    expect(workspace.contact_attributes).toContainEqual({ name: 'plan', data_type: 'string', one_of: ['Starter', 'Crew', 'Fleet'] })
    expect(workspace.subscription_types).toContainEqual({ id: '61002', name: 'Season tips', consent_type: 'opt_in', content_types: ['email'] })
    const problem = (workspace.ticket_types as { name: string; attributes: unknown[] }[]).find(({ name }) => name === 'Booking problem')
    expect(problem!.attributes).toContainEqual({ id: '7', name: 'Severity', data_type: 'list', required: true, one_of: ['Low', 'Medium', 'High', 'Critical'] })
  })

  test('members, teams and the one who asks by name', async () => {
    const { workspace } = await told()
    expect(workspace).toMatchObject({ asked_by: { name: 'Ines Calloway' } })
    expect(workspace.teams).toContainEqual({ id: '5530002', name: 'Billing', admins: ['Priya Natarajan', 'Lucía Ferrer'] })
    expect(workspace.admins).toContainEqual({ id: '4810102', name: 'Tobias Renner', email: 'tobias@pondwick.example', teams: ['Customer Support', 'Product Fixes'] })
  })
})

describe('a part of it', () => {
  apart()

  test('costs only the calls it needs', async () => {
    const { workspace } = await told({ about: ['tags', 'segments'] })
    expect(Object.keys(workspace)).toEqual(['id_code', 'name', 'region', 'timezone', 'asked_by', 'tags', 'segments'])
    expect((await requests()).sort()).toEqual(['GET /me', 'GET /segments', 'GET /tags'])
  })

  test('teams alone have members with names', async () => {
    const { text } = await told({ about: ['teams'] })
    expect(text).toContain('Tobias Renner, Dmitri Halvorsen')
    expect(text).not.toContain('tobias@')
  })

  test('a wrong one: which there are', async () => {
    const { isError, text } = await session.call('describe_workspace', { about: ['labels'] })
    expect({ isError, text }).toEqual({ isError: true, text: expect.stringMatching(/about\.0.*"tags"/) as string })
  })
})

describe('many of a sort', () => {
  apart()

  const tag = (count: number) => Promise.all(Array.from({ length: count }, (_, index) => room.ask('POST', '/tags', { name: `Label ${index}` })))

  test('are cut to the first 60, with how many there are and the call for the rest', async () => {
    await tag(400)
    const { text, workspace, completeness } = await told()
    expect(workspace.tags).toMatchObject({ total: 412, shown: 60 })
    expect((workspace.tags as { items: unknown[] }).items).toHaveLength(60)
    expect(text).toContain('total: 412')
    expect(completeness).toContain('60 of 412 tags are shown: describe_workspace {"about": ["tags"]} shows more.')
    const narrowed = await told({ about: ['tags'] })
    expect(narrowed.workspace.tags).toHaveLength(412)
    expect(narrowed.completeness).toBe('All of it is shown.')
  })

  test('too many even alone: as many as fit, and how many that is', async () => {
    await tag(900)
    const { text, json, workspace, structured } = await told({ about: ['tags'] })
    expect(Math.max(text.length, json.length)).toBeLessThanOrEqual(19_000)
    const shown = (workspace.tags as unknown[]).length
    expect(shown).toBeGreaterThan(300)
    expect(structured.note).toBe(`Too long to show whole: ${shown} of 912 in workspace.tags. list_tags {"fields": ["name"]} shows more.`)
  })

  test('of choices: the first 12, and how many more', async () => {
    const options = Array.from({ length: 15 }, (_, index) => ({ value: `c${index}` }))
    await room.ask('POST', '/data_attributes', { model: 'contact', name: 'colour', data_type: 'string', options })
    const { text, workspace } = await told({ about: ['attributes'] })
    expect(workspace.contact_attributes).toContainEqual({ name: 'colour', data_type: 'string', one_of: options.slice(0, 12).map(({ value }) => value), more_choices: 3 })
    expect(text).toContain('one_of: c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11\n      more_choices: 3')
  })
})

describe('what cannot be read', () => {
  apart()

  test('for want of a permission is named, and the rest is there', async () => {
    await room.send('PUT /_workspace/tokens/main', { permissions: ['Read admins', 'Read tags', 'Read one admin'] })
    const { workspace, completeness } = await told()
    expect(Object.keys(workspace)).toEqual(['id_code', 'name', 'region', 'timezone', 'asked_by', 'admins', 'teams', 'tags'])
    expect(completeness).toMatch(/ticket types could not be read: the token lacks the permission "Read tickets"\./)
    expect(completeness).toMatch(/segments could not be read: the token lacks the permission "Read and list users and companies"\./)
  })

  test('for a fault of Intercom is named, and the rest is there', async () => {
    await room.send('POST /_workspace/faults', { kind: 'broken_json', operation: 'list_teams' })
    const { workspace, completeness } = await told({ about: ['tags', 'teams'] })
    expect(workspace).not.toHaveProperty('teams')
    expect(workspace.tags).toHaveLength(12)
    expect(completeness).toMatch(/^teams could not be read: /)
  })

  test('nothing at all: an error that says why', async () => {
    await room.send('PUT /_workspace/tokens/main', { permissions: [] })
    const { isError, text } = await session.call('describe_workspace', {})
    expect({ isError, text }).toEqual({ isError: true, text: expect.stringContaining('lacks the permission "Read tags"') as string })
  })
})

test('names are shown plain: nothing invisible in them reaches the model', async () => {
  await enter()
  await room.ask('POST', '/tags', { name: 'Zero\u200b\u202ewidth' })
  const { text, json } = await told({ about: ['tags'] })
  expect(text).toContain('Zerowidth')
  expect(json).not.toMatch(/[\u200b\u202e]/)
  await leave()
})

const { targets, matrix } = transports()

describe.each(matrix('SDK v2 speaking 2025-11-25', 'SDK v2 speaking only 2026-07-28'))('$kind over $transport', ({ transport, kind }) => {
  test('is told the same', async () => {
    const client = await clients[kind]!(await targets[transport]!())
    await client.listTools() // a client that knows the output schema checks the answer by it
    const answer = await client.callTool({ name: 'describe_workspace', arguments: { about: '["ticket_types"]' } })
    expect(answer).toMatchObject({ structuredContent: { simulated: true, workspace: { name: 'Pondwick' } }, content: [{ text: expect.stringContaining('Severity') as string }] })
    await client.close()
  })
})
