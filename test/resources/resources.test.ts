import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { variables } from '../../src/resources/template.ts'
import { uuid } from '../../src/workspace/uuid.ts'
import { type AnyClient, clients } from '../server/connect.ts'
import { open, type Session } from '../tools/session.ts'

const maren = '66f0c3d1a7b24e1000000001'
const cedarCove = '66f0c3d1a7b24e2000000001'
const nobody = '66f0c3d1a7b24e9999999999'

/** What stands at each fixed address. */
const fixed: Record<string, string> = {
  'intercom://admins': 'Ines Calloway',
  'intercom://collections': 'Weather, tides and refunds',
  'intercom://content-import-sources': 'https://help.pondwick.example',
  'intercom://data-attributes': 'custom_attributes.Peak season',
  'intercom://help-centers': 'Pondwick',
  'intercom://me': 'America/New_York',
  'intercom://newsfeeds': 'Owners on Fleet',
  'intercom://segments': 'Active',
  'intercom://subscription-types': 'Season tips',
  'intercom://tags': 'Churn risk',
  'intercom://teams': 'Billing',
  'intercom://ticket-states': 'Waiting on customer',
  'intercom://ticket-types': 'Refund request',
}

/** Of each template: something that is there, a word of how it reads, and something that is not. */
const found: Record<string, [there: string[], word: string, notThere: string[]]> = {
  'intercom://admins/{id}': [['4810102'], 'Tobias Renner', ['1']],
  'intercom://articles/{id}': [['13'], 'Refund a guest', ['9999']],
  'intercom://collections/{id}': [['3'], 'Weather, tides and refunds', ['9999']],
  'intercom://companies/{id}': [[cedarCove], 'Cedar Cove Kayaks', [nobody]],
  'intercom://companies/{id}/contacts': [[cedarCove], 'Maren Okafor', [nobody]],
  'intercom://companies/{id}/segments': [[cedarCove], 'segments:', [nobody]],
  'intercom://contacts/external/{external_id}': [['usr_1042'], maren, ['usr_0']],
  'intercom://contacts/{contact_id}/notes': [[maren], 'Renewal in six weeks', [nobody]],
  'intercom://contacts/{contact_id}/segments': [[maren], 'Active', [nobody]],
  'intercom://contacts/{contact_id}/subscriptions': [[maren], 'Outage alerts', [nobody]],
  'intercom://contacts/{contact_id}/tags': [[maren], 'VIP', [nobody]],
  'intercom://contacts/{id}': [[maren], 'Maren Okafor', [nobody]],
  'intercom://contacts/{id}/companies': [[maren], 'Cedar Cove Kayaks', [nobody]],
  'intercom://contacts/{intercom_user_id}/events': [[maren], 'reported-double-booking', [nobody]],
  'intercom://content-import-sources/{id}': [['2'], 'https://pondwick.example/guides', ['9999']],
  'intercom://conversations/{id}': [['104'], 'state:', ['999999']],
  'intercom://custom-objects/{custom_object_type_identifier}/external/{external_id}': [['Booking', 'PW-48213'], 'Island Loop', ['Booking', 'PW-0']],
  'intercom://custom-objects/{custom_object_type_identifier}/{id}': [['Booking', '70101'], 'Island Loop', ['Gear', '70101']],
  'intercom://data-exports/{job_identifier}': [['k7q2m9x4w0f3v8pt'], 'status: completed', ['0']],
  'intercom://external-pages/{id}': [['64'], 'title:', ['9999']],
  'intercom://help-centers/{id}': [['1'], 'https://help.pondwick.example', ['9999']],
  'intercom://internal-articles/{id}': [['1'], 'ask Wes', ['9999']],
  'intercom://news-items/{id}': [['1'], 'Tours that follow the tide', ['9999']],
  'intercom://newsfeeds/{id}': [['2'], 'Owners on Fleet', ['9999']],
  'intercom://newsfeeds/{id}/items': [['1'], 'Calendar sync is faster', ['9999']],
  'intercom://notes/{id}': [['17490007'], 'Renewal in six weeks', ['1']],
  'intercom://segments/{id}': [['66f0c3d1a7b24e3000000003'], 'name: Slipping away', [nobody]],
  'intercom://tags/{id}': [['8020003'], 'Churn risk', ['1']],
  'intercom://teams/{id}': [['5530002'], 'Billing', ['1']],
  'intercom://ticket-types/{id}': [['3'], 'Refund request', ['9999']],
  'intercom://tickets/{id}': [['132'], 'ticket_attributes:', ['999999']],
  'intercom://visitors/{user_id}': [[uuid('visitor 1')], 'Teal Canoe', [uuid('nobody')]],
}

