import type { Client } from '../../client/client.ts'
import type { Query } from '../../contract/search.ts'
import { excerptAround, readable, wordsIn } from '../../view/excerpt.ts'
import type { CallContext } from '../call.ts'
import { all } from './filter-tree.ts'
import { gather } from '../gather.ts'
import { type Answered, askFor, type Document, type Request, type Search } from './request.ts'

/** How far one kind of object is looked into for words, beyond what Intercom searches. */
export interface Depth {
  /** What an excerpt calls the id of what it is from. */
  readonly id: 'conversation_id' | 'ticket_id'
  /** As many of those updated last are read whole. */
  readonly recent: number
  /** What Intercom's search looks at, and what there is besides, each in words for a note. */
  readonly searched: string
  readonly beyond: string
  /** One of them whole; absent where a search answers them so. */
  readonly whole?: (id: string, client: Client, signal: AbortSignal) => Promise<Document>
  /** All that was written in it, as HTML or plain text. */
  readonly texts: (whole: Document) => readonly unknown[]
}

/** What is looked for. */
export interface Sought {
  readonly words: readonly string[]
  /** The query without the words. */
  readonly rest: Query
  readonly depth: Depth
}

/** Looks for words in what Intercom searches and, on a first page, in all that was written in those updated last. */
export const searchDeep = async (search: Search, request: Request, sought: Sought, context: CallContext): Promise<Answered> => {
  const { words, depth } = sought
  const { per_page, starting_after } = request.pagination
  const deeper = starting_after === undefined && per_page > 1 ? await beyond(search, request.query, sought, context) : undefined
  const found = deeper?.found.slice(0, per_page - 1) ?? []
  // so that no more are shown than were asked for, and the cursor passes none over
  const page = await askFor(search, { ...request, pagination: { ...request.pagination, per_page: per_page - found.length } }, context)
  const excerpts = [...found, ...page.items.map((item) => ({ item, excerpt: excerptOf(depth.texts(item), words) }))]
  const output = {
    ...page.answer,
    [search.items]: [...found.map(({ item }) => item), ...page.items],
    excerpts: excerpts.map(({ item, excerpt }) => ({ [depth.id]: item.id, found_in: excerpt })),
    ...(page.total !== undefined && { total_count: page.total + (deeper?.found.length ?? 0) }),
  }
  const hidden = (deeper?.found.length ?? 0) - found.length
  const unshown = hidden > 0 ? ` ${hidden} of those ${hidden === 1 ? 'is' : 'are'} not shown: raise per_page.` : ''
  return { output, note: deeper ? `${deeper.note}${unshown}` : `Only ${depth.searched} were looked through for this page.` }
}

const newestFirst = { field: 'updated_at', order: 'descending' } as const

/** Those updated last that have the words anywhere but where Intercom would have found them. */
const beyond = async (search: Search, query: Query, { words, rest, depth }: Sought, context: CallContext) => {
  const recent = await askFor(search, { query: rest, pagination: { per_page: depth.recent }, sort: newestFirst }, context)
  const ids = recent.items.map(({ id }) => String(id))
  const known = ids.length ? await askFor(search, { query: all(query, { field: 'id', operator: 'IN', value: ids }), pagination: { per_page: depth.recent } }, context) : undefined
  const others = recent.items.filter(({ id }) => !known?.items.some((item) => String(item.id) === String(id)))
  const { read, unread } = await whole(others, depth, context)
  const found = read.flatMap(({ item, texts }) => (hasAll(texts, words) ? [{ item, excerpt: excerptOf(texts, words) }] : []))
  return { found, note: told({ total: recent.total ?? ids.length, read: ids.length, found: found.length, unread }, depth) }
}

const whole = async (items: readonly Document[], depth: Depth, { client, signal }: CallContext) => {
  const reads = items.map(({ id }): [string, () => Promise<Document>] => [String(id), () => depth.whole!(String(id), client, signal)])
  const { found, missing } = depth.whole ? await gather<Record<string, Document>>(Object.fromEntries(reads)) : { found: Object.fromEntries(items.map((item) => [String(item.id), item])), missing: {} }
  const read = items.flatMap((item) => {
    const document = found[String(item.id)]
    return document ? [{ item, texts: depth.texts(document) }] : []
  })
  return { read, unread: Object.values(missing) }
}

const hasAll = (texts: readonly unknown[], words: readonly string[]): boolean => {
  const joined = texts.filter((text) => typeof text === 'string').map(readable).join('\n')
  return wordsIn(joined, words).length === words.length
}

/** Of the text that has most of the words. */
const excerptOf = (texts: readonly unknown[], words: readonly string[]): string | undefined => {
  const [best] = texts
    .filter((text) => typeof text === 'string')
    .map(readable)
    .map((text) => ({ text, count: wordsIn(text, words).length }))
    .toSorted((one, other) => other.count - one.count)
  return best && best.count > 0 ? excerptAround(best.text, words) : undefined
}

interface Looked {
  /** How many there are, how many of them were read whole, how many of those had the words. */
  readonly total: number
  readonly read: number
  readonly found: number
  /** Why some could not be. */
  readonly unread: readonly (string | undefined)[]
}

const told = ({ total, read, found, unread }: Looked, { searched, beyond: more }: Depth): string => {
  const deep = read === total ? `${more} of all ${total}` : `${searched} of all ${total}, ${more} of the ${read} most recently updated`
  const lacking = unread.length ? ` ${unread.length} of those could not be read: ${unread[0]}.` : ''
  return `Looked through ${deep}.${found > 0 ? ` ${found} ${found === 1 ? 'was' : 'were'} found only there.` : ''}${lacking}`
}
