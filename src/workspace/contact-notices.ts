import { presentContact, presentReference } from './contact-answer.ts'
import type { ContactDocument } from './contact-document.ts'
import type { Call } from './handler.ts'
import type { Topic } from './topics.ts'

const tell = (topic: Topic, contact: ContactDocument, call: Call): ContactDocument => {
  call.notify(topic, () => presentContact(contact, call))
  return contact
}

export const tellCreated = (contact: ContactDocument, call: Call): ContactDocument => tell(`contact.${contact.role}.created`, contact, call)

/** [inferred] Blocking tells what archiving tells. */
export const tellArchived = (contact: ContactDocument, call: Call): ContactDocument => tell('contact.archived', contact, call)

export const tellUnarchived = (contact: ContactDocument, call: Call): ContactDocument => tell('contact.unarchive', contact, call)

/** The one who is left, and who they were. */
export const tellMerged = (contact: ContactDocument, from: string, call: Call): ContactDocument => {
  call.notify('contact.merged', () => ({ ...presentContact(contact, call), merged_from: { type: 'contact', id: from } }))
  return contact
}

export const tellDeleted = (contact: ContactDocument, call: Call): ContactDocument => {
  call.notify('contact.deleted', () => ({ ...presentReference(contact), deleted: true }))
  return contact
}

type Happened = (before: ContactDocument, after: ContactDocument) => boolean

const firstEmail: Happened = (before, after) => before.role === 'lead' && !before.email && Boolean(after.email)

/** [inferred] What a change tells, beside that there was one: a lead's first email is not also a change of it. */
const changes: readonly (readonly [Topic, Happened])[] = [
  ['contact.lead.signed_up', (before, after) => before.role === 'lead' && after.role === 'user'],
  ['contact.lead.added_email', firstEmail],
  ['contact.email.updated', (before, after) => (before.email || null) !== (after.email || null) && !firstEmail(before, after)],
]

export const tellUpdated = (before: ContactDocument, after: ContactDocument, call: Call): ContactDocument => {
  for (const [topic, happened] of changes) if (happened(before, after)) tell(topic, after, call)
  return tell(`contact.${after.role}.updated`, after, call)
}
