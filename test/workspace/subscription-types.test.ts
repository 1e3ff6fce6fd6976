import { describe, expect, test } from 'vitest'
import { asking, morning, newForEachTest, refused } from './asking.ts'
import { maren } from './opened.ts'
import { told } from './told.ts'

const room = newForEachTest()
const { ask } = room

/** News goes to all but those who opted out, as Maren did; tips and alerts to those who opted in, as she did to alerts. */
const news = '61001'
const tips = '61002'
const alerts = '61003'
const nobody = 'f'.repeat(24)

const choose = (id: string, consent_type: string) => ask('POST', `/contacts/${maren.id}/subscriptions`, { id, consent_type })
const forget = (id: string) => ask('DELETE', `/contacts/${maren.id}/subscriptions/${id}`)
const contact = async () => (await ask('GET', `/contacts/${maren.id}`)).body
const ids = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id)

test.each(['demo', 'empty'] as const)('the types of a workspace (%s) are listed, since no request makes one', async (seed) => {
  const one = asking({ seed })
  const { body } = await one.ask('GET', '/subscription_types')
  one.workspace.close()
  expect(body.type).toBe('list')
  expect(body.data.map(({ id, consent_type }: { id: string; consent_type: string }) => [id, consent_type])).toEqual([[news, 'opt_out'], [tips, 'opt_in'], [alerts, 'opt_in']])
  expect(body.data[0]).toEqual({
    type: 'subscription',
    id: news,
    state: 'live',
    consent_type: 'opt_out',
    default_translation: { name: 'Product news', description: expect.any(String), locale: 'en' },
    translations: [{ name: 'Product news', description: expect.any(String), locale: 'en' }],
    content_types: ['email'],
  })
})

describe("a contact's choice", () => {
  test('to hear of an opt-in type is listed, and shown among those they opted in to', async () => {
    room.clock.seconds += 60
    expect((await choose(tips, 'opt_in')).body).toMatchObject({ type: 'subscription', id: tips, consent_type: 'opt_in' })
    const { opted_in_subscription_types, opted_out_subscription_types, updated_at } = await contact()
    expect(ids(opted_in_subscription_types)).toEqual([alerts, tips])
    expect(ids(opted_out_subscription_types)).toEqual([news])
    expect(updated_at).toBe(morning + 60)
    expect(ids((await ask('GET', `/contacts/${maren.id}/subscriptions`)).body)).toEqual([news, alerts, tips])
  })

  test('not to hear of an opt-out type is shown among those they opted out of', async () => {
    expect((await forget(news)).body).toMatchObject({ type: 'subscription', id: news })
    expect(ids((await contact()).opted_out_subscription_types)).toEqual([])
    await choose(news, 'opt_out')
    expect(ids((await contact()).opted_out_subscription_types)).toEqual([news])
  })

  test('is taken back by the opposite, or by removing it', async () => {
    expect((await choose(alerts, 'opt_out')).status).toBe(200)
    expect((await choose(news, 'opt_in')).status).toBe(200)
    expect((await ask('GET', `/contacts/${maren.id}/subscriptions`)).body).toEqual({ type: 'list', data: [] })
    await choose(tips, 'opt_in')
    expect((await forget(tips)).status).toBe(200)
    expect(refused(await forget(tips))).toBe('404 not_found: Resource Not Found')
  })

  test('made twice changes nothing more', async () => {
    room.clock.seconds += 60
    const { updated_at } = await contact()
    expect((await choose(alerts, 'opt_in')).status).toBe(200)
    expect((await contact()).updated_at).toBe(updated_at)
  })

  test('needs a contact, a type and a word for it', async () => {
    expect(refused(await ask('POST', `/contacts/${nobody}/subscriptions`, { id: news, consent_type: 'opt_out' }))).toBe('404 not_found: User Not Found')
    expect(refused(await choose('invalid_id', 'opt_in'))).toBe('404 not_found: Resource Not Found')
    expect(refused(await choose(news, 'perhaps'))).toMatch(/^400 parameter_invalid: consent_type/)
    expect(refused(await ask('POST', `/contacts/${maren.id}/subscriptions`, { id: news }))).toMatch(/^400 parameter_not_found: consent_type /)
    expect(refused(await ask('DELETE', `/contacts/${nobody}/subscriptions/${news}`))).toBe('404 not_found: User Not Found')
    expect(refused(await forget('invalid_id'))).toBe('404 not_found: Resource Not Found')
  })

  test('is told to whoever subscribed: by whether they now hear of it', async () => {
    const heard = await told(room.workspace, ['contact.subscribed', 'contact.unsubscribed'])
    await choose(tips, 'opt_in')
    await choose(tips, 'opt_in')
    await forget(tips)
    await forget(news)
    await choose(news, 'opt_out')
    const notifications = await heard()
    expect(notifications.map(({ topic }) => topic)).toEqual(['contact.subscribed', 'contact.unsubscribed', 'contact.subscribed', 'contact.unsubscribed'])
    expect(notifications[0]!.item).toMatchObject({ type: 'contact', id: maren.id, opted_in_subscription_types: { total_count: 2 } })
  })
})
