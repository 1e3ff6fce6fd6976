import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['tags', 'subscription-types'], ({ answered, one, many }) => {
  test('a tag, from the first to the last of it', async () => {
    const { id } = await one('tag', 'create_tag', { name: 'Regatta', companies: [{ company_id: 'co_201' }] })
    expect(await one('tag', 'create_tag', { id, name: 'Autumn regatta' })).toMatchObject({ id, name: 'Autumn regatta' })
    expect(await one('tag', 'get_tag', { id })).toMatchObject({ name: 'Autumn regatta' })
    expect(await many('tags', 'list_tags')).toContainEqual({ id, name: 'Autumn regatta' })
    const person = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
    const admin = await one('admin', 'identify_admin')
    expect(await one('tag', 'tag_contact', { contact_id: person.id, id })).toMatchObject({ id, name: 'Autumn regatta' })
    expect(await one('tag', 'untag_contact', { contact_id: person.id, id })).toMatchObject({ id })

    const [conversation] = await many('conversations', 'search_conversations', { query: { field: 'created_at', operator: '>', value: 0 } })
    const thread = { conversation_id: conversation!.id, id, admin_id: admin.id }
    expect(await one('tag', 'tag_conversation', thread)).toMatchObject({ id, applied_by: { type: 'admin', id: admin.id } })
    expect(await one('conversation', 'get_conversation', { id: conversation!.id })).toMatchObject({ tags: expect.arrayContaining([{ id, name: 'Autumn regatta' }]) as unknown })
    await one('tag', 'untag_conversation', thread)

    const [ticket] = await many('tickets', 'search_tickets', { query: { field: 'created_at', operator: '>', value: 0 } })
    expect(await one('tag', 'tag_ticket', { ticket_id: ticket!.id, id, admin_id: admin.id })).toMatchObject({ id })
    await one('tag', 'untag_ticket', { ticket_id: ticket!.id, id, admin_id: admin.id })
    expect(await answered('delete_tag', { id })).toMatchObject({ result: { done: true } })
  })

  test('what somebody wants to hear of', async () => {
    const person = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1057' })
    const tips = (await many('subscription_types', 'list_subscription_types')).find(({ consent_type }) => consent_type === 'opt_in')!
    expect(tips.default_translation).toMatchObject({ name: 'Season tips' })
    const choice = { contact_id: person.id, id: tips.id }
    expect(await one('subscription_type', 'attach_subscription_to_contact', { ...choice, consent_type: 'opt_in' })).toMatchObject({ id: tips.id })
    expect(await one('contact', 'get_contact', { id: person.id })).toMatchObject({ opted_in_subscription_types: [{ id: tips.id, name: 'Season tips' }] })
    await one('subscription_type', 'detach_subscription_from_contact', choice)
  })
})
