import { expect, test } from 'vitest'
import { uuid } from '../../../src/workspace/uuid.ts'
import { everyTool } from './session.ts'

everyTool(['visitors', 'messages', 'phone-call-redirects'], ({ one }) => {
  test('a visitor becomes a lead, who is written to and called back', async () => {
    const user_id = uuid('visitor 2')
    const visitor = await one('visitor', 'get_visitor', { user_id })
    expect(visitor).toMatchObject({ pseudonym: 'Amber Paddle', location_data: { city_name: 'Cork' } })
    expect(visitor.location_data).not.toHaveProperty('type')
    expect(await one('visitor', 'update_visitor', { user_id, name: 'Siobhán' })).toMatchObject({ name: 'Siobhán' })
    const { id } = await one('contact', 'convert_visitor', { type: 'lead', visitor: { user_id }, user: { email: 'siobhan@example.test' } })
    const admin = await one('admin', 'identify_admin')
    const message = { message_type: 'email', subject: 'Paddling from Cork', body: '<p>We open in <b>March</b>.</p>', from: { type: 'admin', id: admin.id }, to: { type: 'lead', id } }
    expect(await one('message', 'create_message', { ...message, create_conversation_without_contact_reply: true })).toMatchObject({
      message_type: 'email',
      body: 'We open in **March**.',
      conversation_id: expect.stringMatching(/^\d+$/) as string,
    })
    expect(await one('phone_call_redirect', 'create_phone_call_redirect', { phone: '+353 83 234 5678' })).toMatchObject({ phone: '+353832345678' })
  })
})
