import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { awayOf, eras, Front, type Served, type Watcher } from './webhooks-front.ts'

const front = new Front()
let server: Served
const open: Watcher[] = []
beforeAll(async () => {
  server = await front.serve()
  await front.tell(server)
})
afterAll(async () => {
  await Promise.all(open.map((watcher) => watcher.close()))
  await front.end()
})

const watching = async (...asked: Parameters<Served['watch']>): Promise<Watcher> => {
  const watcher = await server.watch(...asked)
  open.push(watcher)
  return watcher
}

/** Two users of the demo. */
const users = async (): Promise<readonly { readonly id: string; readonly external_id: string }[]> => {
  const query = { field: 'role', operator: '=', value: 'user' }
  return (await front.api<{ data: { id: string; external_id: string }[] }>('POST', '/contacts/search', { query, pagination: { per_page: 2 } })).data
}

const conversationOf = async (contact: string): Promise<string> => {
  const { conversation_id } = await front.api<{ conversation_id: string }>('POST', '/conversations', { from: { type: 'user', id: contact }, body: 'Where is my parcel?' })
  return conversation_id
}

describe.each(eras)('a client of %s', (era) => {
  test('is told of the contact it watches, by whichever address, and of no other', async () => {
    const [one, other] = await users()
    const uris = [`intercom://contacts/${one!.id}`, `intercom://contacts/external/${encodeURIComponent(one!.external_id)}`]
    const watcher = await watching(era, uris)
    const stranger = await watching(era, [`intercom://contacts/${other!.id}`])
    await front.api('PUT', `/contacts/${one!.id}`, { name: `Ada of ${era}` })
    await expect.poll(() => [...new Set(watcher.heard)].sort()).toEqual([...uris].sort())
    await front.api('PUT', `/contacts/${other!.id}`, { name: 'Bob' })
    await expect.poll(() => stranger.heard).toContain(`intercom://contacts/${other!.id}`)
    expect(new Set(stranger.heard).size).toBe(1)
    expect([...new Set(watcher.heard)].sort()).toEqual([...uris].sort())
  })

  test('is told of conversations, their people, tickets and companies', async () => {
    const [one] = await users()
    const conversation = await conversationOf(one!.id)
    const company = await front.api<{ id: string }>('POST', '/companies', { company_id: `c-${era}`, name: 'Lantern' })
    const types = await front.api<{ data: { id: string; category: string }[] }>('GET', '/ticket_types')
    const ticket = await front.api<{ id: string }>('POST', '/tickets', { ticket_type_id: types.data[0]!.id, contacts: [{ id: one!.id }], ticket_attributes: { _default_title_: 'Broken' } })
    const conversationUri = `intercom://conversations/${conversation}`
    const watcher = await watching(era, [conversationUri, `intercom://tickets/${ticket.id}`, `intercom://companies/${company.id}`, `intercom://companies/${company.id}/contacts`, `intercom://contacts/${one!.id}`])

    await front.api('POST', `/conversations/${conversation}/reply`, { message_type: 'comment', type: 'user', intercom_user_id: one!.id, body: 'Hello?' })
    await expect.poll(() => [...watcher.heard].sort()).toEqual([`intercom://contacts/${one!.id}`, conversationUri])
    watcher.heard.length = 0
    await front.api('PUT', `/tickets/${ticket.id}`, { ticket_attributes: { _default_title_: 'Mended' } })
    await expect.poll(() => [...watcher.heard].sort()).toEqual([`intercom://contacts/${one!.id}`, `intercom://tickets/${ticket.id}`])
    watcher.heard.length = 0
    await front.api('POST', `/contacts/${one!.id}/companies`, { id: company.id })
    await expect.poll(() => watcher.heard).toEqual(expect.arrayContaining([`intercom://companies/${company.id}`, `intercom://companies/${company.id}/contacts`, `intercom://contacts/${one!.id}`]))
  })

  test('may watch what it may read, and learns nothing of anything else', async () => {
    const [one] = await users()
    const conversation = `intercom://conversations/${await conversationOf(one!.id)}`
    const contact = `intercom://contacts/${one!.id}`
    const watcher = await watching(era, [conversation, contact, 'intercom://nothing/1', 'https://example.com'], { 'x-mcp-exclude-tools': 'get_conversation' })
    expect(watcher.refused).toEqual([conversation, 'intercom://nothing/1', 'https://example.com'])
    const free = await watching(era, [conversation, contact])
    await front.api('POST', `${conversation.replace('intercom:/', '')}/reply`, { message_type: 'comment', type: 'user', intercom_user_id: one!.id, body: 'Still there?' })
    await expect.poll(() => [...free.heard].sort()).toEqual([contact, conversation])
    await expect.poll(() => watcher.heard).toEqual([contact])
  })

  test('sees at once what somebody else changed of a list that is kept', async () => {
    const watcher = await watching(era, ['intercom://admins'])
    const { id } = await front.api<{ id: string }>('GET', '/me')
    for (const away of [true, false]) {
      expect(await awayOf(watcher, id)).toBe(!away)
      watcher.heard.length = 0
      await front.api('PUT', `/admins/${id}/away`, { away_mode_enabled: away, away_mode_reassign: false })
      await expect.poll(() => watcher.heard).toEqual(['intercom://admins'])
      expect(await awayOf(watcher, id)).toBe(away)
    }
  })
})

describe('where values are kept from callers', () => {
  const external = 'grace@example.com'
  let contact: { id: string }
  beforeAll(async () => {
    contact = await front.api('POST', '/contacts', { role: 'user', external_id: external, email: external })
  })

  test.each(eras)('a client of %s watches by the words it knows, and is told in them', async (era) => {
    const redacted = await front.serve(['--redact', 'emails'])
    await front.tell(redacted)
    const asking = await redacted.watch(era, [])
    const [known] = /e-[a-z2-7]{10}@redacted\.invalid/.exec(JSON.stringify(await asking.call('get_contact', { id: contact.id }))) ?? []
    expect(known).toBeDefined()
    const uri = `intercom://contacts/external/${known}`
    const watcher = await redacted.watch(era, [uri])
    await front.api('PUT', `/contacts/${contact.id}`, { name: `Grace of ${era}` })
    await expect.poll(() => [...new Set(watcher.heard)]).toEqual([uri])
    await Promise.all([asking.close(), watcher.close()])
  })
})
