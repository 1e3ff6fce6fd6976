import { describe, expect, test } from 'vitest'
import { asking, morning, newForEachTest, refused } from './asking.ts'
import { ines, maren, tobias } from './opened.ts'
import { told } from './told.ts'

const room = newForEachTest()
const { ask } = room

/** Tags and people of the seed. Thea is a lead; Churn risk is what a segment is built on. */
const vip = '8020001'
const churnRisk = '8020003'
const thea = '66f0c3d1a7b24e1000000004'
const cedarCove = '66f0c3d1a7b24e2000000001'
const nobody = 'f'.repeat(24)

const tagged = async (contact: string): Promise<string[]> => (await ask('GET', `/contacts/${contact}/tags`)).body.data.map(({ id }: { id: string }) => id)
const company = async () => (await ask('GET', `/contacts/${maren.id}/companies`)).body.data[0]
const found = async (tag: string) => (await ask('POST', '/contacts/search', { query: { field: 'tag_id', operator: '=', value: tag } })).body.total_count
const conversation = async () => (await ask('POST', '/conversations', { from: { type: 'user', id: maren.id }, body: 'Two kayaks leak.' })).body.conversation_id as string
const ticket = async () => {
  const query = { field: 'contact_ids', operator: '=', value: maren.id }
  return (await ask('POST', '/tickets/search', { query })).body.tickets[0].id as string
}

describe('the tags of a workspace', () => {
  test('are listed by name, capitals or not, and got by id', async () => {
    await ask('POST', '/tags', { name: 'wholesale' })
    const { data } = (await ask('GET', '/tags')).body
    const names = data.map(({ name }: { name: string }) => name.toLowerCase())
    expect(names).toEqual(names.toSorted())
    expect(names).toContain('wholesale')
    expect(data[0]).toEqual({ type: 'tag', id: expect.any(String), name: expect.any(String) })
    expect((await ask('GET', `/tags/${vip}`)).body).toEqual({ type: 'tag', id: vip, name: 'VIP' })
    expect(refused(await ask('GET', '/tags/123'))).toBe('404 not_found: Resource Not Found')
  })

  test('have each name once', async () => {
    const { body } = await ask('POST', '/tags', { name: 'Wholesale' })
    expect(body).toEqual({ type: 'tag', id: expect.any(String), name: 'Wholesale' })
    expect((await ask('POST', '/tags', { name: 'WHOLESALE' })).body).toEqual(body)
    for (const name of ['vip', ' VIP ']) expect((await ask('POST', '/tags', { name })).body).toEqual({ type: 'tag', id: vip, name: 'VIP' })
    expect((await ask('POST', '/tags', { name: ' Retail\n' })).body.name).toBe('Retail')
  })

  test('are renamed, to names that are free', async () => {
    expect((await ask('POST', '/tags', { id: vip, name: 'Key account' })).body).toEqual({ type: 'tag', id: vip, name: 'Key account' })
    expect((await ask('POST', '/tags', { id: vip, name: 'KEY account' })).body.name).toBe('KEY account')
    expect(refused(await ask('POST', '/tags', { id: vip, name: 'beta' }))).toBe('400 parameter_invalid: invalid tag parameters')
    expect(refused(await ask('POST', '/tags', { id: '1', name: 'x' }))).toBe('404 not_found: Resource Not Found')
  })

  test.each([
    [{ test: 'invalid' }],
    [{ name: ' ' }],
    [{ name: 'x', companies: 'co_201' }],
    [{ name: 'x', companies: [{}] }],
    [{ name: 'x', users: [{ id: maren.id }, {}] }],
    [{ name: 'x', users: [{ email: maren.email }], companies: [{ company_id: 'co_201' }] }],
  ])('%j is none of the four bodies', async (body) => {
    const before = (await ask('GET', '/tags')).body
    expect(refused(await ask('POST', '/tags', body))).toBe('400 parameter_invalid: invalid tag parameters')
    expect((await ask('GET', '/tags')).body).toEqual(before)
  })
})

describe('many at once', () => {
  test('companies are tagged and untagged by either id', async () => {
    const { id } = (await ask('POST', '/tags', { name: 'Wholesale', companies: [{ company_id: 'co_201' }, { id: '66f0c3d1a7b24e2000000002' }] })).body
    expect((await company()).tags.tags).toContainEqual({ type: 'tag', id, name: 'Wholesale' })
    expect((await company()).updated_at).toBe(morning)
    await ask('POST', '/tags', { name: 'wholesale', companies: [{ id: cedarCove, untag: true }] })
    expect((await company()).tags.tags).not.toContainEqual({ type: 'tag', id, name: 'Wholesale' })
  })

  test('users are contacts, named by id, by your own id or by email', async () => {
    const users = [{ id: thea }, { user_id: maren.external_id }, { email: 'joaquin@sierraancha.example' }]
    const { id } = (await ask('POST', '/tags', { name: 'Regatta', users })).body
    expect(await found(id)).toBe(3)
    await ask('POST', '/tags', { name: 'Regatta', users: [{ id: thea, untag: true }, { email: maren.email }] })
    expect(await found(id)).toBe(2)
  })

  test('all of them, or none', async () => {
    expect(refused(await ask('POST', '/tags', { name: 'Regatta', users: [{ id: thea }, { id: nobody }] }))).toBe('404 not_found: User Not Found')
    expect(refused(await ask('POST', '/tags', { name: 'Regatta', companies: [{ company_id: '123' }] }))).toBe('404 company_not_found: Company Not Found')
    expect((await ask('GET', '/tags')).body.data.map(({ name }: { name: string }) => name)).not.toContain('Regatta')
  })

  test('a tag that is only taken off is not made for that', async () => {
    expect(refused(await ask('POST', '/tags', { name: 'Regatta', users: [{ id: thea, untag: true }] }))).toBe('404 not_found: Resource Not Found')
  })
})