const at = (template: string, values: readonly string[]): string => variables(template).reduce((uri, name, index) => uri.replace(`{${name}}`, values[index]!), template)

describe.each(['SDK v2 speaking 2025-11-25', 'SDK v2 speaking only 2026-07-28'])('%s', (kind) => {
  let client: AnyClient
  beforeAll(async () => {
    client = await clients[kind]!({ args: [] })
  })
  afterAll(() => client.close())

  const read = async (uri: string): Promise<string> => {
    const { contents } = await client.readResource({ uri })
    expect(contents).toHaveLength(1)
    expect(contents[0]).toMatchObject({ uri, mimeType: 'text/markdown' })
    return (contents[0] as { text: string }).text
  }

  test('what can be read is listed, each under a name and a title of its own', async () => {
    const { resources } = await client.listResources()
    const { resourceTemplates } = await client.listResourceTemplates()
    expect(resources.map(({ uri }) => uri).sort()).toEqual(Object.keys(fixed).sort())
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate).sort()).toEqual(Object.keys(found).sort())
    const all = [...resources, ...resourceTemplates]
    for (const key of ['name', 'title', 'description'] as const) expect(new Set(all.map((each) => each[key])).size, key).toBe(all.length)
    expect(resources.find(({ uri }) => uri === 'intercom://ticket-states')).toMatchObject({ name: 'ticket_states', title: 'Ticket states' })
    expect(resourceTemplates.find(({ name }) => name === 'contact_notes')).toMatchObject({ title: "Contact's notes" })
  })

  test.each(Object.entries(fixed))('%s reads as Markdown', async (uri, word) => {
    expect(await read(uri)).toContain(word)
  })

  test.each(Object.entries(found))('%s reads what is there, and says that it found nothing of what is not', async (template, [there, word, notThere]) => {
    expect(await read(at(template, there))).toContain(word)
    const uri = at(template, notThere)
    await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32602, data: { uri }, message: expect.stringMatching(/found nothing/) as string })
  })
})

test('every list that names are looked up in has an address', async () => {
  const without = (await allOperations()).filter(({ operation: { reference, resource } }) => reference && !resource)
  expect(without.map(({ operation }) => operation.name)).toEqual([])
})

describe('whoever asks', () => {
  let session: Session
  beforeAll(async () => {
    session = await open()
  })
  afterAll(() => session.close())

  test('an external ID is never read as the name of a list', async () => {
    await expect(session.client.readResource({ uri: 'intercom://contacts/external/notes' })).rejects.toMatchObject({ message: expect.stringContaining('get_contact_by_external_id') as string })
  })

  test.each([
    ['intercom://nothing/1', /resources\/templates\/list/],
    ['intercom://contacts/%2e%2e', /cannot be part of a path/],
    [`intercom://contacts/${'x'.repeat(10_000)}`, /cannot be part of a path/],
    ['intercom://contacts/%', /resources\/templates\/list/],
    ['intercom://contacts//notes', /resources\/templates\/list/],
  ])('%s is refused with the next step', async (uri, expected) => {
    await expect(session.client.readResource({ uri })).rejects.toMatchObject({ code: -32602, message: expect.stringMatching(expected) as string })
  })
})
