import type * as z from 'zod'
import type { createTag } from '../contract/tags.ts'
import { companyById, type CompanyDocument, companyNotFound, companyOfId } from './company-document.ts'
import { type ContactDocument, findContact } from './contact-document.ts'
import { type Call, Rejection } from './handler.ts'
import { tagById, type TagDocument, tagNamed, tags } from './tag.ts'
import { tagCompany, tagContact, untagCompany, untagContact } from './tag-holders.ts'

type Wanted = z.output<(typeof createTag)['input']>
type NamedCompany = NonNullable<Wanted['companies']>[number]
type NamedUser = NonNullable<Wanted['users']>[number]

export const invalidTag = (): Rejection => new Rejection(400, 'parameter_invalid', 'invalid tag parameters')

/** What POST /tags does, told by what is in its body: makes or renames a tag, or puts one on companies or users and takes it off. */
export const requested = ({ id, name: given, companies = [], users = [] }: Wanted, call: Call): TagDocument => {
  const name = given.trim() // [inferred]
  // [inferred] a body is one of the four that are published, so not for companies and users at once
  if (name === '' || (companies.length > 0 && users.length > 0)) throw invalidTag()
  const takenOff = [...companies, ...users].map(({ untag = false }) => untag)
  const tag = id === undefined ? byName(name, takenOff.includes(false) || takenOff.length === 0, call) : renamed(tagById(call.store, id), name, call)
  for (const company of companies) (company.untag ? untagCompany : tagCompany)(companyOf(company, call), tag, call)
  for (const user of users) (user.untag ? untagContact : tagContact)(contactOf(user, call), tag, call)
  return tag
}

/** The tag of that name, new unless it is only to be taken off. */
const byName = (name: string, create: boolean, { store }: Call): TagDocument => {
  const found = tagNamed(store, name)
  if (found) return found
  if (!create) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return store.put(tags, { id: String(store.next('tag')), name })
}

/** [inferred] A name that another tag has is refused. */
const renamed = (tag: TagDocument, name: string, { store }: Call): TagDocument => {
  const other = tagNamed(store, name)
  if (other && other.id !== tag.id) throw invalidTag()
  return store.put(tags, { ...tag, name })
}

const companyOf = ({ id, company_id }: NamedCompany, { store }: Call): CompanyDocument => {
  if (id !== undefined) return companyById(store, id)
  if (company_id === undefined) throw invalidTag()
  const company = companyOfId(store, company_id)
  if (!company) throw companyNotFound()
  return company
}

const contactOf = ({ id, user_id, email }: NamedUser, call: Call): ContactDocument => {
  if ([id, user_id, email].every((by) => by === undefined)) throw invalidTag()
  const contact = findContact(call, { id, external_id: user_id, email })
  if (!contact) throw new Rejection(404, 'not_found', 'User Not Found')
  return contact
}
