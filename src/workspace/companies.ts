import { upsertCompany } from '../contract/companies.ts'
import { removed, updated, upserted } from './company-changes.ts'
import { companies, companyById, type CompanyDocument, companyNotFound, companyOfId, peopled, presentCompany } from './company-document.ts'
import { attach, detach } from './company-members.ts'
import { scrolled } from './company-scroll.ts'
import { presentContact } from './contact-answer.ts'
import { contacts, peopleIn } from './contact-document.ts'
import { type Call, type Handlers, type Refusals, Rejection } from './handler.ts'
import { pageFrom, type PageRequest } from './page.ts'
import { presentSegment, segments } from './segment.ts'
import { joined, type Sql, sql, type Store } from './store.ts'

export { companies, companyNamed, presentCompany } from './company-document.ts'
export type { CompanyDocument } from './company-document.ts'

/** Companies a page holds when the request does not say. */
const perPage = 15

/** As far as pages lead. */
const reachable = 10_000

const orders = { desc: sql`last_request_at DESC, seq DESC`, asc: sql`last_request_at, seq` } as const

/** A page of companies. [inferred] The code, and that the limit counts items that pages could hold rather than those there are. */
const listed = (selection: { where: Sql; order: Sql }, path: string, request: PageRequest, call: Call) => {
  if ((request.page ?? 1) * (request.per_page ?? perPage) > reachable)
    throw new Rejection(400, 'parameter_invalid', 'page limit reached, please use scroll API', 'page')
  const { items, total, pages } = pageFrom(companies, selection, request, { path, perPage, last: 'null' }, call)
  return { type: 'list', data: items.map((company) => presentCompany(company, call)), pages, total_count: total }
}

/** [inferred] Names are compared without regard to case; of several companies of one name it is the first. */
const named = (store: Store, name: string): CompanyDocument | undefined => store.find(companies, { where: sql`name = ${name}`, limit: 1 })[0]

const filters = ['tag_id', 'segment_id'] as const

/** [inferred] A tag that is not there has no companies. */
const filtered = ({ store }: Call, wanted: { tag_id?: string; segment_id?: string }): Sql =>
  joined([peopled(store), ...filters.flatMap((list) => (wanted[list] === undefined ? [] : [store.holding(companies, list, wanted[list])]))], 'AND')

export const handlers: Handlers<'companies'> = {
  // [inferred] of a name and an id the id counts; both also find a company without people
  find_companies: ({ name, company_id, page, per_page, ...wanted }, call) => {
    if (company_id === undefined && name === undefined) {
      const query = new URLSearchParams(wanted).toString()
      return listed({ where: filtered(call, wanted), order: orders.desc }, `/companies${query && `?${query}`}`, { page, per_page }, call)
    }
    const found = company_id === undefined ? named(call.store, name!) : companyOfId(call.store, company_id)
    if (!found) throw companyNotFound()
    return presentCompany(found, call)
  },

  get_company: ({ id }, call) => presentCompany(companyById(call.store, id), call),

  upsert_company: (wanted, call) => presentCompany(upserted(wanted, call), call),

  update_company: ({ id, ...wanted }, call) => presentCompany(updated(companyById(call.store, id), wanted, call), call),

  delete_company: ({ id }, call) => ({ id: removed(call, id).id, object: 'company', deleted: true }),

  // [inferred] oldest first, as in the list of all contacts
  list_company_contacts: ({ id, ...request }, call) => {
    const { id: known } = companyById(call.store, id)
    const selection = { where: peopleIn(call.store, 'company_id', known), order: sql`created_at, seq` }
    const { items, total, pages } = pageFrom(contacts, selection, request, { path: `/companies/${known}/contacts`, perPage: 50, last: 'absent' }, call)
    return { type: 'list', data: items.map((contact) => presentContact(contact, call)), total_count: total, pages }
  },

  list_company_segments: ({ id }, { store }) => {
    const theirs = companyById(store, id).segment_ids.map((segmentId) => store.get(segments, segmentId))
    return { type: 'list', data: theirs.filter((segment) => segment !== undefined).map(presentSegment) }
  },

  list_companies: ({ order = 'desc', ...request }, call) =>
    listed({ where: peopled(call.store), order: orders[order] }, `/companies/list?order=${order}`, request, call),

  scroll_companies: ({ scroll_param }, call) => {
    const { items, param } = scrolled(scroll_param, call)
    return { type: 'list', data: items.map((company) => presentCompany(company, call)), pages: null, total_count: null, scroll_param: param }
  },

  attach_contact_to_company: ({ contact_id, id }, call) => presentCompany(attach(call, contact_id, id), call),

  detach_contact_from_company: ({ contact_id, id }, call) => presentCompany(detach(call, contact_id, id), call),
}

/** As published, it names what is not known of a company. [inferred] Of what is known it is the id that is bad. */
const badParameter = (sent: unknown): Rejection => {
  const strange = Object.keys(sent ?? {}).find((name) => !Object.hasOwn(upsertCompany.input.shape, name))
  return new Rejection(400, 'bad_request', `bad '${(strange ?? 'company_id').slice(0, 100)}' parameter`, strange ?? 'company_id')
}

export const refusals: Refusals<'companies'> = {
  upsert_company: { company_id: badParameter },
  attach_contact_to_company: { id: () => new Rejection(400, 'parameter_not_found', 'company not specified') },
}
