import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { variables } from '../../src/resources/template.ts'
import { type AnyClient, clients } from '../server/connect.ts'
import { open, type Session } from '../tools/session.ts'
import { type Served, served } from '../workspace/served.ts'

const maren = '66f0c3d1a7b24e1000000001'
const instance = 'intercom://custom-objects/{custom_object_type_identifier}/{id}'
const instanceByExternalId = 'intercom://custom-objects/{custom_object_type_identifier}/external/{external_id}'

const completed = async (client: AnyClient, uri: string, name: string, value: string, given?: Record<string, string>): Promise<string[]> =>
  (await client.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value }, ...(given && { context: { arguments: given } }) })).completion.values

describe.each(Object.entries(clients))('%s', (_, connect) => {
  let client: AnyClient
  beforeAll(async () => {
    client = await connect({ args: [] })
  })
  afterAll(() => client.close())

  test.each([
    ['intercom://admins/{id}', 'id', 'tobias', '4810102'],
    ['intercom://admins/{id}', 'id', 'ines@', '4810101'],
    ['intercom://admins/{id}', 'id', ' TÓBIAS ', '4810102'],
    ['intercom://articles/{id}', 'id', 'weather', '14'],
    ['intercom://articles/{id}', 'id', '1', '14'],
    ['intercom://collections/{id}', 'id', 'tides', '3'],
    ['intercom://companies/{id}', 'id', 'cedar', '66f0c3d1a7b24e2000000001'],
    ['intercom://companies/{id}/contacts', 'id', 'cedar', '66f0c3d1a7b24e2000000001'],
    ['intercom://contacts/{id}', 'id', 'maren', maren],
    ['intercom://contacts/{id}', 'id', maren.slice(0, 20), maren],
    ['intercom://contacts/{contact_id}/notes', 'contact_id', 'maren@', maren],
    ['intercom://contacts/{intercom_user_id}/events', 'intercom_user_id', 'Okafor', maren],
    ['intercom://contacts/external/{external_id}', 'external_id', 'usr_10', 'usr_1042'],
    ['intercom://content-import-sources/{id}', 'id', 'guides', '2'],
    ['intercom://conversations/{id}', 'id', '10', '104'],
    ['intercom://external-pages/{id}', 'id', '6', '64'],
    ['intercom://help-centers/{id}', 'id', 'dev', '2'],
    ['intercom://internal-articles/{id}', 'id', 'storm', '3'],
    ['intercom://news-items/{id}', 'id', 'calendar', '2'],
    ['intercom://newsfeeds/{id}', 'id', 'owners', '2'],
    ['intercom://newsfeeds/{id}/items', 'id', 'owners', '2'],
    ['intercom://segments/{id}', 'id', 'slip', '66f0c3d1a7b24e3000000003'],
    ['intercom://tags/{id}', 'id', 'churn', '8020003'],
    ['intercom://teams/{id}', 'id', 'bill', '5530002'],
    ['intercom://ticket-types/{id}', 'id', 'refund', '3'],
    ['intercom://tickets/{id}', 'id', '13', '132'],
    [instance, 'custom_object_type_identifier', 'book', 'Booking'],
  ])('%s, %s given %j', async (uri, name, typed, expected) => {
    expect(await completed(client, uri, name, typed)).toContain(expected)
  })

  test('a hundred are offered, and that there are more is said, though not how many', async () => {
    const ask = async (value: string) => (await client.complete({ ref: { type: 'ref/resource', uri: 'intercom://contacts/{id}' }, argument: { name: 'id', value } })).completion
    const all = await ask('')
    expect([all.values.length, all.hasMore, all.total]).toEqual([100, true, undefined])
    expect(await ask('okafor')).toEqual({ values: [maren], hasMore: false, total: 1 })
  })

  test('what is filled in already narrows the rest', async () => {
    expect(await completed(client, instance, 'id', '')).toEqual(expect.arrayContaining(['70101', '70201']))
    expect(await completed(client, instance, 'id', '', { custom_object_type_identifier: 'Gear' })).toEqual(['70201'])
    expect(await completed(client, instanceByExternalId, 'external_id', 'pw-', { custom_object_type_identifier: 'Booking' })).toEqual(['PW-48213'])
    expect(await completed(client, instanceByExternalId, 'external_id', 'pw-', { custom_object_type_identifier: 'Gear' })).toEqual([])
  })

  test('where ids can only be known nothing is offered, and of what is no template nothing can be', async () => {
    expect(await completed(client, 'intercom://notes/{id}', 'id', '1')).toEqual([])
    expect(await completed(client, 'intercom://visitors/{user_id}', 'user_id', '')).toEqual([])
    await expect(completed(client, 'intercom://nothing/{id}', 'id', '1')).rejects.toMatchObject({ code: -32602 })
    await expect(completed(client, 'intercom://notes/{id}', 'name', '1')).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('name a resource template') as string })
  })
})

describe('at Intercom', () => {
  let room: Served
  let session: Session
  beforeAll(async () => {
    room = await served()
    session = await open([], { INTERCOM_BASE_URL: room.server.url, INTERCOM_ACCESS_TOKEN: room.workspace.token })
  })
  afterAll(async () => {
    await session.close()
    await room.stop()
  })

  /** How many requests it takes to complete something. */
  const requests = async (uri: string, name: string, value: string): Promise<number> => {
    await room.send('DELETE /_workspace/requests')
    expect((await completed(session.client, uri, name, value)).length).toBeLessThanOrEqual(100)
    const { body } = await room.send('GET /_workspace/requests')
    return (body as { requests: unknown[] }).requests.length
  }

  test('completing anything takes one request, or none for what is known already', async () => {
    const { resourceTemplates } = await session.client.listResourceTemplates()
    const blanks = resourceTemplates.flatMap(({ uriTemplate }) => variables(uriTemplate).map((name) => [uriTemplate, name] as const))
    expect(blanks.length).toBeGreaterThan(resourceTemplates.length)
    for (const [template, name] of blanks)
      for (const typed of ['', 'a', '1']) expect(await requests(template, name, typed), `${template} ${name} ${typed}`).toBeLessThanOrEqual(1)
    expect(await requests('intercom://contacts/{id}', 'id', 'maren')).toBe(1)
  })
})
