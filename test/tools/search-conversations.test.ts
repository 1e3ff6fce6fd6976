import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, test } from 'vitest'
import { bothWays, searching, type Shown } from './searching.ts'

const tool = searching('conversations')
const { asked, found, refused, call, text } = tool
const is = (field: string, value: unknown, operator = '=') => ({ field, operator, value })
const filter = (field: string, value: unknown, operator?: string) => ({ filters: [{ field, value, ...(operator && { operator }) }] })
const maren = '66f0c3d1a7b24e1000000001'

/** In New York, where the workspace is, clocks went forward on that day. */
const march8 = Date.parse('2026-03-08T05:00Z') / 1000

describe('filters are the API\'s own in other words', () => {
  test.each<[string, Shown, Shown]>([
    ['an assignee by name', filter('assignee', 'Ines Calloway'), is('admin_assignee_id', 4810101)],
    ['an assignee that is a team', filter('assigned to', 'Billing'), is('team_assignee_id', 5530002)],
    ['an assignee that is a team, by its id', filter('assignee', '5530002'), is('team_assignee_id', 5530002)],
    ['an assignee, a team or nobody', filter('assignee', ['Ines', 'Billing', 'nobody']), { operator: 'OR', value: [is('admin_assignee_id', 4810101), is('team_assignee_id', 5530002), is('admin_assignee_id', null)] }],
    ['a team', filter('team', 'product fixes'), is('team_assignee_id', 5530003)],
    ['several assignees', filter('assignee', ['Ines', 'Tobias']), is('admin_assignee_id', [4810101, 4810102], 'IN')],
    ['oneself', filter('assignee', 'me'), is('admin_assignee_id', 4810101)],
    ['nobody', filter('assignee', null), is('admin_assignee_id', null)],
    ['unassigned', filter('assignee', 'unassigned'), is('admin_assignee_id', null)],
    ['somebody', filter('assignee', undefined, 'is_set'), is('admin_assignee_id', null, '!=')],
    ['a contact by email', filter('contact', 'maren@cedarcove.example'), is('contact_ids', maren)],
    ['a contact by external id', filter('contact', 'usr_1042'), is('contact_ids', maren)],
    ['a contact by id', filter('contacts', maren), is('contact_ids', maren)],
    ['a contact by name', filter('customer', 'Maren Okafor'), is('contact_ids', maren)],
    ['a tag', filter('tag', 'VIP'), is('tag_ids', '8020001')],
    ['tags it has none of', filter('tag', ['VIP', 'Beta'], 'not_in'), is('tag_ids', ['8020001', '8020002'], 'NIN')],
    ['a status', filter('status', 'Resolved'), is('state', 'closed')],
    ['a priority', filter('priority', true), is('priority', 'priority')],
    ['a rating', filter('rating', 3, 'at_least'), is('conversation_rating.score', 3, '>=')],
    ['more parts than', filter('statistics.count_conversation_parts', 5, 'more than'), is('statistics.count_conversation_parts', 6, '>=')],
    ['whether Fin took part', filter('fin', 'yes'), is('ai_agent_participated', true)],
    ['how Fin resolved it', filter('ai_resolution_state', 'routed_to_team'), is('ai_agent.resolution_state', 'routed_to_team')],
    ['an attribute', filter('Topic', 'Calendar'), is('custom_attributes.Topic', 'Calendar')],
    ['words of the first message', filter('body', 'kayaks'), is('source.body', 'kayaks', '~')],
    ['a moment', filter('created', '2026-03-08', 'after'), is('created_at', march8 + 23 * 3600, '>=')],
    ['a moment in Unix seconds', filter('created_at', march8, '>'), is('created_at', march8 + 1, '>=')],
    ['what waits', filter('waiting', undefined, 'is_set'), is('waiting_since', null, '!=')],
    [
      'three levels',
      { match: 'any', filters: [{ field: 'tag', value: 'VIP' }], groups: [{ filters: [{ field: 'state', value: 'open' }, { field: 'updated', operator: 'is_not', value: '2026-03-04' }] }] },
      { operator: 'OR', value: [is('tag_ids', '8020001'), is('state', 'open')] },
    ],
  ])('%s', async (_, filters, query) => {
    const { mine, theirs } = await bothWays(tool, 'conversations', filters, query)
    expect(mine).toEqual(theirs)
  })

  test('more alternatives than a group takes are a list', async () => {
    const ids = (await found({ per_page: 30, fields: ['id'] })).map(({ id }) => id)
    expect(await asked({ match: 'any', filters: ids.map((value) => ({ field: 'id', value })) })).toMatchObject({ total: 30 })
  })

  test('what was understood is told', async () => {
    expect((await asked({ filters: [{ field: 'assignee', value: 'me' }, { field: 'created', operator: 'before', value: '2026-03-09' }] })).note).toBe(
      'Nothing matches: admin_assignee_id is Ines Calloway (4810101); created_at to 2026-03-08 (dates in America/New_York).',
    )
    expect((await asked(filter('contact', 'Maren Okafor'))).note).toBe(`Searched for: contact_ids is Maren Okafor (${maren}).`)
    expect((await asked(filter('state', 'open'))).note).toBeUndefined()
    expect((await asked(filter('state', 'resolved'))).note).toBe('Searched for: state is closed.')
  })
})

