import { describe, expect, test } from 'vitest'
import { createContact, mergeContact } from '../../src/contract/contacts.ts'
import { createDataEvent, createDataEventSummary, listDataEvents } from '../../src/contract/data-events.ts'
import { maren, opened, start } from './opened.ts'

const day = 86_400
const priyanka = { user_id: 'usr_1160' }
const emile = { type: 'user', user_id: 'usr_1201' } as const
const event = (name: string, created_at: number, more: Record<string, unknown> = {}) => ({ event_name: name, created_at, user_id: 'usr_1201', ...more })

/** A workspace in which nothing changes. */
const { refusal } = opened()

const names = (answer: { events: { event_name?: string | null }[] }) => answer.events.map(({ event_name }) => event_name)

describe('recording', () => {
  test('is answered 202 with nothing, and the event is listed with the names of its person', async () => {
    const { ask, send } = opened()
    const sent = { event_name: 'tied-knot', created_at: start - 60, email: maren.email, metadata: { knot: 'bowline' } }
    expect(await send('POST /events', sent)).toEqual({ status: 202, body: undefined })
    const { type, events } = await ask(listDataEvents, { type: 'user', intercom_user_id: maren.id, per_page: 1 })
    expect(type).toBe('event.list')
    expect(events).toMatchObject([
      { type: 'event', event_name: 'tied-knot', created_at: start - 60, intercom_user_id: maren.id, user_id: 'usr_1042', email: maren.email, metadata: { knot: 'bowline' } },
    ])
  })

  test('the same person, name and second is one event, whatever else is sent', async () => {
    const { ask } = opened()
    const before = (await ask(listDataEvents, { ...emile, summary: true })).events.length
    await ask(createDataEvent, event('tied-knot', start, { metadata: { knot: 'bowline' } }))
    await ask(createDataEvent, event('tied-knot', start, { metadata: { knot: 'clove hitch' } }))
    await ask(createDataEvent, event('tied-knot', start + 1))
    await ask(createDataEvent, event('Tied-Knot', start))
    await ask(createDataEvent, event('tied-knot', start, priyanka))
    const { events } = await ask(listDataEvents, { ...emile, per_page: 3 })
    expect(events.map(({ event_name, created_at, metadata }) => [event_name, created_at! - start, metadata])).toEqual([
      ['tied-knot', 1, {}],
      ['Tied-Knot', 0, {}],
      ['tied-knot', 0, { knot: 'bowline' }],
    ])
    const summary = (await ask(listDataEvents, { ...emile, summary: true })).events.slice(before)
    expect(summary.map(({ name, count }) => [name, count])).toEqual([['tied-knot', 2], ['Tied-Knot', 1]])
  })

  test('fractions of a second are dropped, in counts too', async () => {
    const { ask, send } = opened()
    expect((await send('POST /events', event('tied-knot', start + 0.9))).status).toBe(202)
    await send('POST /events/summaries', { user_id: 'usr_1201', event_summaries: { event_name: 'untied-knot', first: start + 0.5, last: start + 1.5, count: null } })
    expect((await ask(listDataEvents, { ...emile, per_page: 1 })).events).toMatchObject([{ event_name: 'tied-knot', created_at: start }])
    expect((await ask(listDataEvents, { ...emile, summary: true })).events.at(-1)).toMatchObject({ name: 'untied-knot', count: 1, last: expect.stringMatching(/:14\.000/) as string })
  })

  test('a lead is named by their Intercom id alone', async () => {
    const { ask, refusal } = opened()
    const lead = await ask(createContact, { role: 'lead', email: 'lead@example.test' })
    expect(await refusal(createDataEvent, { event_name: 'looked-around', created_at: start, email: 'lead@example.test' })).toBe('404 not_found: User Not Found')
    await ask(createDataEvent, { event_name: 'looked-around', created_at: start, id: lead.id })
    expect(names(await ask(listDataEvents, { type: 'user', intercom_user_id: lead.id }))).toEqual(['looked-around'])
    expect(await refusal(listDataEvents, { type: 'user', user_id: lead.external_id })).toBe('404 not_found: User Not Found')
  })

  test('a merged lead takes events and counts along', async () => {
    const { ask } = opened()
    const lead = await ask(createContact, { role: 'lead' })
    const user = await ask(createContact, { role: 'user', email: 'knots@example.test' })
    for (const id of [lead.id, user.id]) await ask(createDataEvent, { event_name: 'tied-knot', created_at: start - 100 * day, id })
    await ask(createDataEvent, { event_name: 'untied-knot', created_at: start, id: lead.id })
    await ask(mergeContact, { from: lead.id, into: user.id })
    expect(names(await ask(listDataEvents, { type: 'user', intercom_user_id: user.id }))).toEqual(['untied-knot'])
    const { events } = await ask(listDataEvents, { type: 'user', intercom_user_id: user.id, summary: true })
    expect(events.map(({ name, count }) => [name, count])).toEqual([['tied-knot', 2], ['untied-knot', 1]])
  })

  test.each([
    ['nobody', { user_id: undefined }, '400 parameter_not_found'],
    ['an unknown person', { user_id: 'nobody' }, '404 not_found: User Not Found'],
    ['an unknown lead', { user_id: undefined, id: '0123456789abcdef01234567' }, '404 not_found: User Not Found'],
    ['no name', { event_name: undefined }, '400 parameter_not_found'],
    ['no time', { created_at: undefined }, '400 parameter_not_found: created_at'],
    ['a time in words', { created_at: 'yesterday' }, '400 parameter_invalid'],
    ['a time in milliseconds', { created_at: start * 1000 }, '400 parameter_invalid: created_at must be in unix seconds'],
    ['a time before all time', { created_at: -1 }, '400 parameter_invalid'],
    ['nested metadata', { metadata: { tour: { guide: 'Ida' } } }, '400 parameter_invalid: metadata.tour cannot be nested'],
    ['a list in metadata', { metadata: { guests: ['Ida'] } }, '400 parameter_invalid: metadata.guests'],
    ['a link that runs', { metadata: { guide: { url: 'javascript:alert(1)', value: 'x' } } }, '400 parameter_invalid: metadata.guide'],
    ['a debt', { metadata: { price: { amount: -1, currency: 'eur' } } }, '400 parameter_invalid: metadata.price'],
    ['money in words', { metadata: { price: { amount: 'much', currency: 'eur' } } }, '400 parameter_invalid: metadata.price'],
    ['a date in words', { metadata: { tour_date: 'soon' } }, '400 parameter_invalid: metadata.tour_date must be unix seconds'],
  ])('%s is refused', async (_, wrong, expected) => {
    expect(await refusal(createDataEvent, { ...event('tied-knot', start), ...wrong })).toContain(expected)
  })

  test('metadata keeps its first ten keys, links, money and dates', async () => {
    const { ask } = opened()
    const rich = { guide: { url: 'https://pondwick.example/knots', value: 'Knots' }, price: { amount: 4500, currency: 'eur' }, tour_date: String(start), rain: false, none: null }
    const many = Object.fromEntries(Array.from({ length: 10 }, (__, index) => [`key_${index}`, index]))
    await ask(createDataEvent, event('tied-knot', start, { metadata: { ...rich, ...many, too_deep_to_matter: { a: { b: 1 } } } }))
    const [found] = (await ask(listDataEvents, { ...emile, per_page: 1 })).events
    expect(Object.keys(found!.metadata!)).toEqual(['guide', 'price', 'tour_date', 'rain', 'key_0', 'key_1', 'key_2', 'key_3', 'key_4', 'key_5'])
    expect(found!.metadata).toMatchObject({ guide: rich.guide, price: rich.price, tour_date: start, rain: false })
  })
})

