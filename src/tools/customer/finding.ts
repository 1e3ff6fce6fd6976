import { searchContacts } from '../../contract/contacts.ts'
import { searchConversations } from '../../contract/conversations.ts'
import { listCompanies } from '../../contract/companies.ts'
import type { Query } from '../../contract/search.ts'
import { type Asking, byCompany, byId, companiesBy, type Contact, type Conversation, type Trace, type Way, directly, membersOf, page, peopleOf, sameNumber } from './readings.ts'
import type { Person } from '../../view/customer/profile.ts'
import { folded } from '../../view/folded.ts'
import { contains } from '../account/match.ts'
import { reason } from '../gather.ts'
import { trusted } from '../own-words.ts'
import { digitsOf, type Pasted } from '../pasted/pasted.ts'

/** Everybody whom a pasted text may mean. */
export interface Found {
  readonly people: readonly Person[]
  /** How many they are in all, where `people` are only some. */
  readonly total: number
  /** Whether even a single one of them is only a guess. */
  readonly guessed: boolean
  /** What to tell of the search, in our own words. */
  readonly remarks: readonly string[]
  /** Conversations that were read on the way. */
  readonly conversations: readonly Conversation[]
}

/**
 * Finds whom a pasted text means, in all its readings at once; only where they lead to nobody, by looser ones. Throws a Failure
 * when nothing at all could be looked up.
 */
export const find = async (pasted: Pasted, asking: Asking): Promise<Found> => {
  const [first] = pasted.readings
  const name = shortestName(pasted)
  const steps = [first?.as === 'contact' ? [byId(first.value)] : [], directly(pasted), loosely(pasted), name === undefined ? [] : [bySomeWords(name)]]
  const remarks: string[] = []
  for (const step of steps) {
    const found = await together(step, asking)
    remarks.push(...found.remarks)
    if (found.people.length) return { ...found, remarks }
  }
  return { people: [], total: 0, guessed: false, remarks, conversations: [] }
}

/** Looks in several ways at once. One that fails is told of, unless all do. */
const together = async (ways: readonly Way[], asking: Asking): Promise<Found> => {
  const results = await Promise.allSettled(ways.map((go) => go(asking)))
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (failed.length === results.length && failed.length > 0) throw failed[0]
  const traces = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const reasons = [...new Set(failed.map(reason))].map((why) => `Not everything it may mean could be looked up: ${why}.`)
  return { ...joined(traces), remarks: [...traces.flatMap(({ remark }) => remark ?? []), ...reasons] }
}

/** Each person once, with all that led to them. */
const joined = (traces: readonly Trace[]): Omit<Found, 'remarks'> => {
  const people = new Map<string, { contact: Contact; via: string[] }>()
  for (const { people: found, via } of traces) {
    for (const contact of found) {
      const known = people.get(contact.id) ?? { contact, via: [] }
      people.set(contact.id, { ...known, via: via === undefined ? known.via : [...known.via, via] })
    }
  }
  const unread = traces.reduce((sum, { people: found, total = found.length }) => sum + total - found.length, 0)
  const guessed = traces.every(({ people: found, weak }) => found.length === 0 || weak === true)
  return { people: [...people.values()], total: people.size + unread, guessed, conversations: traces.flatMap(({ conversation }) => conversation ?? []) }
}

/** The name without what is told beside it. */
const shortestName = ({ readings }: Pasted): string | undefined => readings.filter(({ as }) => as === 'name').toSorted((a, b) => a.value.length - b.value.length)[0]?.value

/** Further ways, for when nothing is exactly so. */
const loosely = (pasted: Pasted): readonly Way[] => {
  const { readings } = pasted
  const [, ...companies] = readings.filter(({ as }) => as in companiesBy)
  const name = shortestName(pasted)
  const named = readings.find(({ as }) => as === 'name')
  const ways = readings.flatMap(({ as, value }): Way[] => {
    if (as === 'contact') return [begunBy('source.author.id', value)]
    if (as === 'email') return [begunBy('source.author.email', value)]
    if (as === 'phone') return [byEndOfNumber(value)]
    return []
  })
  return [...ways, ...(name === undefined ? [] : [byEveryWord(name)]), ...(named ? [byPartOfCompany(named.value)] : []), ...(companies.length ? [byCompany(companies)] : [])]
}

