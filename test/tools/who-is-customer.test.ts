import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, open, type Session } from './session.ts'

type Document = Record<string, unknown>

let session: Session
beforeAll(async () => {
  session = await open()
  await session.client.listTools() // from here on the client holds every result to its output schema
})
afterAll(() => session.close())

const who = (customer: string, more: Document = {}): Promise<Answer> => session.call('who_is_customer', { customer, ...more })
const customer = ({ structured }: Answer): Document => structured!.customer as Document
const matches = ({ structured }: Answer): Document[] => structured!.matches as Document[]
const said = ({ structured }: Answer): string => structured!.completeness as string

const maren = '66f0c3d1a7b24e1000000001'
const thea = { user: '66f0c3d1a7b24e1000000003', lead: '66f0c3d1a7b24e1000000004' }

describe('whatever is pasted', () => {
  test.each([
    'maren@cedarcove.example',
    'Maren Okafor <MAREN@cedarcove.example>,',
    'mailto:maren@cedarcove.example',
    '+1 (207) 555-0142',
    '207.555.0142',
    '001 207 555 0142',
    'usr_1042',
    'external ID: usr_1042',
    maren,
    `contact:${maren}`,
    `intercom://contacts/${maren}`,
    'intercom://contacts/external/usr_1042',
    'maren okafor',
    'Okafor, Maren',
    'Maren',
    'Máren Okafor',
    'customer Maren Okafor from Cedar Cove',
    'who is Maren Okafor?',
    'Maren Okafor, maren@cedarcove.example',
    '{"email": "maren@cedarcove.example", "name": null}',
    'Tel. +1 207 555 0142',
    'user id usr_1042',
    '[Double booking](https://app.intercom.com/a/inbox/pw7k2m9x/inbox/conversation/103)',
    '103',
    'conversation #103',
    'ticket #44',
    'ticket:132',
    'https://app.intercom.com/a/inbox/pw7k2m9x/inbox/shared/all/conversation/103#part_id=comment-103-7',
    `https://app.intercom.io/apps/pw7k2m9x/users/${maren}/all-conversations`,
    'https://app.intercom.com/a/inbox/pw7k2m9x/inbox/conversation/132?view=List',
  ])('%s is Maren Okafor', async (pasted) => {
    const answer = await who(pasted)
    expect(customer(answer), answer.text).toMatchObject({ id: maren, role: 'user', name: 'Maren Okafor' })
    expect(answer.structured!.calls).toBeLessThanOrEqual(12)
  })

  test.each([
    ['Maren Okafor <maren@elsewhere.example>', 'Nobody has the email maren@elsewhere.example: found by the name.'],
    ['Maren', 'By a part of the name only.'],
    ['https://app.au.intercom.com/a/inbox/x/inbox/all/conversation/103', 'The link is to the region AU, and this server works with US'],
  ])('%s: how it was understood is said', async (pasted, words) => {
    expect(said(await who(pasted))).toContain(words)
  })

  test.each([
    ['103', 'conversation 103'],
    ['ticket #44', 'ticket number 44 (id 132)'],
  ])('%s: what led to her is said', async (pasted, way) => {
    expect(customer(await who(pasted)).found_by).toEqual([way])
  })

  test('a link to something else, and nothing at all, are refused with what would do', async () => {
    expect(await who('https://app.intercom.com/a/apps/x/articles/articles/1/show')).toMatchObject({ isError: true, text: expect.stringContaining('leads to no person') as string })
    expect(await who(' " ')).toMatchObject({ isError: true, text: expect.stringContaining('Give an email') as string })
  })
})

describe('several people', () => {
  test('a lead and a user of one email are both listed, with what tells them apart', async () => {
    const answer = await who('thea@northlight.example')
    expect(answer.structured!.total).toBe(2)
    expect(matches(answer)).toMatchObject([
      { id: thea.user, role: 'user', name: 'Thea Lindqvist', external_id: 'usr_1107', owner: 'Tobias Renner', companies: 1 },
      { id: thea.lead, role: 'lead', name: 'Thea L.', phone: '+46705550188', open_conversations: 1 },
    ])
    expect(said(answer)).toBe('2 people match: call who_is_customer again with the id of the one meant.')
    for (const fact of ['lead', 'Thea L.', '+46705550188', 'Tobias Renner', 'open_conversations: 1']) expect(answer.text).toContain(fact)
    expect(customer(await who(thea.lead))).toMatchObject({ role: 'lead', name: 'Thea L.' })
  })

  test('everybody of a company, counted exactly, with the way to the company', async () => {
    const byName = await who('Cedar Cove Kayaks')
    expect(byName.structured!.total).toBe(12)
    expect(matches(byName)).toHaveLength(10)
    expect(matches(byName)[0]).toMatchObject({ name: 'Maren Okafor', found_by: ['company Cedar Cove Kayaks'] })
    expect(said(byName)).toMatch(/^12 people match, 10 shown: .* get_account \{"company": "66f0c3d1a7b24e2000000001"\}/)
    expect(matches(await who('66f0c3d1a7b24e2000000001'))).toEqual(matches(byName))
    expect(matches(await who('company: co_201'))).toEqual(matches(byName))
  })

  test('a number that is an id of one and another’s ticket number is neither alone', async () => {
    const answer = await who('44')
    expect(matches(answer).map(({ found_by }) => found_by)).toEqual([['conversation 44'], ['ticket number 44 (id 132)']])
  })

  test('people whose email is at a domain', async () => {
    const answer = await who('https://www.cedarcove.example/kayaks')
    expect(matches(answer)).toHaveLength(10)
    for (const { email } of matches(answer)) expect(email).toMatch(/@cedarcove\.example$/)
    expect(said(answer)).toContain('By the domain of their email only.')
  })

  test('of a name of which nobody has all words, those with most', async () => {
    expect(matches(await who('Please ask Maren Q. Okafor'))).toMatchObject([{ name: 'Maren Okafor' }])
  })

  test('people who share only a part of a name', async () => {
    expect(said(await who('Maren Lindqvist'))).toContain('Nobody has the whole name.')
    const one = await who('Maren Xylander')
    expect(matches(one)).toMatchObject([{ id: maren }])
    expect(said(one)).toContain('1 person may be meant')
  })
})

