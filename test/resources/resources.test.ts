import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { uuid } from '../../src/workspace/uuid.ts'
import { open, type Session } from '../tools/session.ts'

let session: Session
let maren: string
beforeAll(async () => {
  session = await open()
  const { structured } = await session.call('get_contact_by_external_id', { external_id: 'usr_1042' })
  maren = String((structured!.contact as { id: string }).id)
})
afterAll(() => session.close())

const read = async (uri: string): Promise<string> => {
  const { contents } = await session.client.readResource({ uri })
  expect(contents).toHaveLength(1)
  expect(contents[0]).toMatchObject({ uri, mimeType: 'text/markdown' })
  return (contents[0] as { text: string }).text
}

const completed = async (uri: string, name: string, value: string): Promise<string[]> =>
  (await session.client.complete({ ref: { type: 'ref/resource', uri }, argument: { name, value } })).completion.values

test('what can be read is listed', async () => {
  const { resources } = await session.client.listResources()
  const { resourceTemplates } = await session.client.listResourceTemplates()
  expect(resources.map(({ uri }) => uri)).toEqual([
    'intercom://admins',
    'intercom://data-attributes',
    'intercom://segments',
    'intercom://subscription-types',
    'intercom://tags',
    'intercom://teams',
  ])
  expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate).sort()).toEqual([
    'intercom://articles/{id}',
    'intercom://collections/{id}',
    'intercom://companies/{id}',
    'intercom://contacts/external/{external_id}',
    'intercom://contacts/{id}',
    'intercom://conversations/{id}',
    'intercom://data-exports/{job_identifier}',
    'intercom://external-pages/{id}',
    'intercom://help-centers/{id}',
    'intercom://internal-articles/{id}',
    'intercom://news-items/{id}',
    'intercom://newsfeeds/{id}',
    'intercom://notes/{id}',
    'intercom://segments/{id}',
    'intercom://tags/{id}',
    'intercom://teams/{id}',
    'intercom://ticket-types/{id}',
    'intercom://tickets/{id}',
    'intercom://visitors/{user_id}',
  ])
})

test('each of them reads as Markdown', async () => {
  expect(await read(`intercom://contacts/${maren}`)).toContain('name: Maren Okafor')
  expect(await read('intercom://contacts/external/usr_1042')).toContain(maren)
  expect(await read('intercom://admins')).toContain('admins:')
  const [ticket] = await completed('intercom://tickets/{id}', 'id', '')
  expect(await read(`intercom://tickets/${ticket}`)).toContain('ticket_attributes:')
  const [conversation] = await completed('intercom://conversations/{id}', 'id', 'island loop')
  expect(await read(`intercom://conversations/${conversation}`)).toContain('conversation_parts:')
  expect(await read('intercom://ticket-types/1')).toContain('category: Customer')
  expect(await read('intercom://segments')).toContain('name: Active')
  expect(await read('intercom://teams')).toContain('name: Billing')
  expect(await read('intercom://tags')).toContain('name: Churn risk')
  expect(await read('intercom://tags/8020003')).toContain('name: Churn risk')
  expect(await read('intercom://subscription-types')).toContain('name: Season tips')
  expect(await read('intercom://data-attributes')).toContain('full_name: custom_attributes.Peak season')
  expect(await read('intercom://notes/17490005')).toContain('author:')
  expect(await read('intercom://articles/13')).toContain('title: Refund a guest')
  expect(await read('intercom://collections/3')).toContain('name: Weather, tides and refunds')
  expect(await read('intercom://help-centers/1')).toContain('https://help.pondwick.example')
  expect(await read('intercom://internal-articles/1')).toContain('ask Wes')
  expect(await read('intercom://news-items/1')).toContain('title: Tours that follow the tide')
  expect(await read('intercom://newsfeeds/2')).toContain('name: Owners on Fleet')
  expect(await read('intercom://data-exports/k7q2m9x4w0f3v8pt')).toContain('status: completed')
  expect(await read(`intercom://visitors/${uuid('visitor 1')}`)).toContain('pseudonym: Teal Canoe')
  const [page] = await completed('intercom://external-pages/{id}', 'id', '')
  expect(await read(`intercom://external-pages/${page}`)).toContain('title:')
})

describe('completion', () => {
  test.each([
    ['intercom://contacts/{id}', 'id', 'maren', () => maren],
    ['intercom://contacts/{id}', 'id', 'first six characters of the id', () => maren],
    ['intercom://contacts/external/{external_id}', 'external_id', 'usr_10', () => 'usr_1042'],
    ['intercom://ticket-types/{id}', 'id', 'refund', () => '3'],
    ['intercom://companies/{id}', 'id', 'cedar', () => '66f0c3d1a7b24e2000000001'],
    ['intercom://segments/{id}', 'id', 'slip', () => '66f0c3d1a7b24e3000000003'],
    ['intercom://teams/{id}', 'id', 'bill', () => '5530002'],
    ['intercom://tags/{id}', 'id', 'churn', () => '8020003'],
    ['intercom://articles/{id}', 'id', 'weather', () => '14'],
    ['intercom://articles/{id}', 'id', '1', () => '14'],
    ['intercom://collections/{id}', 'id', 'tides', () => '3'],
    ['intercom://help-centers/{id}', 'id', 'dev', () => '2'],
    ['intercom://internal-articles/{id}', 'id', 'storm', () => '3'],
    ['intercom://news-items/{id}', 'id', 'calendar', () => '2'],
    ['intercom://newsfeeds/{id}', 'id', 'owners', () => '2'],
  ])('%s, %s given %j', async (uri, name, typed, expected) => {
    const value = typed.startsWith('first six') ? maren.slice(0, 6) : typed
    expect(await completed(uri, name, value)).toContain(expected())
  })

  test('where ids can only be known nothing is offered, and of what is no template nothing can be', async () => {
    expect(await completed('intercom://notes/{id}', 'id', '1')).toEqual([])
    await expect(completed('intercom://nothing/{id}', 'id', '1')).rejects.toMatchObject({ code: -32602 })
    await expect(completed('intercom://notes/{id}', 'name', '1')).rejects.toMatchObject({ code: -32602 })
  })

  test('nothing typed offers what there is, at most a hundred', async () => {
    const values = await completed('intercom://contacts/{id}', 'id', '')
    expect(values.length).toBeGreaterThan(10)
    expect(values.length).toBeLessThanOrEqual(100)
  })
})

test.each([
  ['intercom://contacts/0123456789abcdef01234567', /not_found|found nothing|no contact/i],
  ['intercom://nothing/1', /resources\/templates\/list/],
  ['intercom://contacts/%2e%2e', /cannot be part of a path/],
  [`intercom://contacts/${'x'.repeat(10_000)}`, /cannot be part of a path/],
  ['intercom://contacts/%', /resources\/templates\/list/],
])('%s is refused with the next step', async (uri, expected) => {
  await expect(session.client.readResource({ uri })).rejects.toMatchObject({ code: -32602, message: expect.stringMatching(expected) as string })
})
