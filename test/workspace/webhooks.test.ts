import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { morning } from './asking.ts'
import { type Receiver, receiver, signed } from './receiver.ts'
import { type Served, served } from './served.ts'

let room: Served
let hook: Receiver

beforeEach(async () => {
  hook = await receiver()
  room = await served({ seed: 'empty', webhookPatience: 300 })
})
afterEach(async () => {
  await room.stop()
  await hook.stop()
})

const subscribe = async (topics: string[], more: object = {}) => (await room.send('POST /_workspace/webhooks', { url: hook.url, topics, secret: 's3cret', ...more })).body
const lead = async (name: string) => (await room.send('POST /contacts', { role: 'lead', name })).body
const advance = (seconds: number) => room.send('POST /_workspace/clock', { advance: seconds })
const deliveries = async (id = '1') => (await room.send(`GET /_workspace/webhooks/${id}/deliveries`)).body.deliveries
/** Resolves once no delivery is waiting for this moment. */
const settled = async (count: number) => {
  for (;;) {
    const found = await deliveries()
    if (found.filter(({ attempts }: { attempts: object[] }) => attempts.length > 0).length >= count) return found
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('a notification', () => {
  test('is posted as Intercom posts it, signed over its bytes', async () => {
    await subscribe(['contact.lead.created'])
    const contact = await lead('Zoë')
    await hook.until(1)
    const [{ method, headers, raw, body }] = hook.posted as [(typeof hook.posted)[0]]
    expect(method).toBe('POST')
    expect(headers).toEqual({
      'user-agent': 'intercom-parrot-service-client/1.0',
      accept: 'application/json',
      'content-type': 'application/json',
      'content-length': String(raw.length),
      'x-hub-signature': signed(raw, 's3cret'),
      host: new URL(hook.url).host,
      connection: 'close',
    })
    expect(headers['x-hub-signature']).toMatch(/^sha1=[0-9a-f]{40}$/)
    expect(body).toEqual({
      type: 'notification_event',
      app_id: 'pw7k2m9x',
      id: expect.stringMatching(/^notif_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      topic: 'contact.lead.created',
      created_at: morning,
      first_sent_at: morning,
      delivered_at: 0,
      delivery_attempts: 1,
      delivery_status: 'pending',
      self: null,
      links: {},
      data: { type: 'notification_event_data', item: { ...contact, created_at: '2025-11-22T15:26:40.000+00:00', updated_at: '2025-11-22T15:26:40.000+00:00' } },
    })
  })

  test('goes to whoever wants its topic, and to * always', async () => {
    const other = await receiver()
    await subscribe(['contact.deleted'])
    await subscribe(['*'], { url: other.url })
    const { id } = await lead('Ada')
    await room.send('DELETE /contacts/' + id)
    await Promise.all([hook.until(1), other.until(2)])
    expect(other.posted.map(({ body }) => body.topic)).toEqual(['contact.lead.created', 'contact.deleted'])
    expect(hook.posted.map(({ body }) => [body.topic, body.data.item])).toEqual([['contact.deleted', { type: 'contact', id, external_id: expect.any(String), deleted: true }]])
    await other.stop()
  })

  test('is not made by what was refused', async () => {
    await subscribe(['*'])
    await room.send('PUT /contacts/nobody', { name: 'x' })
    await room.send('POST /contacts', { role: 'user' })
    await lead('Ada')
    await hook.until(1)
    expect((await settled(1)).length).toBe(1)
  })

  test('comes in order, many at once', async () => {
    await subscribe(['contact.lead.created'])
    const names = Array.from({ length: 20 }, (_, index) => `lead ${index}`)
    for (const name of names) await lead(name)
    await hook.until(20)
    expect(hook.posted.map(({ body }) => body.data.item.name)).toEqual(names)
  })
})

describe('time', () => {
  test('ends a snooze for whoever wants to be told, though nobody asks', async () => {
    await subscribe(['conversation.admin.unsnoozed'])
    const { id } = await lead('Ada')
    const { conversation_id } = (await room.send('POST /conversations', { from: { type: 'lead', id }, body: 'Later?' })).body
    await room.send(`POST /conversations/${conversation_id}/parts`, { message_type: 'snoozed', admin_id: '4810101', snoozed_until: morning + 3600 })
    await advance(3600)
    await hook.until(1)
    expect(hook.posted[0]!.body).toMatchObject({ topic: 'conversation.admin.unsnoozed', created_at: morning + 3600, data: { item: { id: conversation_id, open: true, snoozed_until: null } } })
  })

  test('that goes back holds nothing up', async () => {
    await subscribe(['contact.lead.created'])
    hook.next(500)
    await lead('first')
    await settled(1)
    await room.send('POST /_workspace/clock', { time: morning - 86_400 })
    await lead('second')
    await hook.until(3)
    expect(hook.posted.map(({ body }) => [body.data.item.name, body.delivery_attempts])).toEqual([['first', 1], ['first', 2], ['second', 1]])
  })

  test('beyond the calendar is told as it is', async () => {
    await subscribe(['contact.user.created'])
    expect((await room.send('POST /contacts', { email: 'far@example.com', signed_up_at: 1e15 })).status).toBe(200)
    await hook.until(1)
    expect(hook.posted[0]!.body.data.item.signed_up_at).toBe(1e15)
  })
})

describe('what fails', () => {
  test.each([[500], [404], [302], [null]])('with %j is tried once more after a minute of the workspace, and holds up what follows', async (status) => {
    await room.send('POST /_workspace/clock', { frozen: true })
    await subscribe(['contact.lead.created'])
    hook.next(status)
    await lead('first')
    const [failed] = await settled(1)
    expect(failed).toMatchObject({ state: 'waiting', due_at: morning + 60, attempts: [{ at: morning, status }] })
    if (status === null) expect(failed.attempts[0].error).toBe('no answer within 0.3 seconds')
    await lead('second')
    await advance(59)
    expect(hook.posted.length).toBe(1)
    await advance(1)
    await hook.until(3)
    expect(hook.posted.map(({ body }) => [body.data.item.name, body.delivery_attempts, body.first_sent_at])).toEqual([
      ['first', 1, morning],
      ['first', 2, morning],
      ['second', 1, morning + 60],
    ])
    expect(hook.posted[1]!.body.id).toBe(hook.posted[0]!.body.id)
    expect(await settled(2)).toMatchObject([{ state: 'delivered' }, {}])
  })

  test('twice is dropped', async () => {
    await subscribe(['contact.lead.created'])
    hook.next(500, 503)
    await lead('first')
    await settled(1)
    await advance(60)
    await hook.until(2)
    await lead('second')
    await hook.until(3)
    const [first, second] = await settled(2)
    expect(first).toMatchObject({ state: 'dropped', attempts: [{ status: 500 }, { status: 503 }] })
    expect(second).toMatchObject({ attempts: [{ status: 200 }] })
  })

  test('because nobody listens says so', async () => {
    await subscribe(['contact.lead.created'])
    await hook.stop()
    await lead('first')
    const [failed] = await settled(1)
    expect(failed.attempts).toEqual([{ at: morning, status: null, error: expect.stringContaining('ECONNREFUSED') }])
    hook = await receiver()
  })

  test('with 429 pauses for a minute, then for longer', async () => {
    await subscribe(['contact.lead.created'])
    hook.next(429, 429)
    await lead('first')
    expect((await settled(1))[0]).toMatchObject({ state: 'waiting', due_at: morning + 60 })
    await advance(60)
    await hook.until(2)
    await advance(119)
    expect(hook.posted.length).toBe(2)
    await advance(1)
    await hook.until(3)
  })

  test('with 410 ends the webhook', async () => {
    await subscribe(['contact.lead.created'])
    hook.next(410)
    await lead('first')
    await settled(1)
    await lead('second')
    expect(await deliveries()).toMatchObject([{ state: 'dropped', attempts: [{ status: 410 }] }])
    expect((await room.send('GET /_workspace/webhooks')).body.webhooks).toMatchObject([{ id: '1', disabled: 'the URL answered 410' }])
    expect((await room.send('POST /_workspace/webhooks/1/ping', {})).status).toBe(409)
  })
})

describe('a webhook', () => {
  test('is pinged, listed without its secret, and ended', async () => {
    expect(await subscribe(['contact.archived'])).toEqual({ id: '1', url: hook.url, topics: ['contact.archived'], secret: 's3cret', created_at: morning, disabled: null })
    await room.send('POST /_workspace/webhooks/1/ping', {})
    await hook.until(1)
    expect(hook.posted[0]!.body).toMatchObject({ topic: 'ping', data: { item: { type: 'ping', message: expect.any(String) } } })
    const { webhooks } = (await room.send('GET /_workspace/webhooks')).body
    expect(webhooks).toEqual([{ id: '1', url: hook.url, topics: ['contact.archived'], created_at: morning, disabled: null }])
    expect((await room.send('DELETE /_workspace/webhooks/1')).body).toEqual({ webhooks: [] })
    expect((await room.send('GET /_workspace/webhooks/1/deliveries')).status).toBe(404)
  })

  test('gets a secret when it names none', async () => {
    const { secret } = (await room.send('POST /_workspace/webhooks', { url: hook.url, topics: ['*'] })).body
    expect(secret).toMatch(/^[0-9a-v]{32}$/)
    await lead('Ada')
    await hook.until(1)
    expect(hook.posted[0]!.headers['x-hub-signature']).toBe(signed(hook.posted[0]!.raw, secret))
  })

  test.each([
    [{ url: 'http://example.com/hook' }, 'url: it must be https, or http to this machine'],
    [{ url: 'ftp://127.0.0.1/' }, 'url: it must be https'],
    [{ url: 'hook' }, 'url: it must be https'],
    [{ url: 'http://127.0.0.1:1/hook' }, 'url: HEAD http://127.0.0.1:1/hook failed (connect ECONNREFUSED 127.0.0.1:1); answer HEAD requests with 200'],
    [{ topics: ['contact.created'] }, 'topics.0: there is no topic "contact.created"; there are: contact.user.created, '],
    [{ topics: [] }, 'topics: it must name a topic, or "*"'],
    [{ topics: '*' }, 'topics: it must be a list of topics, or ["*"]'],
  ])('%j is refused', async (wrong, message) => {
    const { status, body } = await room.send('POST /_workspace/webhooks', { url: hook.url, topics: ['*'], ...wrong })
    expect([status, body.errors[0].message]).toEqual([400, expect.stringContaining(message)])
    expect((await room.send('GET /_workspace/webhooks')).body.webhooks).toEqual([])
  })

  test('may ask for whatever Intercom tells, and learns what is never told here', async () => {
    const { topics, silent } = (await room.send('GET /_workspace/topics')).body
    expect(silent).toContain('job.completed')
    expect((await subscribe([...topics, ...silent])).silent).toEqual(silent)
    expect(await subscribe(topics)).not.toHaveProperty('silent')
  })

  test.each([[405], [302], [410]])('whose URL answers HEAD with %i is refused', async (status) => {
    const deaf = await receiver(status)
    const { body } = await room.send('POST /_workspace/webhooks', { url: deaf.url, topics: ['*'] })
    expect(body.errors[0].message).toContain(`failed (it answered ${status})`)
    await deaf.stop()
  })

  test('stays when the workspace is reset, and is not told of what is gone', async () => {
    await room.send('POST /_workspace/clock', { frozen: true })
    await subscribe(['contact.lead.created'])
    hook.next(500)
    await lead('gone')
    await settled(1)
    await room.send('POST /_workspace/reset', { keep_clock: true })
    expect(await deliveries()).toEqual([])
    await lead('there')
    await hook.until(2)
    expect(hook.posted[1]!.body.data.item.name).toBe('there')
  })
})