/**
 * Whose the conversations now are that somebody began who cannot be found any more. A lead that was merged is gone, and its
 * conversations are the user's, but they still tell who began them.
 */
const begunBy = (field: string, value: string): Way => async (asking) => {
  const query = { field, operator: '=', value } as const
  const { conversations } = await asking.client.call(searchConversations, { query, pagination: { per_page: 20 } }, { signal: asking.signal })
  const people = await peopleOf(conversations.flatMap(({ contacts }) => contacts?.contacts ?? []).map(({ id }) => id).filter((id) => id !== value), asking)
  const [conversation] = conversations
  if (!conversation || people.length === 0) return { people: [] }
  const author = conversation.source?.author?.id
  const still = people.some(({ id }) => id === author)
  const into = people.length === 1 ? trusted(people[0]!.id) : 'one of them'
  return { people, remark: still ? `${value} was their address when they began conversation ${trusted(conversation.id)}.` : `Lead ${trusted(author)} was merged into ${into}: conversation ${trusted(conversation.id)}, which it began, is theirs now.` }
}

/** Endings of a number that are searched for: in groups they may be parted by anything. */
const endings = (digits: string): Query[] =>
  ['', ' ', '-', '.'].map((parting) => ({ field: 'phone', operator: '$', value: `${digits.slice(-4, -2)}${parting}${digits.slice(-2)}` }))

/** Numbers are kept as they were written, so one that is written otherwise is known by its end, and then by all its digits. */
const byEndOfNumber = (phone: string): Way => async ({ client, signal }) => {
  const query: Query = { operator: 'OR', value: endings(digitsOf(phone)) }
  const { data, total_count } = await client.call(searchContacts, { query, pagination: { per_page: page } }, { signal })
  const remark = (total_count ?? 0) > data.length ? `Only ${data.length} of the ${total_count} numbers with this ending were compared.` : undefined
  return { people: data.filter((contact) => sameNumber(contact.phone, phone)), ...(remark && { remark }) }
}

/** Words of a name that are searched for. */
const mostWords = 10

const wordsOf = (name: string): string[] => name.split(/[\s,]+/).filter((word) => word.length > 1).slice(0, mostWords)

const peopleWith = (words: readonly string[], operator: 'AND' | 'OR', { client, signal }: Asking) =>
  client.call(searchContacts, { query: { operator, value: words.map((value): Query => ({ field: 'name', operator: '~', value })) }, pagination: { per_page: page } }, { signal })

/** Who has every word of it in their name, in whatever order. */
const byEveryWord = (name: string): Way => async (asking) => {
  const words = wordsOf(name)
  if (words.length < 2) return { people: [] }
  const { data, total_count } = await peopleWith(words, 'AND', asking)
  return { people: data, total: total_count ?? data.length }
}

/** Who has most words of it in their name. */
const bySomeWords = (name: string): Way => async (asking) => {
  const words = wordsOf(name)
  if (words.length < 2) return { people: [] }
  const { data, total_count } = await peopleWith(words, 'OR', asking)
  const wanted = new Set(words.map(bare))
  const score = (contact: Contact): number => wordsOf(contact.name ?? '').filter((word) => wanted.has(bare(word))).length
  const best = Math.max(0, ...data.map(score))
  const people = data.filter((contact) => score(contact) === best)
  const remark = `Nobody has the whole name.${(total_count ?? 0) > data.length ? ` Only ${data.length} of ${total_count} people with a word of it were compared.` : ''}`
  return { people, weak: true, ...(people.length > 0 && { remark }) }
}

const bare = (word: string): string => folded(word).replace(/[^\p{L}\p{M}\p{N}]/gu, '')

/** Companies looked through for a part of a name, which Intercom does not search for. */
const companiesLookedThrough = 60

const byPartOfCompany = (name: string): Way => async (asking) => {
  const { data } = await asking.client.call(listCompanies, { per_page: companiesLookedThrough }, { signal: asking.signal })
  const [company, ...others] = data.filter((each) => contains(name)(each))
  if (!company) return { people: [] }
  if (others.length) return { people: [], remark: `${others.length + 1} companies have this in their name: get_account lists them.` }
  return membersOf(company, asking)
}

