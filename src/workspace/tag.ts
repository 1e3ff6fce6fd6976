import type { Collection } from './store.ts'

export interface TagDocument {
  readonly id: string
  readonly name: string
}

/** Names are unique without regard to case, so a tag is found by sql`name = ${name}`. */
export const tags: Collection<TagDocument> = {
  table: 'tag',
  columns: { name: 'TEXT' },
  facts: ({ name }) => ({ name }),
  indexed: ['name'],
}

export const presentTag = ({ id, name }: TagDocument) => ({ type: 'tag', id, name })
