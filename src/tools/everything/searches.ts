import type { Input, Operation, Output } from '../../contract/operation.ts'
import type { Document, Sort } from '../../view/found.ts'
import type { CallContext } from '../call.ts'
import { fittest, type Places, type Wanted, withAll, withAny } from './words.ts'
import { unlessGone } from '../gather.ts'

type Ask = <O extends Operation>(operation: O, input: Input<O>) => Promise<Output<O>>
type Look = (wanted: Wanted, ask: Ask) => Promise<readonly Document[]>

/** Of each sort so many are asked for. */
const per_page = 10

/** One slow search must not keep the others' results. */
const deadlineMs = 10_000

/** Looks for words among the objects of one sort. Throws the client's Failure. */
export const lookAmong = (sort: Sort, wanted: Wanted, { client, signal }: Pick<CallContext, 'client' | 'signal'>): Promise<readonly Document[]> =>
  looks[sort](wanted, (operation, input) => client.call(operation, input, { signal, deadlineMs }))

/** What has all of the words; where nothing has, what has some of them, the most first. */
const bySearch = async (sort: Sort, wanted: Wanted, places: Places, search: (query: ReturnType<typeof withAll>) => Promise<readonly Document[]>): Promise<readonly Document[]> => {
  const complete = await search(withAll(wanted, places))
  return complete.length > 0 || wanted.words.length < 2 ? complete : fittest(sort, await search(withAny(wanted, places)), wanted)
}

const looks: Readonly<Record<Sort, Look>> = {
  contact: async (wanted, ask) => {
    const { searchContacts } = await import('../../contract/contacts.ts')
    const places = { texts: ['name', 'email'], values: ['id', 'external_id', 'email', 'phone'] }
    return bySearch('contact', wanted, places, async (query) => (await ask(searchContacts, { query, pagination: { per_page } })).data)
  },
  company: async (wanted, ask) => {
    const { findCompanies, listCompanies } = await import('../../contract/companies.ts')
    const named = await unlessGone(ask(findCompanies, { name: wanted.text }))
    if (named && 'id' in named) return [named]
    // Intercom finds exact names only, so the sixty active last are looked through
    return fittest('company', (await ask(listCompanies, { per_page: 60 })).data, wanted)
  },
  conversation: async (wanted, ask) => {
    const { searchConversations } = await import('../../contract/conversations.ts')
    const places = { texts: ['source.body', 'source.subject', 'source.author.name'], values: ['id', 'source.author.email'] }
    return bySearch('conversation', wanted, places, async (query) => (await ask(searchConversations, { query, pagination: { per_page } })).conversations)
  },
  ticket: async (wanted, ask) => {
    const { searchTickets } = await import('../../contract/tickets.ts')
    const places = { texts: ['title', 'description'], values: ['id'] }
    return bySearch('ticket', wanted, places, async (query) => (await ask(searchTickets, { query, pagination: { per_page } })).tickets)
  },
  article: async ({ words }, ask) => {
    if (words.length === 0) return [] // a phrase without words finds all of them
    const { searchArticles } = await import('../../contract/articles.ts')
    return (await ask(searchArticles, { phrase: words.join(' '), state: 'published', per_page })).data.articles
  },
  internal_article: async (wanted, ask) => {
    const { listInternalArticles } = await import('../../contract/internal-articles.ts')
    // Intercom does not search them by words, so the fifty changed last are looked through
    return fittest('internal_article', (await ask(listInternalArticles, { per_page: 50 })).data, wanted)
  },
}
