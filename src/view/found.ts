import { article } from './articles.ts'
import { company } from './company.ts'
import { contact } from './contacts.ts'
import { conversation } from './conversations.ts'
import { plain } from './plain.ts'
import { prose } from './prose.ts'
import type { Place } from './present.ts'
import { ticket } from './tickets.ts'

export type Document = Readonly<Record<string, unknown>>

/** What is found by words and fetched whole. */
export const sorts = ['contact', 'company', 'conversation', 'ticket', 'article', 'internal_article'] as const
export type Sort = (typeof sorts)[number]

/** Something found, with enough to choose by. In the title, words that anybody wrote stand between “ and ” and hold neither. */
export interface Found {
  /** `conversation:123` */
  readonly id: string
  readonly title: string
  /** An absolute web address. */
  readonly url: string
}

export const found = (sort: Sort, object: Document, place: Place): Found => ({
  id: idOf(sort, object),
  title: titles[sort](object),
  url: addressOf(sort, object, place),
})

const idOf = (sort: Sort, { id }: Document): string => `${sort}:${said(id)}`

/** Of an object the field of that name, or the one within the one: `source.author.name`. */
const at = (object: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Document)[key] : undefined), object)

const titles: Readonly<Record<Sort, (object: Document) => string>> = {
  contact: (object) => `Contact ${quoted(joined(', ', [at(object, 'name'), at(object, 'email') || at(object, 'phone')]) || at(object, 'external_id'))}${aside(at(object, 'role'))}`,
  company: (object) => `Company ${quoted(at(object, 'name') || at(object, 'company_id'))}${people(at(object, 'user_count'))}`,
  conversation: (object) => `Conversation ${said(object.id)}${withWhom(at(object, 'source.author'))}${about(object)}${aside(stateOf.conversation?.(object))}`,
  ticket: (object) => `Ticket ${said(object.ticket_id ?? object.id)}${titled(object)}${aside(joined(', ', [at(object, 'ticket_type.name'), stateOf.ticket?.(object)]))}`,
  article: (object) => `Article ${quoted(joined(': ', [at(object, 'title'), at(object, 'description')]))}${aside(stateOf.article?.(object))}`,
  internal_article: (object) => `Internal article ${quoted(at(object, 'title'))}`,
}

/** How far it is, of what goes through states. */
export const stateOf: Readonly<Partial<Record<Sort, (object: Document) => unknown>>> = {
  conversation: ({ state }) => state,
  ticket: (object) => at(object, 'ticket_state.internal_label'),
  article: ({ state }) => state,
}

/** The texts of an object that a search by words looks at. */
export const wordsIn = (sort: Sort, object: Document): string => worded[sort].map((path) => at(object, path)).filter((text) => typeof text === 'string').join(' ')

const worded: Readonly<Record<Sort, readonly string[]>> = {
  contact: ['name', 'email', 'phone', 'external_id'],
  company: ['name', 'company_id'],
  conversation: ['source.subject', 'source.body', 'source.author.name', 'source.author.email'],
  ticket: ['ticket_attributes._default_title_', 'ticket_attributes._default_description_'],
  article: ['title', 'description', 'body'],
  internal_article: ['title', 'body'],
}

const titled = (object: Document): string => {
  const title = said(at(object, 'ticket_attributes._default_title_') || at(object, 'ticket_attributes._default_description_'))
  return title ? ` “${title}”` : ''
}

/** Teammates and Fin write in conversations too, but these are with the customer. */
const withWhom = (author: unknown): string => {
  const who = customers.has(String(at(author, 'type'))) && (at(author, 'name') || at(author, 'email'))
  return who ? ` with ${quoted(who, 50)}` : ''
}

const customers = new Set(['user', 'lead', 'contact', 'visitor'])

const about = (object: Document): string => {
  const words = at(object, 'title') || at(object, 'source.subject') || at(object, 'source.body')
  const text = typeof words === 'string' ? said(prose(words)) : ''
  return text ? `: “${text}”` : ''
}

const people = (count: unknown): string => (typeof count === 'number' ? aside(count === 1 ? '1 person' : `${count} people`) : '')
const joined = (between: string, parts: readonly unknown[]): string => parts.filter(Boolean).map(String).join(between)
const aside = (text: unknown): string => (said(text) ? ` (${said(text)})` : '')
const quoted = (text: unknown, most?: number): string => `“${said(text, most) || 'without a name'}”`

/** Text on one line, cut to size, that closes neither quotes nor the marks around what customers wrote. */
const said = (text: unknown, most = 100): string => {
  if (typeof text !== 'string' && typeof text !== 'number') return ''
  const line = plain(String(text)).replace(/\s+/g, ' ').trim().replace(quotes, "'").replaceAll('<', '‹').replaceAll('>', '›')
  return line.length > most ? `${plain(line.slice(0, most)).trimEnd()}…` : line // cut within a character, it is no text any more
}

const quotes = /[“”„‟«»"＂〝〞〟❝❞]/gu

const kinds = { contact, company, conversation, ticket, article, internal_article: undefined } as const

/** A published article has a page of its own. What has no page in Intercom's app is told apart by its id. */
const addressOf = (sort: Sort, object: Document, { app = 'https://app.intercom.com' }: Place): string => {
  const own = sort === 'article' ? web(object.url) : undefined
  const path = kinds[sort]?.path?.(object)
  return own ?? web(path && `${app}${path}`) ?? new URL(`#${idOf(sort, object)}`, app).href
}

/** Addresses longer than this are nobody's to cite. */
const longest = 500

const web = (address: unknown): string | undefined => {
  if (typeof address !== 'string' || !/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const { href } = new URL(address)
  return href.length <= longest ? href : undefined
}
