import type { Collection } from './store.ts'

/** A named group of people or companies. Who falls under it is kept with them: rules are not evaluated here. */
export interface SegmentDocument {
  /** 24 hexadecimal characters. */
  readonly id: string
  readonly name: string
  readonly person_type: 'contact' | 'user'
  readonly created_at: number
  readonly updated_at: number
  /** What its rule speaks of: a tag or attribute that is here cannot go. */
  readonly tag_ids: readonly string[]
  readonly attribute_ids: readonly number[]
}

export const segments: Collection<SegmentDocument> = {
  table: 'segment',
  columns: { name: 'TEXT', updated_at: 'INTEGER', tag_ids: 'TEXT', attribute_ids: 'TEXT' },
  facts: ({ name, updated_at, tag_ids, attribute_ids }) => ({
    name,
    updated_at,
    tag_ids: JSON.stringify(tag_ids),
    attribute_ids: JSON.stringify(attribute_ids),
  }),
  blank: { person_type: 'user' },
}

export const presentSegment = ({ id, name, created_at, updated_at, person_type }: SegmentDocument) => ({
  type: 'segment',
  id,
  name,
  created_at,
  updated_at,
  person_type,
})
