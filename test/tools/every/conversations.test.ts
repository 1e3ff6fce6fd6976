import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['conversations'], ({ answered, one, many }) => {
  test('a conversation from its first word to its ticket', async () => {
    const { id: admin_id } = await one('admin', 'identify_admin')
    const { id: person } = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
    const [, other] = await many('contacts', 'list_contacts', { per_page: 2 })
    const begun = await one('message', 'create_conversation', { from: { type: 'user', id: person }, body: 'Two kayaks <leak>' })
    const id = begun.conversation_id
    const admin = { id, type: 'admin', admin_id }

    expect(await one('conversation', 'get_conversation', { id })).toMatchObject({ state: 'open', source: { by: 'customer', author: 'Maren Okafor', body: 'Two kayaks <leak>' } })
    const assigned = await one('conversation', 'manage_conversation', { ...admin, message_type: 'assignment', assignee_id: admin_id })
    expect(assigned).toMatchObject({ admin_assignee_id: Number(admin_id), conversation_parts: [{ by: 'system', events: expect.stringMatching(/assigned to \w+/) as unknown }] })
    const noted = await one('conversation', 'reply_conversation', { ...admin, message_type: 'note', body: '<p>Seals <b>again</b></p>' })
    const [, note] = noted.conversation_parts as { id: string }[]
    expect(note).toMatchObject({ by: 'teammate', internal_note: true, body: 'Seals **again**' })
    expect(await one('conversation', 'redact_conversation', { type: 'conversation_part', conversation_id: id, conversation_part_id: note!.id })).toMatchObject({
      conversation_parts: [{}, { body: '_This message was deleted_', redacted: true }],
    })
    const attributes = { Topic: 'Bookings', 'Guests affected': 4 }
    expect(await one('conversation', 'update_conversation', { id, title: 'Leaks', read: true, custom_attributes: attributes })).toMatchObject({ title: 'Leaks', custom_attributes: attributes })

    await answered('attach_contact_to_conversation', { id, admin_id, customer: { intercom_user_id: other!.id } })
    const left = await one('result', 'detach_contact_from_conversation', { conversation_id: id, contact_id: person, admin_id })
    expect(left.customers).toEqual([expect.objectContaining({ id: other!.id })])

    const found = await many('conversations', 'search_conversations', { query: { operator: 'AND', value: [{ field: 'id', operator: '=', value: id }, { field: 'source.body', operator: '~', value: 'kayaks' }] } })
    expect(found.map((conversation) => conversation.id)).toEqual([id])
    expect(found[0]).not.toHaveProperty('statistics')
    expect((await many('conversations', 'list_conversations', { per_page: 1 }))[0]).toMatchObject({ id })
    expect(await one('ticket', 'convert_conversation_to_ticket', { id, ticket_type_id: '1' })).toMatchObject({ id, category: 'Customer' })
    await answered('delete_conversation', { id })
  })

  test('of a talk too long to show, the newest words are shown, and those before them when asked for', async () => {
    const [found] = await many('conversations', 'search_conversations', { query: { field: 'statistics.count_conversation_parts', operator: '>', value: 500 } })
    const seen: string[] = []
    let parts_before: string | undefined
    do {
      const { conversation, note } = (await answered('get_conversation', { id: found!.id, parts_before })) as unknown as Long
      const parts = conversation.conversation_parts
      const [, from, to] = /^Parts (\d+)–(\d+) of 505 are shown\. Intercom gives only the newest 500; the 5 before them cannot be read\./.exec(note)!
      expect(Number(to) - Number(from) + 1).toBe(parts.length)
      seen.unshift(...parts.map(({ id }) => id))
      parts_before = /Before: get_conversation (\{.*?\})/.exec(note)?.[1]
      if (parts_before) ({ parts_before } = JSON.parse(parts_before) as { parts_before: string })
      expect(parts_before ?? parts[0]!.id).toBe(parts[0]!.id)
    } while (parts_before)
    expect(new Set(seen).size).toBe(500)
    expect(seen).toEqual(seen.toSorted((a, b) => Number(a) - Number(b)))
  })
})

interface Long {
  readonly conversation: { readonly conversation_parts: readonly { readonly id: string }[] }
  readonly note: string
}
