import { companies, type CompanyDocument, companyById, companyNotFound, presentCompany } from './company-document.ts'
import { presentContact } from './contact-answer.ts'
import { type ContactDocument, contacts } from './contact-document.ts'
import { known } from './contact-lifecycle.ts'
import { type Call, Rejection } from './handler.ts'
import type { Topic } from './topics.ts'

/** Companies that one contact can be in. */
const mostCompanies = 1000

/** Makes a contact a member. One who is already stays as they are. */
export const attach = (call: Call, contactId: string, id: string): CompanyDocument => {
  const contact = known(call, contactId)
  const company = companyById(call.store, id)
  if (contact.company_ids.includes(company.id)) return company
  if (contact.company_ids.length >= mostCompanies)
    throw new Rejection(400, 'contact_company_limit_exceeded', `Contact has reached the maximum of ${mostCompanies} company associations`)
  return moved(call, 'company.contact.attached', company, { ...contact, company_ids: [...contact.company_ids, company.id] })
}

/** Ends a membership. [inferred] Of one that is none, the company is not found. */
export const detach = (call: Call, contactId: string, id: string): CompanyDocument => {
  const contact = known(call, contactId)
  const company = companyById(call.store, id)
  if (!contact.company_ids.includes(company.id)) throw companyNotFound()
  return moved(call, 'company.contact.detached', company, { ...contact, company_ids: contact.company_ids.filter((one) => one !== company.id) })
}

/** Both have changed. [inferred] What is told of it is made like what is told of a tag: when, and both sides. */
const moved = (call: Call, topic: Topic, before: CompanyDocument, member: ContactDocument): CompanyDocument => {
  const contact = call.store.put(contacts, { ...member, updated_at: call.now })
  const company = call.store.put(companies, { ...before, updated_at: call.now })
  call.notify(topic, () => ({ type: 'company_contact', created_at: call.now, company: presentCompany(company, call), contact: presentContact(contact, call) }))
  return company
}
