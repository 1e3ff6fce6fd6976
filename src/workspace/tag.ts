import { Rejection } from './handler.ts'
import { type Collection, sql, type Store } from './store.ts'

export interface TagDocument {
  readonly id: string
  readonly name: string
}

/** A tag on a conversation or a ticket. */
export interface AppliedTag {
  readonly id: string
  readonly applied_at: number
  readonly applied_by: { readonly type: 'admin'; readonly id: string }
}

/** Names are unique without regard to case, so a tag is found by sql`name = ${name}`. */
export const tags: Collection<TagDocument> = {
  table: 'tag',
  columns: { name: 'TEXT' },
  facts: ({ name }) => ({ name }),
  indexed: ['name'],
}

export const presentTag = ({ id, name }: TagDocument) => ({ type: 'tag', id, name })

/** The tag of that name, in capitals or not. */
export const tagNamed = (store: Store, name: string): TagDocument | undefined => store.find(tags, { where: sql`name = ${name}`, limit: 1 })[0]

/** The tag of that id, or a 404. */
export const tagById = (store: Store, id: string): TagDocument => {
  const tag = store.get(tags, id)
  if (!tag) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return tag
}
