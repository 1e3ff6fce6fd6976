import { presentContact } from './contact-answer.ts'
import { type ContactDocument, contacts } from './contact-document.ts'
import { companies, type CompanyDocument } from './company-document.ts'
import type { Call } from './handler.ts'
import type { Collection } from './store.ts'
import { presentTag, type TagDocument } from './tag.ts'

/** What carries tags by their ids alone. */
interface Holder {
  readonly id: string
  readonly tag_ids: readonly string[]
  readonly updated_at: number
}

const give = <D extends Holder>(to: Collection<D>, holder: D, { id }: TagDocument, { store, now }: Call): D =>
  store.put(to, { ...holder, tag_ids: [...holder.tag_ids, id], updated_at: now })

const without = <D extends Holder>(holder: D, { id }: TagDocument, { now }: Call): D =>
  ({ ...holder, tag_ids: holder.tag_ids.filter((tagId) => tagId !== id), updated_at: now })

const take = <D extends Holder>(from: Collection<D>, holder: D, tag: TagDocument, call: Call): D => call.store.put(from, without(holder, tag, call))

const takeFromAll = <D extends Holder>(from: Collection<D>, tag: TagDocument, call: Call): void => {
  call.store.revise(from, call.store.holding(from, 'tag_id', tag.id), (holder) => without(holder, tag, call))
}

const tell = (what: 'created' | 'deleted', contact: ContactDocument, tag: TagDocument, call: Call): void =>
  call.notify(`contact.${contact.role}.tag.${what}`, () => ({
    type: 'contact_tag',
    created_at: call.now,
    tag: presentTag(tag),
    contact: presentContact(contact, call),
  }))

/** Nothing happens to who has it already. */
export const tagContact = (contact: ContactDocument, tag: TagDocument, call: Call): void => {
  if (!contact.tag_ids.includes(tag.id)) tell('created', give(contacts, contact, tag, call), tag, call)
}

/** Nothing happens to who does not have it. */
export const untagContact = (contact: ContactDocument, tag: TagDocument, call: Call): void => {
  if (contact.tag_ids.includes(tag.id)) tell('deleted', take(contacts, contact, tag, call), tag, call)
}

export const tagCompany = (company: CompanyDocument, tag: TagDocument, call: Call): void => {
  if (!company.tag_ids.includes(tag.id)) give(companies, company, tag, call)
}

export const untagCompany = (company: CompanyDocument, tag: TagDocument, call: Call): void => {
  if (company.tag_ids.includes(tag.id)) take(companies, company, tag, call)
}

/** Takes a tag from every contact and company. [inferred] Nobody is told of each. */
export const takeFromHolders = (tag: TagDocument, call: Call): void => {
  takeFromAll(contacts, tag, call)
  takeFromAll(companies, tag, call)
}
