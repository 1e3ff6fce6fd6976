import type { Document, Sort } from '../../view/found.ts'
import type { CallContext } from '../call.ts'
import { gather, unlessGone } from '../gather.ts'
import { readPasted } from '../pasted/pasted.ts'

/** An object that somebody means. */
export interface Named {
  readonly sort: Sort
  readonly id: string
}

/** What an id, an address or a link may stand for, the likeliest first; none for words. */
export const namedBy = (text: string): Named[] => {
  const address = addressed(text.trim())
  if (address) return [address]
  const { readings } = readPasted(text)
  const named = readings.flatMap(({ as, value }): Named[] => (isSort(as) ? [{ sort: as, id: value }] : []))
  return [...named, ...articlesBy(text)]
}

const isSort = (sense: string): sense is 'contact' | 'company' | 'conversation' | 'ticket' => ['contact', 'company', 'conversation', 'ticket'].includes(sense)

/** A bare number may be an article's too. */
const articlesBy = (text: string): Named[] => {
  const id = /^\s*#?(\d+)\s*$/.exec(text)?.[1]
  return id ? [{ sort: 'article', id }, { sort: 'internal_article', id }] : []
}

/** Our own ids, addresses of resources, and pages of the Help Center, in the app or published. */
const addresses: readonly (readonly [address: RegExp, sort?: Sort])[] = [
  [/^(contact|company|conversation|ticket|article|internal_article):([\w-]+)$/],
  [/^intercom:\/\/articles\/(\d+)$/, 'article'],
  [/^intercom:\/\/internal-articles\/(\d+)$/, 'internal_article'],
  [/^https?:\/\/[^/?#]+\/(?:[^?#]+\/)?articles\/(\d+)(?:[-/?#]|$)/, 'article'],
]

/** Whether a text is an address that can mean one object only. */
export const isOurs = (text: string): boolean => addressed(text.trim()) !== undefined

const addressed = (text: string): Named | undefined => {
  for (const [address, sort] of addresses) {
    const [, first = '', second = ''] = address.exec(text) ?? []
    if (first) return sort ? { sort, id: first } : { sort: first as Sort, id: second } // the first address names the sorts
  }
  return undefined
}

type Read = (id: string, context: Pick<CallContext, 'client' | 'signal'>) => Promise<Document>

const reads: Readonly<Record<Sort, Read>> = {
  contact: async (id, { client, signal }) => client.call((await import('../../contract/contacts.ts')).getContact, { id }, { signal }),
  company: async (id, { client, signal }) => client.call((await import('../../contract/companies.ts')).getCompany, { id }, { signal }),
  conversation: async (id, { client, signal }) => client.call((await import('../../contract/conversations.ts')).getConversation, { id }, { signal }),
  ticket: async (id, { client, signal }) => client.call((await import('../../contract/tickets.ts')).getTicket, { id }, { signal }),
  article: async (id, { client, signal }) => client.call((await import('../../contract/articles.ts')).getArticle, { id }, { signal }),
  internal_article: async (id, { client, signal }) => client.call((await import('../../contract/internal-articles.ts')).getInternalArticle, { id }, { signal }),
}

/** One object of those that can be found. Throws the client's Failure. */
export const readObject = ({ sort, id }: Named, context: Pick<CallContext, 'client' | 'signal'>): Promise<Document> => reads[sort](id, context)

interface Existing extends Named {
  readonly object: Document
}

/** Those that there are of several. Why it is not known of others stands in `missing`. */
export const existing = async (named: readonly Named[], context: Pick<CallContext, 'client' | 'signal'>): Promise<{ readonly there: Existing[]; readonly missing: string[] }> => {
  const { found, missing } = await gather<Record<string, Document | undefined>>(Object.fromEntries(named.map((each) => [each.sort, () => unlessGone(readObject(each, context))])))
  const there = named.flatMap((each) => (found[each.sort] ? [{ ...each, object: found[each.sort]! }] : []))
  return { there, missing: Object.entries(missing).map(([sort, reason]) => `${sort}: ${reason}`) }
}

/** The ticket that people know by this number, if it is among the newest: the API cannot search for numbers. */
export const numbered = async (text: string, { client, signal }: Pick<CallContext, 'client' | 'signal'>): Promise<Existing[]> => {
  const number = isOurs(text) ? undefined : readPasted(text).readings.find(({ as }) => as === 'ticket_number')?.value
  if (!number) return []
  const { ticketNumbered } = await import('../customer/readings.ts')
  const { found } = await gather({ ticketNumbered: () => ticketNumbered(number, { client, signal }) })
  const ticket = found.ticketNumbered?.ticket
  return ticket ? [{ sort: 'ticket', id: ticket.id, object: ticket }] : []
}
