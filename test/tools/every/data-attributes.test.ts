import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['data-attributes', 'custom-object-instances'], ({ answered, one, many }) => {
  test('an attribute of one\'s own, and its value', async () => {
    const options = [{ value: 'bronze' }, { value: 'silver' }]
    const { id } = await one('attribute', 'create_data_attribute', { name: 'Loyalty', model: 'contact', data_type: 'string', options })
    const changed = await one('attribute', 'update_data_attribute', { id, options: [...options, { value: 'gold' }], description: 'How long they have been with us.' })
    expect(changed).toMatchObject({ full_name: 'custom_attributes.Loyalty', options: ['bronze', 'silver', 'gold'] })
    expect(await many('attributes', 'list_data_attributes', { model: 'contact' })).toContainEqual(changed)
    const { id: person } = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
    expect(await one('contact', 'update_contact', { id: person, custom_attributes: { Loyalty: 'gold' } })).toMatchObject({ custom_attributes: { Loyalty: 'gold' } })
  })

  test('a custom object, and who refers to it', async () => {
    const type = { custom_object_type_identifier: 'Booking' }
    const booking = await one('instance', 'upsert_custom_object_instance', { ...type, external_id: 'every-1', external_created_at: 1_792_000_000, custom_attributes: { tour: 'Night paddle', guests: 2, paid: false } })
    expect(booking).toMatchObject({ external_id: 'every-1', custom_attributes: { tour: 'Night paddle', guests: 2, paid: false } })
    expect(await one('instance', 'get_custom_object_instance', { ...type, id: booking.id })).toEqual(booking)
    expect(await one('instance', 'get_custom_object_instance_by_external_id', { ...type, external_id: 'every-1' })).toEqual(booking)
    const { id } = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1057' })
    const { custom_attributes } = await one('contact', 'update_contact', { id, custom_attributes: { Booking: [booking.id] } })
    const { external_created_at, custom_attributes: details } = booking
    expect(external_created_at).toBe('2026-10-14T17:46Z')
    expect(custom_attributes).toMatchObject({ Booking: [{ id: booking.id, type: 'Booking', external_id: 'every-1', external_created_at, custom_attributes: details }] })
    await answered('delete_custom_object_instance_by_external_id', { ...type, external_id: 'every-1' })
    const other = await one('instance', 'upsert_custom_object_instance', { ...type, external_id: 'every-2' })
    await answered('delete_custom_object_instance', { ...type, id: other.id })
  })
})
