import { presentBriefly, teammate } from './admins.ts'
import { contacts } from './contact-document.ts'
import { known } from './contact-lifecycle.ts'
import { type Handlers, Rejection } from './handler.ts'
import { written } from './html.ts'
import { about, addNote, type NoteDocument, notes } from './note.ts'
import { pageFrom } from './page.ts'
import type { Store } from './store.ts'

const presentNote = ({ id, created_at, contact_id, author_id, body }: NoteDocument, store: Store) => {
  const author = author_id === null ? undefined : teammate(store, author_id)
  return { type: 'note', id, created_at, contact: { type: 'contact', id: contact_id }, author: author ? presentBriefly(author) : null, body }
}

const notFound = (): Rejection => new Rejection(404, 'not_found', 'Resource Not Found')

export const handlers: Handlers<'notes'> = {
  list_contact_notes: ({ contact_id, ...request }, call) => {
    const { id } = known(call, contact_id)
    const { items, total, pages } = pageFrom(notes, about(id), request, { path: `/contacts/${id}/notes`, perPage: 50, last: 'null' }, call)
    return { type: 'list', data: items.map((note) => presentNote(note, call.store)), total_count: total, pages }
  },

  // [inferred] a note is a change of the contact
  create_note: ({ contact_id, body, admin_id }, call) => {
    const { store, now } = call
    const contact = known(call, contact_id)
    if (admin_id !== undefined && !teammate(store, admin_id)) throw notFound()
    const html = body.trim() && written(body)
    if (!html) throw new Rejection(400, 'parameter_invalid', 'Body is required', 'body')
    store.put(contacts, { ...contact, updated_at: now })
    return presentNote(addNote(store, { contact_id: contact.id, author_id: admin_id ?? null, body: html, created_at: now }), store)
  },

  // [inferred] also of a contact who is out of sight
  get_note: ({ id }, { store }) => {
    const note = store.get(notes, id)
    if (!note) throw notFound()
    return presentNote(note, store)
  },
}
