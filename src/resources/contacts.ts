import { listContacts, searchContacts } from '../contract/contacts.ts'
import type { Query } from '../contract/search.ts'
import { type Completer, page } from './complete.ts'

const paged = { pagination: { per_page: page } }

/** Ids of contacts whose id, name or email fits what was typed. */
export const ids: Completer = async (typed, client, signal) => {
  const found = typed ? client.call(searchContacts, { query: any(typed, 'id', 'name', 'email'), ...paged }, { signal }) : client.call(listContacts, { per_page: page }, { signal })
  return (await found).data.map(({ id }) => id)
}

/** External ids of users that start with what was typed, or whose name or email contains it. */
export const externalIds: Completer = async (typed, client, signal) => {
  const query: Query = { operator: 'AND', value: [{ field: 'role', operator: '=', value: 'user' }, typed ? any(typed, 'external_id', 'name', 'email') : present] }
  const { data } = await client.call(searchContacts, { query, ...paged }, { signal })
  return data.flatMap(({ external_id }) => external_id ?? [])
}

/** What names a person best, email or external id, of those whose external id starts with what was typed, or whose name or email contains it. */
export const addresses: Completer = async (typed, client, signal) => {
  const found = typed ? client.call(searchContacts, { query: any(typed, 'external_id', 'name', 'email'), ...paged }, { signal }) : client.call(listContacts, { per_page: page }, { signal })
  return [...new Set((await found).data.map(({ email, external_id, id }) => email || external_id || id))]
}

const present: Query = { field: 'external_id', operator: '!=', value: null }

const any = (typed: string, prefix: string, ...names: string[]): Query & { operator: 'OR' } => ({
  operator: 'OR',
  value: [{ field: prefix, operator: '^', value: typed }, ...names.map((field): Query => ({ field, operator: '~', value: typed }))],
})
