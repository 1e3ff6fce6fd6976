import type { Stored } from './contents.ts'
import { SeedProblem } from './seed-shape.ts'
import type { Collection, Store } from './store.ts'

/** A document of a seed, and where it stands there. */
export interface Placed {
  readonly document: Stored
  readonly table: string
  readonly path: string
}

/**
 * Throws a {@link SeedProblem} where a document names another that is not there: `contact_id`, `tag_ids` and the like, each called
 * after a collection. An id called after the document's own collection is one in another numbering, such as your own.
 */
export const checkReferences = (store: Store, collections: ReadonlyMap<string, Collection<never>>, documents: readonly Placed[]): void => {
  for (const { document, table, path } of documents)
    for (const [field, value] of Object.entries(document)) {
      const to = /^(\w+?)_ids?$/.exec(field)?.[1] ?? ''
      const named = to === table ? undefined : collections.get(to)
      const missing = named && [value].flat().find((id) => isId(id) && !store.get(named, id))
      if (missing !== undefined) throw new SeedProblem(`${path}.${field}`, `there is no ${to} with the id ${JSON.stringify(missing)}`)
    }
}

const isId = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
