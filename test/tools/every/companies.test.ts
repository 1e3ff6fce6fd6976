import { expect, test } from 'vitest'
import { everyTool } from './session.ts'

everyTool(['companies'], ({ answered, one, many }) => {
  test('a company, from the first to the last of it', async () => {
    const made = await one('company', 'upsert_company', { company_id: 'every-1', name: 'Every & Sons', plan: 'Crew', monthly_spend: 119.9, custom_attributes: { fleet_size: 7 } })
    expect(made).toMatchObject({ company_id: 'every-1', name: 'Every & Sons', monthly_spend: 119, plan: { name: 'Crew' }, custom_attributes: { fleet_size: 7 } })
    const { id } = made
    expect(await one('company', 'update_company', { id, size: 12, industry: 'Ferries' })).toMatchObject({ size: 12, industry: 'Ferries', name: 'Every & Sons' })
    expect(await one('company', 'get_company', { id })).toMatchObject({ company_id: 'every-1', size: 12 })

    const { id: contact_id } = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1042' })
    expect(await one('company', 'attach_contact_to_company', { contact_id, id })).toMatchObject({ user_count: 1 })
    expect(await many('contacts', 'list_company_contacts', { id })).toMatchObject([{ id: contact_id, name: 'Maren Okafor' }])
    expect(await one('company', 'detach_contact_from_company', { contact_id, id })).not.toHaveProperty('user_count.1')
    expect(await answered('delete_company', { id })).toMatchObject({ result: { id, deleted: true } })
  })

  test('find_companies answers the one, or a list', async () => {
    expect(await one('company', 'find_companies', { name: 'Cedar Cove Kayaks' })).toMatchObject({ company_id: 'co_201', tags: [{ name: 'VIP' }, { name: 'Annual plan' }] })
    expect(await one('company', 'find_companies', { company_id: 'co_209' })).toMatchObject({ name: 'Tarn & Tumble Canyoning' })
    expect(await answered('find_companies', { tag_id: '8020010', per_page: 1 })).toMatchObject({ total: 2, companies: [{ company_id: 'co_203' }], next_page: 2 })
    expect(await answered('find_companies', { tag_id: '1' })).toMatchObject({ total: 0, companies: [] })
  })

  test('companies are listed, scrolled through, and tell their segments', async () => {
    const listed = await answered('list_companies', { per_page: 3 })
    expect(listed).toMatchObject({ total: 8, next_page: 2 })
    const [{ id }] = listed.companies as [{ id: string }]
    expect(await many('segments', 'list_company_segments', { id })).toMatchObject([{ name: 'Big fleets' }])
    const page = await answered('scroll_companies')
    expect(page.companies).toHaveLength(8)
    const end = await answered('scroll_companies', { scroll_param: page.next_scroll_param })
    expect(end.companies).toEqual([])
    expect(end).not.toHaveProperty('next_scroll_param')
  })

  test('a page of a scroll that is too long names everybody on it', async () => {
    const { id: contact_id } = await one('contact', 'get_contact_by_external_id', { external_id: 'usr_1057' })
    for (let number = 0; number < 92; number++) {
      const { id } = await one('company', 'upsert_company', { company_id: `many-${number}`, name: `Company ${number}`, website: `https://${'w'.repeat(150)}.example` })
      await answered('attach_contact_to_company', { contact_id, id })
    }
    const page = await answered('scroll_companies')
    expect(page.companies).toHaveLength(100)
    expect((page.companies as object[]).at(-1)).toEqual({ id: expect.any(String) as string, company_id: 'many-91', name: 'Company 91' })
    expect(page).toMatchObject({ note: expect.stringMatching(/only named/) as string, next_scroll_param: expect.any(String) as string })
  })
})
