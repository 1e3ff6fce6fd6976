import { itemsIn } from '../../contract/paging.ts'
import type { Operation } from '../../contract/operation.ts'
import type { Query } from '../../contract/search.ts'
import type { CallContext } from '../call.ts'
import { withinLimits } from './filter-tree.ts'
import { helped } from './help.ts'

export type Document = Record<string, unknown>

/** One of the search operations. */
export interface Search {
  readonly operation: Operation
  /** The key of its answer under which the items stand. */
  readonly items: string
  /** A query in a form that Intercom takes. */
  readonly fit: (query: Query) => Query
}

export const searchOf = (operation: Operation): Search => ({ operation, items: operation.paging!.items, fit: (query) => withinLimits(query, operation.search!) }) // searches have both

export interface Request {
  readonly query: Query
  readonly pagination: { readonly per_page: number; readonly starting_after?: string | undefined }
  readonly sort?: { readonly field: string; readonly order?: 'ascending' | 'descending' | undefined } | undefined
}

/** An answer of Intercom's, and what is needed of it here. */
export interface Page {
  readonly answer: Document
  readonly items: readonly Document[]
  readonly total: number | undefined
  readonly next: string | undefined
}

/** What is to be shown, and what to tell of it. */
export interface Answered {
  readonly output: Document
  readonly note?: string
}

/** Throws the client's Failure; of a refused search, BadArguments that says what there is to search by. */
export const askFor = async ({ operation, fit }: Search, request: Request, { client, signal }: CallContext): Promise<Page> => {
  const sent = { ...request, query: fit(request.query) }
  const answer = (await helped(operation, sent, client.call(operation, sent, { signal }))) as Document // every search answers an object
  const { next } = (answer.pages ?? {}) as { next?: { starting_after?: string } | null }
  return {
    answer,
    items: (itemsIn(answer, operation.paging!) ?? []) as Document[], // as the operation's output says
    total: typeof answer.total_count === 'number' ? answer.total_count : undefined,
    next: next?.starting_after,
  }
}

/** All there is: everything was created some time. */
export const everything: Query = { field: 'created_at', operator: '>', value: 0 }
