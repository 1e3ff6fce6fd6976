import type * as z from 'zod'
import { Contact } from '../../contract/contact.ts'
import { contact as kind } from '../contacts.ts'
import { type Document, type Look, named, only } from './pieces.ts'
import { plain } from '../plain.ts'
import { linkTo } from '../view.ts'

const times = ['created_at', 'signed_up_at', 'last_seen_at', 'last_contacted_at', 'last_replied_at']
const warnings = ['has_hard_bounced', 'marked_email_as_spam', 'unsubscribed_from_emails', 'unsubscribed_from_sms']
const lists = ['tags', 'notes', 'companies', 'opted_out_subscription_types', 'opted_in_subscription_types']

/** Somebody who was found. */
export interface Person {
  readonly contact: z.output<typeof Contact>
  /** What led to them besides their own fields: "conversation 42". */
  readonly via: readonly string[]
}

const foundBy = ({ via }: Person): Document => (via.length > 0 ? { found_by: via.map(plain) } : {})

/** Attributes of a person that a summary shows. */
const mostAttributes = 25

/** Who they are, without what is attached to them. */
export const profile = ({ contact, via }: Person, { project, detail, brief, place }: Look): Document => {
  const shown = project(Contact, contact)
  const { location, language_override, browser_language, custom_attributes } = shown
  const told: Document = {
    ...only(shown, kind.headline),
    ...foundBy({ contact, via }),
    owner: named(shown, 'owner_id'),
    location: location && placeOf(location as Document), // a projected location is an object
    language: language_override ?? browser_language,
    ...only(shown, [...times, ...warnings]),
    custom_attributes: custom_attributes && attributes(custom_attributes as Document, detail, brief), // so are custom attributes
    link: linkTo(contact, { kind }, place),
  }
  const rest = Object.keys(shown).filter((key) => !(key in told) && ![...lists, 'owner_id', 'language_override', 'browser_language'].includes(key))
  return only({ ...told, ...(detail === 'full' && only(shown, rest)) }, [...Object.keys(told), ...rest])
}

const placeOf = ({ city, region, country }: Document): string => [city, region, country].filter(Boolean).join(', ')

const attributes = (all: Document, detail: Look['detail'], brief: Look['brief']): Document => {
  const entries = Object.entries(all).map(([key, value]): [string, unknown] => [key, typeof value === 'string' ? brief(value) : Array.isArray(value) && detail === 'summary' ? value.map(reference) : value])
  const kept = detail === 'full' ? entries : entries.slice(0, mostAttributes)
  return { ...Object.fromEntries(kept), ...(kept.length < entries.length && { more_attributes: entries.length - kept.length }) }
}

/** Of a custom object that is referred to, what it is called where it comes from. */
const reference = (item: unknown): unknown => (typeof item === 'object' && item !== null && 'id' in item ? ('external_id' in item ? item.external_id : item.id) : item)

/** Somebody among several who match, with what tells them apart. */
export const match = ({ contact, via }: Person, { project }: Look): Document => {
  const shown = project(Contact, contact)
  const companies = contact.companies?.total_count
  return {
    ...only({ ...shown, owner: named(shown, 'owner_id') }, [...kind.headline, 'owner', 'created_at', 'last_seen_at']),
    ...(companies ? { companies } : {}),
    ...foundBy({ contact, via }),
  }
}