describe('a contact', () => {
  test('is tagged, shown and found so, and untagged', async () => {
    room.clock.seconds += 60
    const { body } = await ask('POST', `/contacts/${maren.id}/tags`, { id: churnRisk })
    expect(body).toEqual({ type: 'tag', id: churnRisk, name: 'Churn risk', applied_at: morning + 60, applied_by: { type: 'admin', id: ines } })
    const contact = (await ask('GET', `/contacts/${maren.id}`)).body
    expect(contact).toMatchObject({ updated_at: morning + 60, tags: { total_count: 4 } })
    expect(contact.tags.data).toContainEqual({ id: churnRisk, type: 'tag', url: `/tags/${churnRisk}` })
    const before = await found(churnRisk)
    expect((await ask('DELETE', `/contacts/${maren.id}/tags/${churnRisk}`)).body).toEqual({ type: 'tag', id: churnRisk, name: 'Churn risk' })
    expect(await found(churnRisk)).toBe(before - 1)
  })

  test('who is tagged already is not changed', async () => {
    const { updated_at } = (await ask('GET', `/contacts/${maren.id}`)).body
    expect((await ask('POST', `/contacts/${maren.id}/tags`, { id: vip })).status).toBe(200)
    expect((await ask('GET', `/contacts/${maren.id}`)).body).toMatchObject({ updated_at, tags: { total_count: 3 } })
  })

  test('must be there, as the tag must', async () => {
    expect(refused(await ask('POST', `/contacts/${nobody}/tags`, { id: vip }))).toBe('404 not_found: User Not Found')
    expect(refused(await ask('POST', `/contacts/${maren.id}/tags`, { id: '123' }))).toBe('404 not_found: Resource Not Found')
    expect(refused(await ask('POST', `/contacts/${maren.id}/tags`, {}))).toMatch(/^400 parameter_not_found: id /)
    expect(refused(await ask('DELETE', `/contacts/${nobody}/tags/${vip}`))).toBe('404 not_found: User Not Found')
    for (const id of ['123', churnRisk]) expect(refused(await ask('DELETE', `/contacts/${maren.id}/tags/${id}`))).toBe('404 not_found: Resource Not Found')
  })

  test('whoever subscribed is told, by role, of what changed only', async () => {
    const heard = await told(room.workspace, ['contact.user.tag.created', 'contact.user.tag.deleted', 'contact.lead.tag.created', 'contact.lead.tag.deleted'])
    await ask('POST', `/contacts/${maren.id}/tags`, { id: churnRisk })
    await ask('POST', `/contacts/${maren.id}/tags`, { id: churnRisk })
    await ask('POST', '/tags', { name: 'Churn risk', users: [{ id: thea }] })
    await ask('POST', '/tags', { name: 'Churn risk', users: [{ id: thea, untag: true }] })
    await ask('DELETE', `/contacts/${maren.id}/tags/${churnRisk}`)
    const notifications = await heard()
    expect(notifications.map(({ topic }) => topic)).toEqual([
      'contact.user.tag.created',
      'contact.lead.tag.created',
      'contact.lead.tag.deleted',
      'contact.user.tag.deleted',
    ])
    expect(notifications[0]!.item).toMatchObject({
      type: 'contact_tag',
      tag: { id: churnRisk, name: 'Churn risk' },
      contact: { id: maren.id, tags: { total_count: 4 } },
    })
  })
})

