import type { Handlers } from './handler.ts'
import type { Collection } from './store.ts'

/** A named group of people. Who falls under it is kept with the people: rules are not evaluated here. */
export interface SegmentDocument {
  /** 24 hexadecimal characters. */
  readonly id: string
  readonly name: string
  readonly person_type: 'contact' | 'user'
  readonly created_at: number
  readonly updated_at: number
}

export const segments: Collection<SegmentDocument> = {
  table: 'segment',
  columns: { name: 'TEXT', updated_at: 'INTEGER' },
  facts: ({ name, updated_at }) => ({ name, updated_at }),
}

export const presentSegment = ({ id, name, created_at, updated_at, person_type }: SegmentDocument) => ({
  type: 'segment',
  id,
  name,
  created_at,
  updated_at,
  person_type,
})

export const handlers: Handlers<'segments'> = {}
