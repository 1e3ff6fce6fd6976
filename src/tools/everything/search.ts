import { type Document, type Found, found, type Sort, sorts } from '../../view/found.ts'
import { plain } from '../../view/plain.ts'
import { shownOf } from '../../view/redaction/shown.ts'
import { BadArguments, parse } from '../arguments.ts'
import type { CallContext, ToolResult } from '../call.ts'
import { existing, namedBy, numbered } from './objects.ts'
import { lookAmong } from './searches.ts'
import { type Wanted, wantedIn } from './words.ts'
import { gather, remedy } from '../gather.ts'
import { inJson } from './in-json.ts'
import { SearchInput } from '../overview-tools.ts'

/** Most results of one search. */
const most = 20

/** Where an email address or a phone number is looked for: elsewhere its parts would only find what is about something else. */
const ofPeople: readonly Sort[] = ['contact', 'conversation', 'ticket']

/** Finds by words, or the very object whose id, address or link is given. A sort that cannot be read is left out. */
export const search = async (args: unknown, context: CallContext): Promise<ToolResult> => {
  const { query } = parse(SearchInput, args) as { query: string } // as the schema has it
  if (!plain(query).trim()) throw new BadArguments('query: there is nothing in it to look for. Give words, a name, an email or an id.')
  const results = (await meantBy(query, context)) ?? (await byWords(wantedIn(query), context))
  return inJson({ results: results.slice(0, most) })
}

/** The objects with that id, and the people to whom it is an id from elsewhere. Undefined for words, as which also an id may be meant that nothing has. */
const meantBy = async (query: string, context: CallContext): Promise<Found[] | undefined> => {
  const named = namedBy(query)
  if (named.length === 0) return undefined
  const bare = /^\s*#?\w+\s*$/.test(query)
  const people = bare ? amongAll(['contact'], wantedIn(query), context) : undefined
  const [{ there }, tickets, others] = await Promise.all([existing(named, context), numbered(query, context), people])
  const results = distinct([...[...there, ...tickets].map(({ sort, object }) => found(sort, shownOf(object, context.redact), context.place)), ...(others?.lists.flat() ?? [])])
  return results.length > 0 || !bare ? results : undefined
}

const byWords = async (wanted: Wanted, context: CallContext): Promise<Found[]> => {
  const { lists, missing } = await amongAll(isOfPeople(wanted) ? ofPeople : sorts, wanted, context)
  if (lists.length === 0) throw new BadArguments([`Nothing could be searched. ${missing.join('. ')}.`, ...remedy(missing)].join(' '))
  return inTurn(lists)
}

const isOfPeople = ({ words: [word = ''], text }: Wanted): boolean => word === text && /@|^\+?\d{7,}$/.test(word)

const amongAll = async (among: readonly Sort[], wanted: Wanted, context: CallContext): Promise<{ lists: Found[][]; missing: string[] }> => {
  const { found: objects, missing } = await gather<Record<string, readonly Document[]>>(Object.fromEntries(among.map((sort) => [sort, () => lookAmong(sort, wanted, context)])))
  const lists = among.flatMap((sort) => (objects[sort] ? [objects[sort].map((object) => found(sort, shownOf(object, context.redact), context.place))] : []))
  return { lists, missing: Object.entries(missing).map(([sort, reason]) => `${sort}: ${reason}`) }
}

/** The best of each list, then the second of each, and so on: no list tells how its best compares with another's. */
const inTurn = (lists: readonly (readonly Found[])[]): Found[] => {
  const longest = Math.max(...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, place) => lists.flatMap((list) => list[place] ?? [])).flat()
}

const distinct = (results: readonly Found[]): Found[] => results.filter(({ id }, place) => results.findIndex((other) => other.id === id) === place)
