import { planNamed } from '../company-changes.ts'
import { companies, type CompanyDocument } from '../company-document.ts'
import type { Store } from '../store.ts'
import type { Clock } from './clock.ts'
import { companyId } from './ids.ts'
import { segmentIds, type TagName, tagIds } from './labels.ts'

/** What a month costs, in dollars. */
const price = { Starter: 29, Crew: 119, Fleet: 349 } as const

export type Plan = keyof typeof price

interface Outfitter {
  readonly key: string
  readonly name: string
  readonly domain: string
  readonly activity: string
  readonly plan: Plan
  readonly size: number
  readonly fleet: number
  readonly since: number
  readonly tags?: readonly TagName[]
}

/** Customers of Pondwick. Their own ids are co_201, co_202 and so on. */
const outfitters = [
  { key: 'cedar', name: 'Cedar Cove Kayaks', domain: 'cedarcove.example', activity: 'Sea kayaking', plan: 'Fleet', size: 24, fleet: 86, since: 1210, tags: ['VIP', 'Annual plan'] },
  { key: 'sierra', name: 'Sierra Ancha Climbing', domain: 'sierraancha.example', activity: 'Climbing', plan: 'Crew', size: 11, fleet: 40, since: 940 },
  { key: 'northlight', name: 'Northlight Sailing School', domain: 'northlight.example', activity: 'Sailing', plan: 'Fleet', size: 31, fleet: 18, since: 1105, tags: ['Multi-location', 'Annual plan'] },
  { key: 'brennan', name: "Brennan's Bike Tours", domain: 'brennanbikes.example', activity: 'Cycling', plan: 'Starter', size: 5, fleet: 35, since: 610, tags: ['Churn risk'] },
  { key: 'powder', name: 'Powder Lantern Snow School', domain: 'powderlantern.example', activity: 'Skiing', plan: 'Crew', size: 44, fleet: 210, since: 720, tags: ['Multi-location', 'Seasonal'] },
  { key: 'riverbend', name: 'Riverbend Rafting Collective', domain: 'riverbend.example', activity: 'Rafting', plan: 'Crew', size: 16, fleet: 28, since: 480 },
  { key: 'atelier', name: 'Atelier du Lac', domain: 'atelierdulac.example', activity: 'Paddling', plan: 'Starter', size: 3, fleet: 14, since: 260 },
  { key: 'tallgrass', name: 'Tallgrass Trail Rides', domain: 'tallgrass.example', activity: 'Riding', plan: 'Starter', size: 8, fleet: 22, since: 150 },
] as const satisfies readonly Outfitter[]

export type CompanyKey = (typeof outfitters)[number]['key']

const indexOf = (key: CompanyKey): number => outfitters.findIndex((outfitter) => outfitter.key === key)

export const companyIds = (keys: readonly CompanyKey[]): string[] => keys.map((key) => companyId(indexOf(key) + 1))

/** The companies that have people enough to invent some more. */
export const employers: readonly { key: CompanyKey; domain: string; plan: Plan }[] = outfitters

/** Signed up yesterday; nobody of theirs has an account yet, so no list shows them. */
const newcomer: Outfitter = { key: 'tarn', name: 'Tarn & Tumble Canyoning', domain: 'tarntumble.example', activity: 'Canyoning', plan: 'Starter', size: 4, fleet: 12, since: 1 }

/** Of this many boats, bikes or boards on, a fleet is big. */
const bigFleet = 80

const asCompany = ({ name, domain, activity, plan, size, fleet, since, tags = [] }: Outfitter, index: number, { ago }: Clock): Omit<CompanyDocument, 'plan'> => ({
  id: companyId(index + 1),
  company_id: `co_${201 + index}`,
  name,
  remote_created_at: ago(since, 12),
  created_at: ago(Math.max(1, since - 1), 16),
  updated_at: ago(1 + index % outfitters.length, 18),
  last_request_at: index < 6 ? ago(1 + index, 18) : null,
  size,
  website: `https://www.${domain}`,
  industry: 'Outdoor recreation',
  monthly_spend: price[plan],
  session_count: since > 1 ? size * 37 : 0,
  custom_attributes: {
    activity,
    fleet_size: fleet,
    contract_value: price[plan] * 12,
    open_all_year: activity === 'Climbing',
    renews_on: ago((since % 365) - 365, 0),
  },
  tag_ids: tagIds(tags),
  segment_ids: fleet >= bigFleet ? [segmentIds.fleets] : [],
})

export const layCompanies = (store: Store, time: Clock): void => {
  for (const plan of Object.keys(price)) planNamed(store, plan)
  for (const [index, outfitter] of [...outfitters, newcomer].entries())
    store.put(companies, { ...asCompany(outfitter, index, time), plan: planNamed(store, outfitter.plan) })
}