describe('text', () => {
  test('is found in first messages, with where', async () => {
    const [first, ...others] = await found({ text: 'double kayaks' })
    expect(others).toEqual([])
    expect(first).toMatchObject({ id: '103', found_in: expect.stringContaining('ten double kayaks') as string })
    expect(first).not.toHaveProperty('conversation_id')
    expect(first).not.toHaveProperty('ticket_id')
    expect(String(first!.found_in).length).toBeLessThan(140)
  })

  test('is found past the first message, as far as it is told', async () => {
    const [recent] = await found({ sort: { field: 'updated', order: 'descending' }, per_page: 1 })
    await call('reply_conversation', { id: recent!.id, message_type: 'note', type: 'admin', admin_id: '4810101', body: `<p>${'Long ago. '.repeat(40)}The <b>gyrocompass</b> was off.</p>` })
    const { conversations, total, note } = await asked({ text: 'gyrocompass off' })
    expect(conversations).toMatchObject([{ id: recent!.id, found_in: expect.stringMatching(/^… .*The \*\*gyrocompass\*\* was off\.$/) as string }])
    expect(total).toBe(1)
    expect(note).toMatch(/^Looked through the first messages of all \d+, all messages of the 15 most recently updated\. 1 was found only there\.$/)
    expect(await asked({ text: 'gyrocompass', ...filter('state', 'snoozed') })).toMatchObject({ total: 0, note: expect.stringMatching(/^Nothing matches: state is snoozed; text "gyrocompass"\. Looked through/) as string })
  })

  test('keeps what was found where only some fields are asked for', async () => {
    expect(await found({ text: 'double kayaks', fields: ['state'] })).toEqual([{ id: '103', state: expect.any(String) as string, found_in: expect.stringContaining('ten double kayaks') as string }])
  })

  test.each(['cafe', 'CAFÉ', '"the café is"', '"is closed"', "don't", '"fish & chips"'])('%s is found whatever its accents, its emphasis and its apostrophe', async (said) => {
    const [recent] = await found({ sort: { field: 'updated', order: 'descending' }, per_page: 1 })
    await call('reply_conversation', { id: recent!.id, message_type: 'note', type: 'admin', admin_id: '4810101', body: '<p>The Caf&eacute; is <b>clo</b>sed, don&rsquo;t wait for fish &amp; chips.</p>' })
    expect(await found({ text: said })).toMatchObject([{ found_in: expect.stringContaining('Café') as string }])
  })

  test('shows no conversation twice, nor more than a page', async () => {
    const input = { text: 'the', per_page: 4 }
    const ids: unknown[] = []
    let page = await asked(input)
    const { total } = page
    expect(total).toBeGreaterThan(8)
    for (;;) {
      const conversations = page.conversations as Shown[]
      expect(conversations.length).toBeLessThanOrEqual(4)
      ids.push(...conversations.map(({ id }) => id))
      if (!page.next_cursor) break
      page = await asked({ ...input, starting_after: page.next_cursor })
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBe(total)
  })

  test('of few is looked for in all of them', async () => {
    const { note } = await asked({ text: 'nowhere', ...filter('contact', maren) })
    expect(note).toMatch(/Looked through all messages of all \d+\.$/)
  })
})

describe('what cannot be', () => {
  test.each<[string, Shown, RegExp]>([
    ['a title', filter('title', 'x'), /`text` looks through what was written/],
    ['a contact who does not exist', filter('contact', 'nobody@where.example'), /No contact has the email, external id or name "nobody@where\.example"/],
    ['a state of none', filter('state', 'opne'), /state is one of open, closed, snoozed, not "opne"\. Did you mean "open"\?/],
    ['a field of none', filter('asignee', 'me'), /Did you mean "assignee"\?/],
    ['a company', filter('company', 'Cedar Cove Kayaks'), /get_account/],
    ['truth of another kind', filter('read', 'maybe'), /read takes true or false, not "maybe"/],
  ])('%s', async (_, input, message) => {
    expect(await refused(input)).toMatch(message)
  })

  test('contacts who share a name are told apart by id', async () => {
    for (const email of ['sam1@twins.example', 'sam2@twins.example']) await call('create_contact', { role: 'user', name: 'Sam Twin', email })
    const message = await refused(filter('contact', 'Sam Twin'))
    expect(message).toMatch(/^2 contacts are called "Sam Twin": [0-9a-f]{24}, [0-9a-f]{24}\. search_contacts tells them apart; give the id\.$/)
  })
})

test('twenty of them are read at once', async () => {
  expect(encode(await text({})).length).toBeLessThan(2000)
})
