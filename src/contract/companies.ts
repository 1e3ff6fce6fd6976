import * as z from 'zod'
import { Company } from './company.ts'
import { Contact } from './contact.ts'
import { listContactCompanies } from './contacts.ts'
import { operation, type ReadBack } from './operation.ts'
import { byId, isGone, isNew, shows, showsMade } from './read-back.ts'
import { Segment } from './segment.ts'
import { CustomAttributes, list, numberedList, shape, Timestamp } from './shape.ts'

const id = z.string().describe("The company's Intercom id: 24 hexadecimal characters.")
const contact_id = z.string().describe("The contact's Intercom id: 24 hexadecimal characters.")

/** What may be set on a company at any time. */
const writable = {
  name: z.string(),
  plan: z.string().nullable().describe('Name of the plan they are on; null for none.'),
  size: z.int().nullable().describe('Number of employees.'),
  website: z.string().nullable(),
  industry: z.string().nullable(),
  monthly_spend: z.number().max(2 ** 31 - 1).describe('Revenue a month, in whole units: decimals are cut off.'),
  remote_created_at: Timestamp.nullable().describe('When the company became your customer.'),
  custom_attributes: CustomAttributes.describe('By name; each must exist in the workspace already. null unsets.'),
}

const changes = z.strictObject(writable).partial().shape

const page = z.int().min(1).optional()
const paging = { style: 'page', default: 15, max: 60, items: 'data' } as const
const per_page = z.int().min(1).max(paging.max).optional().describe('Items a page; 15 by default, at most 60.')

const companies = numberedList('data', Company)
const readOne = 'Read one user and one company'
const readAll = 'Read and list users and companies'
const write = 'Write users and companies'

export const findCompanies = operation({
  name: 'find_companies',
  operationId: 'retrieveCompany',
  title: 'Find companies',
  description:
    'The one company of this exact name or of this id of your own; otherwise the companies with a tag or in a segment, page by page. Lists leave out companies without people and end at 10,000.',
  asked: 'look search account organisation name own tag segment which external filter already system called business crm key vip lookup firm match billing stands fall',
  route: 'GET /companies',
  effect: 'read',
  permission: readAll,
  input: z.strictObject({
    name: z.string().optional().describe('Exact name.'),
    company_id: z.string().optional().describe('The id that your own system gave the company.'),
    tag_id: z.string().optional(),
    segment_id: z.string().optional(),
    page,
    per_page,
  }),
  // published as the list alone
  output: z.union([Company, companies]),
  paging,
})

export const getCompany = operation({
  name: 'get_company',
  operationId: 'RetrieveACompanyById',
  title: 'Get a company',
  description: 'One company by Intercom id: plan, size, spend, custom attributes, tags and how many people it has. By your own id or by name: find_companies.',
  asked: 'one account organisation intercom plan monthly spend size users count details show what many view profile industry pull record when last active website open page session look business full',
  route: 'GET /companies/{id}',
  effect: 'read',
  permission: readOne,
  input: z.strictObject({ id }),
  output: Company,
  resource: 'intercom://companies/{id}',
})

/** The plan comes back as an object, spend in whole units. */
const company = ['name size website industry remote_created_at', 'monthly_spend custom_attributes'] as const
const showsCompany = shows(...company)

const showsUpsert: ReadBack['happened'] = (written, found, since) =>
  Object.keys(written).length > 1 || !found ? showsCompany(written, found, since) : isNew(found, since) || undefined


export const upsertCompany = operation({
  name: 'upsert_company',
  operationId: 'createOrUpdateCompany',
  title: 'Create or update a company',
  description:
    'Changes the company with this company_id, or makes it. Without company_id it needs a name, and a new one is made each time. A company without people stays out of lists: attach_contact_to_company.',
  asked: 'add create register onboard import sync new account organisation client business update own set plan spend size industry signed customer crm monthly billing firm record employer website load salesforce',
  route: 'POST /companies',
  effect: 'write',
  idempotent: true,
  idempotentBy: 'company_id',
  permission: write,
  input: z
    .strictObject({ company_id: z.string().min(1).optional().describe('Your own id of the company. It can never be changed.'), ...changes })
    .refine(({ company_id, name }) => company_id !== undefined || name !== undefined, { path: ['company_id'], error: 'company_id or name is required' }),
  output: Company,
  readBack: [
    { operation: findCompanies, input: ({ company_id }) => (company_id === undefined ? undefined : { company_id }), happened: showsUpsert },
    { operation: findCompanies, input: ({ name }) => (name === undefined ? undefined : { name }), happened: showsMade(...company) },
  ],
})

export const updateCompany = operation({
  name: 'update_company',
  operationId: 'UpdateCompany',
  title: 'Update a company',
  description: 'Changes the given fields of a company and keeps the rest; custom attributes are merged by name. Its company_id stays.',
  asked: 'change edit rename correct account organisation name plan industry website size monthly spend custom attributes upgrade enterprise new number employees set renewal date rebranded adjust fields downgraded mark churn risk contract value moved annual billing health score called renamed',
  route: 'PUT /companies/{id}',
  effect: 'write',
  idempotent: true,
  permission: write,
  input: z.strictObject({ id, ...changes }),
  output: Company,
  readBack: { operation: getCompany, input: byId, happened: showsCompany },
})