describe('listing', () => {
  const walk = async (workspace: ReturnType<typeof opened>, path: string): Promise<{ event_name: string; created_at: number; id: string }[]> => {
    const { body } = await workspace.send(`GET ${path}`)
    const { events, pages } = body as { events: []; pages: { next?: string } }
    return pages.next ? [...events, ...(await walk(workspace, pages.next.replace('http://workspace.test', '')))] : events
  }

  test('follows next to the end, newest first, with nothing lost between events of one second', async () => {
    const workspace = opened()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await workspace.ask(createDataEvent, { event_name: name, created_at: start, ...priyanka })
    const whole = await walk(workspace, '/events?type=user&user_id=usr_1160&per_page=150')
    const paged = await walk(workspace, '/events?type=user&user_id=usr_1160&per_page=2')
    expect(paged).toEqual(whole)
    expect(whole.slice(0, 5).map(({ event_name }) => event_name)).toEqual(['e', 'd', 'c', 'b', 'a'])
    expect(whole.map(({ created_at }) => created_at)).toEqual(whole.map(({ created_at }) => created_at).toSorted((a, b) => b - a))
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length)
  })

  test('a page holds 50, names the next one in a URL with all that was asked, and the last has none', async () => {
    const { ask } = opened()
    const { events, pages } = await ask(listDataEvents, { type: 'user', email: maren.email })
    expect(events).toHaveLength(50)
    const next = new URL(pages!.next!)
    expect(`${next.origin}${next.pathname}`).toBe('http://workspace.test/events')
    expect(Object.fromEntries(next.searchParams)).toEqual({ type: 'user', email: maren.email, before: `${events.at(-1)!.created_at}000` })
    const last = await ask(listDataEvents, { type: 'user', email: maren.email, before: next.searchParams.get('before')! })
    expect(last.events.length).toBeGreaterThan(0)
    expect(last.pages).not.toHaveProperty('next')
  })

  test('since leads to what came later', async () => {
    const { ask } = opened()
    const since = new URL((await ask(listDataEvents, emile)).pages!.since!).searchParams.get('since')!
    expect(names(await ask(listDataEvents, { ...emile, since }))).toEqual([])
    await ask(createDataEvent, event('tied-knot', start))
    await ask(createDataEvent, event('untied-knot', start))
    const later = await ask(listDataEvents, { ...emile, since, per_page: 1 })
    expect(names(later)).toEqual(['untied-knot'])
    const rest = Object.fromEntries(new URL(later.pages!.next!).searchParams)
    expect(names(await ask(listDataEvents, { ...emile, since: rest.since, before: rest.before }))).toEqual(['tied-knot'])
    const nothing = await ask(listDataEvents, { type: 'user', user_id: 'usr_1133' })
    expect(nothing).toMatchObject({ events: [], pages: { since: expect.stringContaining(`since=${start}000`) as string } })
  })

  test('ends 90 days back, though what is older still counts', async () => {
    const { ask, later } = opened()
    await ask(createDataEvent, event('tied-knot', start - 90 * day + 1))
    await ask(createDataEvent, event('tied-knot', start - 90 * day))
    const listed = async () => names(await ask(listDataEvents, emile)).filter((name) => name === 'tied-knot').length
    expect(await listed()).toBe(1)
    later(1)
    expect(await listed()).toBe(0)
    const { events } = await ask(listDataEvents, { ...emile, summary: true })
    expect(events.find(({ name }) => name === 'tied-knot')).toMatchObject({ count: 2 })
  })

  test.each([
    ['nobody', { type: 'user' }, '400 parameter_not_found'],
    ['an unknown person', { ...emile, user_id: 'nobody' }, '404 not_found: User Not Found'],
    ['no type', { user_id: 'usr_1201' }, '400 parameter_not_found: type'],
    ['another type', { ...emile, type: 'company' }, '400 parameter_invalid'],
    ['too large a page', { ...emile, per_page: 151 }, '400 parameter_invalid'],
    ['a place in words', { ...emile, before: 'noon' }, '400 parameter_invalid: before must be'],
  ])('%s is refused', async (_, wrong, expected) => {
    expect(await refusal(listDataEvents, wrong)).toContain(expected)
  })
})