describe.each([
  ['conversations', conversation, '404 not_found: Conversation not found'],
  ['tickets', ticket, '404 ticket_not_found: Ticket not found'],
])('%s', (path, any, missing) => {
  test('are tagged by an admin and untagged, and tell when and by whom', async () => {
    const id = await any()
    room.clock.seconds += 60
    const applied = { type: 'tag', id: vip, name: 'VIP', applied_at: morning + 60, applied_by: { type: 'admin', id: tobias } }
    expect((await ask('POST', `/${path}/${id}/tags`, { id: vip, admin_id: Number(tobias) })).body).toEqual(applied)
    expect((await ask('GET', `/${path}/${id}`)).body.updated_at).toBe(morning + 60)
    room.clock.seconds += 60
    expect((await ask('POST', `/${path}/${id}/tags`, { id: vip, admin_id: ines })).body).toEqual(applied)
    expect((await ask('GET', `/${path}/${id}`)).body.updated_at).toBe(morning + 60)
    expect((await ask('DELETE', `/${path}/${id}/tags/${vip}`, { admin_id: ines })).body).toEqual(applied)
    expect((await ask('GET', `/${path}/${id}`)).body.updated_at).toBe(morning + 120)
  })

  test('need the tag and the admin to be there', async () => {
    const id = await any()
    expect(refused(await ask('POST', `/${path}/0/tags`, { id: vip, admin_id: ines }))).toBe(missing)
    expect(refused(await ask('DELETE', `/${path}/0/tags/${vip}`, { admin_id: ines }))).toBe(missing)
    expect(refused(await ask('POST', `/${path}/${id}/tags`, { id: '1', admin_id: ines }))).toBe('404 tag_not_found: Tag not found')
    expect(refused(await ask('POST', `/${path}/${id}/tags`, { id: vip, admin_id: '1' }))).toBe('404 admin_not_found: Admin for admin_id not found')
    expect(refused(await ask('POST', `/${path}/${id}/tags`, { id: vip }))).toMatch(/^400 parameter_not_found: admin_id /)
    for (const tag of ['1', vip]) expect(refused(await ask('DELETE', `/${path}/${id}/tags/${tag}`, { admin_id: ines }))).toBe('404 tag_not_found: Tag not found')
  })
})

test('a tagged conversation shows its tags, is found by them, and tells whoever subscribed', async () => {
  const heard = await told(room.workspace, ['conversation_part.tag.created'])
  const id = await conversation()
  for (const _ of [1, 2]) await ask('POST', `/conversations/${id}/tags`, { id: vip, admin_id: ines })
  const { tags } = (await ask('GET', `/conversations/${id}`)).body
  expect(tags).toEqual({ type: 'tag.list', tags: [{ type: 'tag', id: vip, name: 'VIP', applied_at: morning, applied_by: { type: 'admin', id: ines } }] })
  const { body } = await ask('POST', '/conversations/search', { query: { field: 'tag_ids', operator: '=', value: vip } })
  expect(body.conversations.map((one: { id: string }) => one.id)).toContain(id)
  expect(await heard()).toMatchObject([{ item: { type: 'conversation', id, tags } }])
})

describe('a deleted tag', () => {
  test('leaves also very many, and lets others ask meanwhile', async () => {
    const contact = Array.from({ length: 2000 }, (_, index) => ({ id: String(index), role: 'user', tag_ids: ['1', '2'] }))
    const crowded = asking({ seed: { format: 1, base: 'empty', collections: { tag: [{ id: '1', name: 'Boats' }, { id: '2', name: 'Bikes' }], contact } } })
    await crowded.ask('GET', '/tags')
    const answered: string[] = []
    const deletion = crowded.ask('DELETE', '/tags/1').then(({ status }) => answered.push(`deletion ${status}`))
    await crowded.ask('GET', '/tags/2').then(({ body }) => answered.push(body.name))
    await deletion
    expect(answered).toEqual(['Bikes', 'deletion 200'])
    const query = { operator: 'OR', value: ['1', '2'].map((value) => ({ field: 'tag_id', operator: '=', value })) }
    const { body } = await crowded.ask('POST', '/contacts/search', { query, pagination: { per_page: 150 } })
    expect(body.total_count).toBe(contact.length)
    for (const { tags } of body.data) expect(tags.data).toEqual([{ id: '2', type: 'tag', url: '/tags/2' }])
    crowded.workspace.close()
  })

  test('is gone from everything that carried it, and the answer is empty', async () => {
    const id = await conversation()
    await ask('POST', `/conversations/${id}/tags`, { id: vip, admin_id: ines })
    const onTicket = await ticket()
    await ask('POST', `/tickets/${onTicket}/tags`, { id: vip, admin_id: ines })
    await ask('POST', '/tags', { name: 'VIP', companies: [{ id: cedarCove }] })
    const { status, body } = await ask('DELETE', `/tags/${vip}`)
    expect({ status, body }).toEqual({ status: 200, body: undefined })
    expect(await found(vip)).toBe(0)
    expect(await tagged(maren.id)).not.toContain(vip)
    expect((await company()).tags.tags.map(({ name }: { name: string }) => name)).not.toContain('VIP')
    expect((await ask('GET', `/conversations/${id}`)).body.tags.tags).toEqual([])
    expect(refused(await ask('DELETE', `/tickets/${onTicket}/tags/${vip}`, { admin_id: ines }))).toBe('404 tag_not_found: Tag not found')
    expect(refused(await ask('DELETE', `/tags/${vip}`))).toBe('404 not_found: Resource Not Found')
  })

  test('must not be what a segment is built on', async () => {
    expect(refused(await ask('DELETE', `/tags/${churnRisk}`))).toBe(
      '400 tag_has_dependent_objects: Unable to delete Tag with dependent objects. Segments: Slipping away.',
    )
    expect((await ask('GET', `/tags/${churnRisk}`)).status).toBe(200)
  })
})
