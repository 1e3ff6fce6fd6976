import type { CompanyDocument } from '../companies.ts'
import type { Clock } from './clock.ts'
import { companyId } from './ids.ts'

const plans = { Starter: '11', Crew: '12', Fleet: '13' } as const

export type Plan = keyof typeof plans

interface Outfitter {
  readonly key: string
  readonly name: string
  readonly domain: string
  readonly activity: string
  readonly plan: Plan
  readonly size: number
  readonly fleet: number
  readonly since: number
}

/** Customers of Pondwick. Their own ids are co_201, co_202 and so on. */
const outfitters = [
  { key: 'cedar', name: 'Cedar Cove Kayaks', domain: 'cedarcove.example', activity: 'Sea kayaking', plan: 'Fleet', size: 24, fleet: 86, since: 1210 },
  { key: 'sierra', name: 'Sierra Ancha Climbing', domain: 'sierraancha.example', activity: 'Climbing', plan: 'Crew', size: 11, fleet: 40, since: 940 },
  { key: 'northlight', name: 'Northlight Sailing School', domain: 'northlight.example', activity: 'Sailing', plan: 'Fleet', size: 31, fleet: 18, since: 1105 },
  { key: 'brennan', name: "Brennan's Bike Tours", domain: 'brennanbikes.example', activity: 'Cycling', plan: 'Starter', size: 5, fleet: 35, since: 610 },
  { key: 'powder', name: 'Powder Lantern Snow School', domain: 'powderlantern.example', activity: 'Skiing', plan: 'Crew', size: 44, fleet: 210, since: 720 },
  { key: 'riverbend', name: 'Riverbend Rafting Collective', domain: 'riverbend.example', activity: 'Rafting', plan: 'Crew', size: 16, fleet: 28, since: 480 },
  { key: 'atelier', name: 'Atelier du Lac', domain: 'atelierdulac.example', activity: 'Paddling', plan: 'Starter', size: 3, fleet: 14, since: 260 },
  { key: 'tallgrass', name: 'Tallgrass Trail Rides', domain: 'tallgrass.example', activity: 'Riding', plan: 'Starter', size: 8, fleet: 22, since: 150 },
] as const satisfies readonly Outfitter[]

export type CompanyKey = (typeof outfitters)[number]['key']

const indexOf = (key: CompanyKey): number => outfitters.findIndex((outfitter) => outfitter.key === key)

export const companyIds = (keys: readonly CompanyKey[]): string[] => keys.map((key) => companyId(indexOf(key) + 1))

/** The companies that have people enough to invent some more. */
export const employers: readonly { key: CompanyKey; domain: string; plan: Plan }[] = outfitters

const price: Readonly<Record<Plan, number>> = { Starter: 29, Crew: 119, Fleet: 349 }

export const companies = ({ ago }: Clock): readonly CompanyDocument[] =>
  outfitters.map(({ name, domain, activity, plan, size, fleet, since }, index) => ({
    id: companyId(index + 1),
    company_id: `co_${201 + index}`,
    name,
    plan: { id: plans[plan], name: plan },
    remote_created_at: ago(since, 12),
    created_at: ago(since - 1, 16),
    updated_at: ago(1 + index, 18),
    last_request_at: index < 6 ? ago(1 + index, 18) : null,
    size,
    website: `https://www.${domain}`,
    industry: 'Outdoor recreation',
    monthly_spend: price[plan],
    session_count: size * 37,
    custom_attributes: {
      activity,
      fleet_size: fleet,
      contract_value: price[plan] * 12,
      open_all_year: activity === 'Climbing',
      renews_on: ago((since % 365) - 365, 0),
    },
    tag_ids: [],
    segment_ids: [],
  }))