describe('nobody', () => {
  test('what was tried, and what to try next', async () => {
    const answer = await who('nobody@example.com')
    expect(answer).toMatchObject({ isError: false, structured: { total: 0, matches: [] } })
    expect(said(answer)).toBe('Nobody was found for "nobody@example.com", tried as email, external ID. Next: search_contacts with a part of the address (email ~), or their name.')
    expect(answer.text).toContain(said(answer))
  })

  test('an archived contact is told from one that never was by nobody', async () => {
    expect(said(await who('66f0c3d1a7b24e100000000d'))).toContain('archived, deleted or never existed: Intercom does not tell which')
  })
})

describe('the answer', () => {
  test('has everything in sum, in both forms alike', async () => {
    const answer = await who('maren@cedarcove.example')
    expect(customer(answer)).toMatchObject({
      owner: 'Ines Calloway',
      location: 'Rockport, Maine, United States',
      custom_attributes: { plan: 'Fleet', Booking: ['PW-48213', 'PW-48377'] },
      companies: [{ name: 'Cedar Cove Kayaks', plan: 'Fleet', monthly_spend: 349, size: 24 }],
      tags: ['VIP', 'Beta', 'Annual plan'],
      segments: ['Active'],
      subscriptions: [{ name: 'Product news', state: 'opted out' }, { name: 'Outage alerts', state: 'opted in' }],
      link: `https://app.intercom.com/a/apps/pw7k2m9x/users/${maren}/all-conversations`,
    })
    const [conversation] = customer(answer).conversations as Document[]
    expect(conversation).toMatchObject({ id: '103', title: 'Island Loop booked twice', state: 'open', assignee: 'Ines Calloway', team: 'Customer Support' })
    expect(conversation!.last_message).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ Ines Calloway \(teammate\): Thank you, Maren\./)
    expect(customer(answer).tickets).toContainEqual(expect.objectContaining({ number: '44', type: 'Booking problem', state: 'In progress', assignee: 'Dmitri Halvorsen' }))
    expect((customer(answer).notes as Document[])[0]).toEqual({ created_at: aDay, author: 'Ines Calloway', body: expect.stringContaining('Renewal in six weeks') as string })
    expect((customer(answer).events as Document[])[0]).toEqual({ name: 'took-booking', count: 66, last: aDay })
    expect(answer.structured!.counts).toMatch(/^companies 1, tags 3, segments 1, subscriptions 2, conversations \d+ \(\d+ open.*\), tickets \d+ \(\d+ not resolved.*\), notes \d+.*, kinds of events \d+/)
    for (const fact of facts(answer.structured)) expect(answer.text.replaceAll(/\s+/g, ' ')).toContain(fact.replaceAll(/\s+/g, ' '))
  })

  test('marks what customers wrote, and nothing else', async () => {
    const answer = await who('maren@cedarcove.example')
    expect(answer.structured!.untrusted).toEqual(['customer'])
    const [, inside = '', outside = ''] = /^<customer-data \w+>([^]*)<\/customer-data \w+>([^]*)$/.exec(answer.text) ?? []
    expect(inside).toContain('Island Loop booked twice')
    expect(outside).toMatch(/^\ncounts: .*\ncompleteness: .*\ncalls: \d+\nsimulated: true$/)
  })

  test('of some sections only has those', async () => {
    const answer = await who(maren, { sections: ['tickets', 'notes'] })
    expect(Object.keys(customer(answer))).toEqual(expect.arrayContaining(['name', 'tickets', 'notes']))
    for (const key of ['conversations', 'companies', 'tags', 'events']) expect(customer(answer)).not.toHaveProperty(key)
    expect(answer.structured!.counts).toMatch(/^tickets \d+ \(.*\), notes \d+.*$/)
    expect(answer.structured!.calls).toBeLessThan(6)
  })

  test('in full has more of each, and every message', async () => {
    const answer = await who(maren, { detail: 'full' })
    expect(answer.structured!.calls).toBeLessThanOrEqual(30)
    expect(customer(answer)).toMatchObject({ browser: 'chrome', last_events: expect.arrayContaining([expect.objectContaining({ event_name: 'took-booking' })]) as unknown[] })
    expect(customer(answer).companies).toMatchObject([{ custom_attributes: { activity: 'Sea kayaking' } }])
    const talks = customer(answer).conversations as { last_message: string }[]
    expect(talks.map(({ last_message }) => last_message.replace(/^\S+ /, '')).slice(0, 5)).toEqual(Array(5).fill(expect.stringMatching(/: ./)))
    expect(said(answer)).toContain('single events are shown')
  })

  test('is small for the busiest customer, in either form', async () => {
    const { text, structured } = await who('maren@cedarcove.example')
    expect(encode(text).length).toBeLessThanOrEqual(1500)
    expect(encode(JSON.stringify(structured)).length).toBeLessThanOrEqual(1500)
  })
})

const aDay = expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string

/** Every value of the structured form, as it is written in the other. */
const facts = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(facts)
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.entries(value).flatMap(([key, item]) => (key === 'untrusted' ? [] : facts(item)))
}
