import { readable } from '../../view/excerpt.ts'
import { quoted } from './quoted.ts'
import type { Document } from './subjects.ts'

/** What tells one object from another of its kind, for people. */
const telling = ['name', 'pseudonym', 'title', 'subject', 'email', 'phone', 'external_id', 'company_id', 'ticket_id', 'role', 'state', 'status', 'locale', 'url', 'body']

/** `name "Maren Okafor"`, `email "maren@example.com"`. */
export const factsOf = (document: Document): string[] => {
  const facts = { ...document, ...titleOf(document) }
  return telling.flatMap((key) => (isSaid(facts[key]) ? [`${key} ${quoted(readable(String(facts[key])))}`] : []))
}

const isSaid = (value: unknown): boolean => (typeof value === 'string' || typeof value === 'number') && value !== ''

/** Conversations and tickets have it further within. */
const titleOf = ({ source, ticket_attributes }: Document): Document => ({ ...part(source, 'subject', 'subject'), ...part(ticket_attributes, '_default_title_', 'title') })

const part = (holder: unknown, key: string, name: string): Document => {
  const value = typeof holder === 'object' && holder !== null ? (holder as Document)[key] : undefined
  return value === undefined ? {} : { [name]: value }
}
