import { type ContactDocument, newContact } from '../contact-document.ts'
import { uuid } from '../uuid.ts'
import type { Chance } from './chance.ts'
import type { Clock } from './clock.ts'
import { companyIds, employers, type Plan } from './companies.ts'
import { contactId } from './ids.ts'
import { segmentIds, subscriptionIds, tagIds } from './labels.ts'
import { colleagues } from './workspace.ts'

const firstNames = [
  'Adaeze', 'Amir', 'Anouk', 'Beatriz', 'Callum', 'Chidi', 'Daria', 'Eero', 'Farah', 'Felix', 'Greta', 'Hana', 'Idris', 'Ilse', 'Jonah',
  'Kavya', 'Leandro', 'Lotte', 'Mateo', 'Mei', 'Nadia', 'Olu', 'Paloma', 'Quentin', 'Rosa', 'Soren', 'Tamsin', 'Uma', 'Viktor', 'Zofia',
] as const

const lastNames = [
  'Abara', 'Almeida', 'Bergström', 'Castellanos', 'Dahl', 'Eriksen', 'Fontaine', 'Grady', 'Haddad', 'Ibarra', 'Jansen', 'Kowalski', 'Lindgren',
  'Mbeki', 'Novak', 'Ortega', 'Prescott', 'Quiroga', 'Rossi', 'Sato', 'Thornton', 'Ueda', 'Vance', 'Whitaker', 'Yilmaz', 'Zamora',
] as const

const places = [
  ['Portland', 'Maine', 'United States', 'US', 'NA'],
  ['Boulder', 'Colorado', 'United States', 'US', 'NA'],
  ['Bend', 'Oregon', 'United States', 'US', 'NA'],
  ['Tofino', 'British Columbia', 'Canada', 'CA', 'NA'],
  ['Galway', 'Galway', 'Ireland', 'IE', 'EU'],
  ['Bergen', 'Vestland', 'Norway', 'NO', 'EU'],
  ['Bariloche', 'Río Negro', 'Argentina', 'AR', 'SA'],
  ['Queenstown', 'Otago', 'New Zealand', 'NZ', 'OC'],
] as const

const browsers = [
  ['chrome', '141.0.0.0', 'Windows 11'],
  ['safari', '18.1', 'OS X 15.1'],
  ['firefox', '143.0', 'Ubuntu'],
  ['mobile_safari', '18.2', 'iOS 18.2'],
] as const

const tagsOfMany = [['Seasonal'], ['Onboarding'], ['API user'], ['Feature request', 'Seasonal'], ['Churn risk'], ['Annual plan']] as const
const seats: Readonly<Record<Plan, number>> = { Starter: 2, Crew: 6, Fleet: 12 }
const owners = colleagues.filter(({ has_inbox_seat }) => has_inbox_seat)

/** How many people are invented besides those written by hand: enough for a second page at 150 a page. */
export const crowdSize = 176

/** Ids of the crowd follow those written by hand. */
export const firstInCrowd = 101

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const segmentsOf = (role: ContactDocument['role'], createdDays: number, seenDays: number): string[] => {
  if (role === 'lead') return [segmentIds.leads]
  if (seenDays > 60) return [segmentIds.slipping]
  return createdDays < 30 ? [segmentIds.active, segmentIds.fresh] : [segmentIds.active]
}

const whereabouts = ({ pick }: Chance) => {
  const [city, region, country, country_code, continent_code] = pick(places)
  const [browser, browser_version, os] = pick(browsers)
  return { location: { city, region, country, country_code, continent_code }, browser, browser_version, os, browser_language: 'en' }
}

/** One in four is a lead; the rest are users with usr_2000 and up as external ids. Nobody shares an email. */
const invent = (index: number, dice: Chance, { ago }: Clock): ContactDocument => {
  const number = firstInCrowd + index
  const role = dice.often(25) ? 'lead' : 'user'
  const first = firstNames[index % firstNames.length]!
  const last = lastNames[(index * 7 + Math.floor(index / firstNames.length)) % lastNames.length]!
  const employer = dice.pick(employers)
  const [createdDays, hour] = [6 + dice.below(700), 8 + dice.below(12)]
  const seenDays = 1 + dice.below(Math.min(createdDays, dice.often(70) ? 30 : 200))
  const domain = role === 'user' ? employer.domain : 'mailbox.example'
  return newContact({
    id: contactId(number),
    role,
    external_id: role === 'user' ? `usr_${2000 + index}` : uuid(`lead ${number}`),
    name: dice.often(role === 'lead' ? 60 : 97) ? `${first} ${last}` : null,
    email: `${plain(first)}.${plain(last)}${index}@${domain}`,
    phone: dice.often(40) ? `+1555${String(5_550_100 + index)}` : null,
    owner_id: dice.often(30) ? Number(dice.pick(owners).id) : null,
    created_at: ago(createdDays, hour),
    signed_up_at: role === 'user' ? ago(createdDays, hour) : null,
    updated_at: ago(seenDays, hour),
    last_seen_at: ago(seenDays, hour),
    ...whereabouts(dice),
    custom_attributes: role === 'user' ? { plan: employer.plan, seats: seats[employer.plan], lifetime_value: createdDays * 1.75 } : {},
    tag_ids: dice.often(35) ? tagIds(dice.pick(tagsOfMany)) : [],
    segment_ids: segmentsOf(role, createdDays, seenDays),
    company_ids: role === 'user' ? companyIds([employer.key]) : [],
    opted_in_subscription_ids: dice.often(20) ? [subscriptionIds.tips] : [],
    opted_out_subscription_ids: dice.often(8) ? [subscriptionIds.news] : [],
  })
}

/** People nobody will remember. */
export const crowd = (dice: Chance, clock: Clock): ContactDocument[] => Array.from({ length: crowdSize }, (_, index) => invent(index, dice, clock))
