import { type Collection, sql, type Store } from './store.ts'

/** What teammates wrote down about a contact. */
export interface NoteDocument {
  readonly id: string
  readonly contact_id: string
  /** An admin's id. */
  readonly author_id: string | null
  /** HTML. */
  readonly body: string
  readonly created_at: number
}

export const notes: Collection<NoteDocument> = {
  table: 'note',
  columns: { contact_id: 'TEXT', created_at: 'INTEGER' },
  facts: ({ contact_id, created_at }) => ({ contact_id, created_at }),
  blank: { author_id: null },
  indexed: ['contact_id'],
}

/** Ids go on from those of the years before the workspace was laid. */
const firstId = 17_490_001

/** Puts a note on record, under the next id. */
export const addNote = (store: Store, note: Omit<NoteDocument, 'id'>): NoteDocument =>
  store.put(notes, { id: String(firstId - 1 + store.next('note')), ...note })

/** Whose notes, newest first. */
export const about = (contactId: string) => ({ where: sql`contact_id = ${contactId}`, order: sql`created_at DESC, seq DESC` })

/** Gives every note of one contact to another. */
export const moveNotes = (store: Store, from: string, to: string): void => {
  for (const note of store.find(notes, about(from))) store.put(notes, { ...note, contact_id: to })
}
