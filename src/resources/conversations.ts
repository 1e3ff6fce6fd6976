import { searchConversations } from '../contract/conversations.ts'
import type { Query } from '../contract/search.ts'
import { type Completer, page } from './complete.ts'

/** Ids of conversations whose id, first message or its author fits what was typed; the latest when nothing was. */
export const ids: Completer = async (typed, client, signal) => {
  const query: Query = typed
    ? { operator: 'OR', value: [{ field: 'id', operator: '^', value: typed }, ...among.map((field): Query => ({ field, operator: '~', value: typed }))] }
    : { field: 'created_at', operator: '>', value: 0 }
  const { conversations } = await client.call(searchConversations, { query, pagination: { per_page: page } }, { signal })
  return conversations.map(({ id }) => id)
}

const among = ['source.body', 'source.subject', 'source.author.name', 'source.author.email'] as const
