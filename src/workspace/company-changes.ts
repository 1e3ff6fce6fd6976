import type * as z from 'zod'
import type { upsertCompany } from '../contract/companies.ts'
import { companies, type CompanyDocument, companyById, companyOfId, presentCompany, nothingKnown } from './company-document.ts'
import { contacts } from './contact-document.ts'
import { withAttributes } from './custom-attributes.ts'
import type { Call } from './handler.ts'
import { type Collection, sql, type Store } from './store.ts'
import { uuid } from './uuid.ts'

type Wanted = z.output<(typeof upsertCompany)['input']>
type Changes = Omit<Wanted, 'company_id'>

/** The API takes a plan's name and answers its id as well. */
const plans: Collection<{ readonly id: string; readonly name: string }> = {
  table: 'plan',
  columns: { name: 'TEXT' },
  facts: ({ name }) => ({ name }),
  indexed: ['name'],
}

/** The plan of that name; one that is new is made. */
export const planNamed = (store: Store, name: string) =>
  store.find(plans, { where: sql`name = ${name}` }).find((plan) => plan.name === name) ?? store.put(plans, { id: String(store.next('plan')), name })

/** The company of that id of your own after a request changed it, or a new one. */
export const upserted = ({ company_id, ...wanted }: Wanted, call: Call): CompanyDocument => {
  const before = company_id === undefined ? undefined : companyOfId(call.store, company_id)
  return before ? updated(before, wanted, call) : created(company_id, wanted, call)
}

const created = (company_id: string | undefined, wanted: Changes, call: Call): CompanyDocument => {
  const company = call.store.put(companies, changed(blank(company_id, call), wanted, call))
  call.notify('company.created', () => presentCompany(company, call))
  return company
}

/** A company after a request changed it: what is not named stays. */
export const updated = (before: CompanyDocument, wanted: Changes, call: Call): CompanyDocument => {
  const company = call.store.put(companies, changed(before, wanted, call))
  call.notify('company.updated', () => presentCompany(company, call))
  return company
}

/** [inferred] Without an id of your own it gets one, and until it has a name it is called by that. */
const blank = (wantedId: string | undefined, call: Call): CompanyDocument => {
  const id = call.newId()
  const company_id = wantedId ?? uuid(id)
  return { ...nothingKnown, id, company_id, name: company_id, created_at: call.now, updated_at: call.now }
}

const changed = (company: CompanyDocument, { plan, monthly_spend = company.monthly_spend, custom_attributes, ...plain }: Changes, { store, now }: Call): CompanyDocument => ({
  ...company,
  ...plain,
  ...(plan !== undefined && { plan: plan ? planNamed(store, plan) : null }),
  monthly_spend: Math.trunc(monthly_spend),
  custom_attributes: withAttributes(store, 'company', company.custom_attributes, custom_attributes),
  updated_at: now,
})

/** Removes a company from the people who belong to it, who stay, and then itself. */
export const removed = (call: Call, id: string): CompanyDocument => {
  const company = companyById(call.store, id)
  call.store.revise(contacts, call.store.holding(contacts, 'company_id', id), (contact) => ({
    ...contact,
    company_ids: contact.company_ids.filter((one) => one !== company.id),
    updated_at: call.now,
  }))
  call.store.remove(companies, id)
  call.notify('company.deleted', () => ({ type: 'company', id, company_id: company.company_id }))
  return company
}
