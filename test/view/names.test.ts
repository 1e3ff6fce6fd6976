import { expect, test } from 'vitest'
import { getContact } from '../../src/contract/contacts.ts'
import { getTag } from '../../src/contract/tags.ts'
import type { Names } from '../../src/view/names.ts'
import { view } from '../../src/view/view.ts'

const names: Names = (sort, id) => `${sort} ${String(id)}`

test('names stand beside the ids of what is mentioned', async () => {
  const { structured } = await view('contacts', getContact, { type: 'contact', id: '1', owner_id: 2, companies: { type: 'list', data: [{ type: 'company', id: '3', url: '/companies/3' }], total_count: 1 } }, { nonce: 'x', names })
  expect(structured).toMatchObject({ contact: { owner_id: 2, owner: 'admin 2', companies: [{ id: '3', name: 'company 3' }] }, untrusted: ['contact'] })
})

test('no name that a customer chose stands in what only teammates write, since that is not marked', async () => {
  const shown = async (type: string) => JSON.stringify((await view('tags', getTag, { type: 'tag', id: '1', name: 'VIP', applied_by: { type, id: '7' } }, { nonce: 'x', names })).structured)
  expect(await shown('contact')).not.toContain('contact 7')
  expect(await shown('admin')).toContain('admin 7')
})
