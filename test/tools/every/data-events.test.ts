import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['data-events', 'data-export'], ({ answered, one, many }) => {
  test('what somebody did', async () => {
    const person = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
    const event = { event_name: 'tied-knot', created_at: Math.floor(Date.now() / 1000), metadata: { knot: 'bowline' } }
    await answered('create_data_event', { ...event, id: person.id })
    await answered('create_data_event_summary', { user_id: 'usr_1042', event_summaries: { event_name: 'tied-knot', count: 3 } })
    const { events, next_before } = await answered('list_data_events', { type: 'user', intercom_user_id: person.id, per_page: 40 })
    expect((events as object[])[0]).toEqual({ event_name: 'tied-knot', created_at: expect.stringMatching(/Z$/) as string, metadata: { knot: 'bowline' } })
    const rest = await many('events', 'list_data_events', { type: 'user', intercom_user_id: person.id, per_page: 40, before: next_before })
    expect(rest.length).toBeGreaterThan(10)
    const counts = await many('events', 'list_data_events', { type: 'user', user_id: 'usr_1042', summary: true })
    expect(counts.find(({ name }) => name === 'tied-knot')).toMatchObject({ count: 4 })
  })

  test('what was sent', async () => {
    const { job_identifier, status } = await one('data_export', 'create_data_export', { created_at_after: 0, created_at_before: 1 })
    expect(status).toBe('pending')
    expect(await one('data_export', 'cancel_data_export', { job_identifier })).toMatchObject({ status: 'canceled' })
    const ready = { job_identifier: 'k7q2m9x4w0f3v8pt' }
    const found = await one('data_export', 'get_data_export', ready)
    expect(found).toEqual({ ...ready, status: 'completed', download_expires_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string })
    const file = await one('file', 'download_data_export', ready)
    expect(file).toMatchObject({ filename: 'k7q2m9x4w0f3v8pt.tar.gz', size: expect.any(Number) as number })
    const receipts = (file.files as { name: string; rows: number; csv: string }[]).find(({ name }) => name.startsWith('receipts_'))!
    expect(receipts.rows).toBeGreaterThan(9)
    expect(receipts.csv).toContain('The spring webinar for outfitters')
  })
})
