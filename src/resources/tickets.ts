import type { Query } from '../contract/search.ts'
import { searchTickets } from '../contract/tickets.ts'
import { type Completer, page } from './complete.ts'

/** Ids of tickets whose id or title fits what was typed; the latest when nothing was. */
export const ids: Completer = async (typed, client, signal) => {
  const query: Query = typed
    ? { operator: 'OR', value: [{ field: 'id', operator: '^', value: typed }, { field: 'title', operator: '~', value: typed }] }
    : { field: 'created_at', operator: '>', value: 0 }
  const { tickets } = await client.call(searchTickets, { query, pagination: { per_page: page } }, { signal })
  return tickets.map(({ id }) => id)
}