export const deleteCompany = operation({
  name: 'delete_company',
  operationId: 'deleteCompany',
  title: 'Delete a company',
  description: 'Removes a company; its people stay, without it. An integration that syncs companies may make it again.',
  asked: 'remove drop churn account organisation rid went business duplicate gone client firm closed down test longer needed throw record wipe data clean empty terminated contract retire erase entirely',
  route: 'DELETE /companies/{id}',
  effect: 'destroy',
  idempotent: true,
  permission: write,
  input: z.strictObject({ id }),
  output: shape({ id: z.string() }, { object: z.string(), deleted: z.boolean() }),
  readBack: { operation: getCompany, input: ({ id }) => ({ id }), happened: isGone },
})

const contactPaging = { style: 'page', default: 50, max: 150, items: 'data' } as const

export const listCompanyContacts = operation({
  name: 'list_company_contacts',
  operationId: 'ListAttachedContacts',
  title: "List a company's contacts",
  description: 'The people who belong to a company, in full. Archived ones are absent.',
  asked: 'people users employees members customers who work belong account everyone organisation client know firm staff else business colleagues headcount all leads under whom email',
  route: 'GET /companies/{id}/contacts',
  effect: 'read',
  permission: readAll,
  input: z.strictObject({
    id,
    page,
    per_page: z.int().min(1).max(contactPaging.max).optional().describe('Items a page; 50 by default.'),
  }),
  output: numberedList('data', Contact),
  paging: contactPaging,
  resource: 'intercom://companies/{id}/contacts',
})

export const listCompanySegments = operation({
  name: 'list_company_segments',
  operationId: 'ListAttachedSegmentsForCompanies',
  title: "List a company's segments",
  description: 'The segments a company falls under.',
  asked: 'which account organisation falls under enterprise membership groups belongs names business high spend audience matches cohort counts churning',
  route: 'GET /companies/{id}/segments',
  effect: 'read',
  permission: readAll,
  input: z.strictObject({ id }),
  output: list('data', Segment),
  resource: 'intercom://companies/{id}/segments',
})

export const listCompanies = operation({
  name: 'list_companies',
  operationId: 'listAllCompanies',
  title: 'List companies',
  description:
    'Companies that have people, the most recently active first, page by page up to 10,000 in all. For more of them scroll_companies. For one by name or id find_companies.',
  asked: 'all accounts organisations clients page sorted last activity show customers biggest which overview business many browse newest first every firm directory name most recently created',
  route: 'POST /companies/list',
  effect: 'read',
  permission: readAll,
  input: z.strictObject({ page, per_page, order: z.enum(['asc', 'desc']).optional().describe('By last activity; desc by default.') }),
  query: ['page', 'per_page', 'order'],
  output: companies,
  paging,
})

export const scrollCompanies = operation({
  name: 'scroll_companies',
  operationId: 'scrollOverAllCompanies',
  title: 'Scroll through all companies',
  description:
    'Every company that has people, 100 a call, however many there are. The workspace has one scroll at a time: it ends with an empty page, or after a minute without a call. list_companies is better for fewer than 10,000.',
  asked: 'export dump iterate walk through every account large datasets more full sync bulk all ten thousand entire base warehouse read organisations param continue complete over whole list backup page limit reached workspace next batch',
  route: 'GET /companies/scroll',
  effect: 'read',
  // each call moves on, so a page whose answer was lost cannot be had again
  idempotent: false,
  permission: readAll,
  input: z.strictObject({ scroll_param: z.string().optional().describe('From the previous page, the same on every page; leave it out to begin.') }),
  output: companies.extend({ scroll_param: z.string().nullish() }),
  paging: { style: 'scroll', default: 100, max: 100, items: 'data' },
})

const companiesOf = ({ contact_id }: Record<string, unknown>) => ({ id: contact_id, per_page: 60 })

export const attachContactToCompany = operation({
  name: 'attach_contact_to_company',
  operationId: 'attachContactToACompany',
  title: 'Add a contact to a company',
  description: 'Makes a contact a member of a company. A contact can be in at most 1,000.',
  asked: 'add link associate put person user employee account organisation works joined belongs move another new employer under customer business connect lead firm make member assign client changed jobs colleague',
  route: 'POST /contacts/{contact_id}/companies',
  effect: 'write',
  idempotent: true,
  permission: write,
  input: z.strictObject({ contact_id, id }),
  output: Company,
  readBack: {
    operation: listContactCompanies,
    input: companiesOf,
    happened: ({ id }, found) => (found?.id === id ? true : undefined),
    missing: false,
  },
})

export const detachContactFromCompany = operation({
  name: 'detach_contact_from_company',
  operationId: 'detachContactFromACompany',
  title: 'Remove a contact from a company',
  description: 'Ends the membership of a contact in a company; both stay.',
  asked: 'remove unlink disassociate person user account left longer works quit take customer off organisation disconnect business job client wrong former employee drop member ex see fired separate firm',
  route: 'DELETE /contacts/{contact_id}/companies/{id}',
  effect: 'destroy',
  undoneBy: 'attach_contact_to_company',
  idempotent: true,
  permission: write,
  input: z.strictObject({ contact_id, id }),
  output: Company,
  readBack: {
    operation: listContactCompanies,
    input: companiesOf,
    happened: ({ id }, found) => (found?.id === id ? false : undefined),
    missing: true,
  },
})
