import { contacts, peopleIn } from './contact-document.ts'
import { type Call, Rejection } from './handler.ts'
import { presentSegment, segments } from './segment.ts'
import { column } from './sql.ts'
import { type Collection, type Sql, sql, type Store } from './store.ts'
import { presentTag, tags } from './tag.ts'

/** An organisation. Who belongs to it is kept with the contacts. */
export interface CompanyDocument {
  /** 24 hexadecimal characters. */
  readonly id: string
  /** Your own id of it. */
  readonly company_id: string
  readonly name: string
  readonly plan: { readonly id: string; readonly name: string } | null
  readonly remote_created_at: number | null
  readonly created_at: number
  readonly updated_at: number
  readonly last_request_at: number | null
  readonly size: number | null
  readonly website: string | null
  readonly industry: string | null
  readonly monthly_spend: number
  readonly session_count: number
  readonly custom_attributes: Readonly<Record<string, unknown>>
  readonly tag_ids: readonly string[]
  readonly segment_ids: readonly string[]
}

/** What a company is of which nothing is known. */
export const nothingKnown = {
  plan: null,
  remote_created_at: null,
  last_request_at: null,
  size: null,
  website: null,
  industry: null,
  monthly_spend: 0,
  session_count: 0,
  custom_attributes: {},
  tag_ids: [],
  segment_ids: [],
} as const

export const companies: Collection<CompanyDocument> = {
  table: 'company',
  columns: {
    company_id: 'TEXT',
    name: 'TEXT',
    tag_id: 'TEXT',
    segment_id: 'TEXT',
    created_at: 'INTEGER',
    updated_at: 'INTEGER',
    last_request_at: 'INTEGER',
  },
  facts: ({ company_id, name, tag_ids, segment_ids, created_at, updated_at, last_request_at }) => ({
    company_id,
    name,
    tag_id: JSON.stringify(tag_ids),
    segment_id: JSON.stringify(segment_ids),
    created_at,
    updated_at,
    last_request_at,
  }),
  blank: nothingKnown,
  indexed: ['company_id', 'name', 'last_request_at'],
  lists: ['tag_id', 'segment_id'],
}

/** The company of that Intercom id, or Intercom's 404. */
export const companyById = (store: Store, id: string): CompanyDocument => {
  const found = store.get(companies, id)
  if (!found) throw companyNotFound()
  return found
}

export const companyNotFound = (): Rejection => new Rejection(404, 'company_not_found', 'Company Not Found')

/** The company of that id of your own. Facts ignore case and ids do not, hence the second look. */
export const companyOfId = (store: Store, companyId: string): CompanyDocument | undefined =>
  store.find(companies, { where: sql`company_id = ${companyId}` }).find(({ company_id }) => company_id === companyId)

/** The company of that Intercom id, or else of that id of your own: Intercom's texts name both. */
export const companyNamed = (store: Store, id: string): CompanyDocument | undefined =>
  store.get(companies, id) ?? companyOfId(store, id)

/** That have people: the others are in no list, as with Intercom. [inferred] A lead is people too. */
export const peopled = (store: Store): Sql => {
  const members = sql`${store.elements(contacts, 'company_id')} AS membership JOIN ${column(contacts.table)} AS person ON person.seq = membership.seq`
  return sql`EXISTS (SELECT 1 FROM ${members} WHERE membership.value = company.id AND person.visible = 1)`
}

/** What has no value is absent from a company, not null. */
export const presentCompany = (company: CompanyDocument, { store, app }: Pick<Call, 'store' | 'app'>) => ({
  type: 'company',
  id: company.id,
  company_id: company.company_id,
  app_id: app.id_code,
  name: company.name,
  ...present({
    remote_created_at: company.remote_created_at,
    last_request_at: company.last_request_at,
    size: company.size,
    website: company.website,
    industry: company.industry,
  }),
  created_at: company.created_at,
  updated_at: company.updated_at,
  monthly_spend: company.monthly_spend,
  session_count: company.session_count,
  user_count: store.count(contacts, peopleIn(store, 'company_id', company.id)),
  plan: company.plan ? { type: 'plan', ...company.plan } : {},
  custom_attributes: { ...company.custom_attributes },
  tags: { type: 'tag.list', tags: known(company.tag_ids, (id) => store.get(tags, id)).map(presentTag) },
  segments: { type: 'segment.list', segments: known(company.segment_ids, (id) => store.get(segments, id)).map(presentSegment) },
})

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> }

const present = <T extends object>(fields: T): Present<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Present<T> // fromEntries forgets the keys

const known = <D>(ids: readonly string[], get: (id: string) => D | undefined): D[] => ids.map(get).filter((found) => found !== undefined)