describe('summaries', () => {
  test('add up, and move the first and the last time apart', async () => {
    const { ask, send } = opened()
    const add = (event_summaries: object) => send('POST /events/summaries', { user_id: 'usr_1201', event_summaries: { event_name: 'tied-knot', ...event_summaries } })
    expect(await add({ count: 3, first: start - 200 * day, last: start - 100 * day })).toEqual({ status: 200, body: undefined })
    await ask(createDataEvent, event('tied-knot', start - day))
    await add({ count: 2, first: start - 150 * day, last: start - 120 * day })
    const answer = await ask(listDataEvents, { ...emile, summary: true })
    expect(answer).toMatchObject({ type: 'event.summary', email: 'emile@atelierdulac.example', user_id: 'usr_1201' })
    expect(answer).not.toHaveProperty('pages')
    expect(answer.events.find(({ name }) => name === 'tied-knot')).toEqual({
      name: 'tied-knot',
      count: 6,
      first: new Date((start - 200 * day) * 1000).toISOString().replace('Z', '+00:00'),
      last: new Date((start - day) * 1000).toISOString().replace('Z', '+00:00'),
      description: '',
    })
  })

  test('what is not said of one is now, and once', async () => {
    const { ask } = opened()
    await ask(createDataEventSummary, { user_id: 'usr_1201', event_summaries: { event_name: 'tied-knot' } })
    const now = new Date(start * 1000).toISOString().replace('Z', '+00:00')
    expect((await ask(listDataEvents, { ...emile, summary: true })).events.at(-1)).toMatchObject({ name: 'tied-knot', count: 1, first: now, last: now })
  })

  test.each([
    ['no user', { event_summaries: { event_name: 'a' } }, '400 parameter_not_found'],
    ['an unknown user', { user_id: 'nobody', event_summaries: { event_name: 'a' } }, '404 not_found: User Not Found'],
    ['no summary', { user_id: 'usr_1201' }, '400 parameter_not_found: event_summaries.event_name'],
    ['no name', { user_id: 'usr_1201', event_summaries: { count: 1 } }, '400 parameter_not_found: event_summaries.event_name'],
    ['a count of none', { user_id: 'usr_1201', event_summaries: { event_name: 'a', count: 0 } }, '400 parameter_invalid'],
    ['a time in milliseconds', { user_id: 'usr_1201', event_summaries: { event_name: 'a', first: start * 1000 } }, '400 parameter_invalid'],
    ['a first time after the last', { user_id: 'usr_1201', event_summaries: { event_name: 'a', first: 2, last: 1 } }, '400 parameter_invalid: event_summaries.first must not'],
  ])('%s is refused', async (_, wrong, expected) => {
    expect(await refusal(createDataEventSummary, wrong)).toContain(expected)
  })
})
