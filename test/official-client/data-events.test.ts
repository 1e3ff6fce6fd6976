import { IntercomError } from 'intercom-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serve, type Served } from './workspace.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.stop())

const now = Math.floor(Date.now() / 1000)

/** What the list answers; the client's type is that of the summary, which is answered only when asked for. */
interface Listed {
  readonly events: readonly { readonly event_name: string; readonly metadata: object }[]
  readonly pages: { readonly next?: string }
}

test('an event is recorded once, listed and counted', async () => {
  const { contacts, events } = served.client
  const contact = await contacts.create({ email: 'ada@example.test', external_id: 'u-ada' })
  const event = { event_name: 'tied-knot', created_at: now, metadata: { knot: 'bowline' } }
  for (const named of [{ user_id: 'u-ada' }, { email: 'ada@example.test' }, { id: contact.id }]) expect(await events.create({ ...event, ...named })).toBeUndefined()
  const listed = (await events.list({ type: 'user', user_id: 'u-ada' })) as unknown as Listed // see Listed
  expect(listed).toMatchObject({ type: 'event.list', events: [{ ...event, type: 'event', user_id: 'u-ada', intercom_user_id: contact.id, email: 'ada@example.test' }] })

  await events.summaries({ user_id: 'u-ada', event_summaries: { event_name: 'tied-knot', count: 4, first: now - 400 * 86_400, last: now - 300 * 86_400 } })
  const summary = await events.list({ type: 'user', intercom_user_id: contact.id, summary: true })
  expect(summary).toMatchObject({ type: 'event.summary', user_id: 'u-ada', events: [{ name: 'tied-knot', count: 5 }] })
})

test('pages are followed by their URLs, to the last', async () => {
  const { events } = served.client
  const names: string[] = []
  let place: Record<string, string> = {}
  for (let more = true; more; ) {
    // the client has no pager here: what the URL names goes into the query
    const page = (await events.list({ type: 'user', email: 'maren@cedarcove.example', per_page: 25 }, { queryParams: place })) as unknown as Listed // see Listed
    names.push(...page.events.map(({ event_name }) => event_name))
    more = page.pages.next !== undefined
    place = more ? Object.fromEntries(new URL(page.pages.next!).searchParams) : place
  }
  expect(names.length).toBeGreaterThan(55)
  expect(new Set(names)).toContain('took-booking')
})

test('unknown people have no events, and a token that only reads records none', async () => {
  const { events } = served.client
  await expect(events.list({ type: 'user', user_id: 'nobody' })).rejects.toMatchObject({ statusCode: 404 })
  await expect(events.create({ event_name: 'a', created_at: now, user_id: 'nobody' })).rejects.toBeInstanceOf(IntercomError)
  await expect(events.summaries({ user_id: 'nobody', event_summaries: { event_name: 'a' } })).rejects.toMatchObject({ statusCode: 404 })
  const response = await fetch(`${served.url}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${served.readOnlyToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ event_name: 'a', created_at: now, user_id: 'u-ada' }),
  })
  expect(response.status).toBe(403)
})
