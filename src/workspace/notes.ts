import type { Handlers } from './handler.ts'
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
  indexed: ['contact_id'],
}

/** The notes of a contact, newest first. */
export const notesOf = (store: Store, contactId: string): NoteDocument[] =>
  store.find(notes, { where: sql`contact_id = ${contactId}`, order: sql`created_at DESC, seq DESC` })

/** Gives every note of one contact to another. */
export const moveNotes = (store: Store, from: string, to: string): void => {
  for (const note of notesOf(store, from)) store.put(notes, { ...note, contact_id: to })
}

export const handlers: Handlers<'notes'> = {}
