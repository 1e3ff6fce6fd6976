import type { Client } from '../../client/client.ts'
import { type Entry, listing } from '../../client/directory.ts'
import { folded } from '../../view/folded.ts'
import { BadArguments } from '../arguments.ts'
import type { Field } from './filter-fields.ts'
import { ifReadable } from '../if-readable.ts'
import { suggestion } from '../nearest.ts'
import type { Named } from './vocabulary.ts'

/** What a value stands for. */
export interface Meant {
  readonly value: unknown
  /** In words, for who asked. */
  readonly said: string
  /** Whether it had to be looked up, or is another word for it. */
  readonly lookedUp?: true
  /** The field it is of, where that is not the one that was named. */
  readonly field?: string
}

export interface Directory {
  readonly client: Client
  readonly signal: AbortSignal
}

const nobody = new Set(['', 'nobody', 'none', 'unassigned', 'no one', 'noone', 'no-one', 'null', '0'])

/** Whether a value of such a field means that there is nobody in it. */
export const isNobody = (value: unknown, { names }: Field): boolean =>
  value === null || ((names === 'admin' || names === 'team' || names === 'assignee') && nobody.has(String(value).trim().toLowerCase()))

/** What is called so, or has that id. A contact may be several: leads may share an email. Throws BadArguments. */
export const named = async (value: unknown, { names, name, type }: Field, directory: Directory): Promise<Meant[]> => {
  const meant = String(value).trim()
  const found = isId(meant, names!) ? [await numbered(meant, names!, directory)] : await lookups[names!](meant, directory, name)
  return found.map((each) => ({ ...each, value: type === 'integer' ? Number(each.value) : each.value }))
}

/** Segments and contacts have 24 hexadecimal characters, all else a number. */
const isId = (text: string, names: Named): boolean => (names === 'segment' || names === 'contact' ? /^[0-9a-f]{24}$/i : /^\d+$/).test(text)

/** An assignee's id may be a team's. */
const numbered = async (id: string, names: Named, directory: Directory): Promise<Meant> => {
  const team = names === 'assignee' ? (await teams(directory)).find((each) => each.id === id) : undefined
  return team ? meaning(team) : { value: id, said: id }
}

type Lookup = (meant: string, directory: Directory, field: string) => Promise<Meant[]>

interface Called extends Entry {
  readonly also?: string | null
  readonly field?: string
}

const same = (one: string | null | undefined, other: string): boolean => one?.trim().toLowerCase() === other.toLowerCase()
const alike = (one: string | null | undefined, other: string): boolean => folded(one?.trim() ?? '') === folded(other)
const label = ({ name, id }: Entry): string => `${name} (${id})`
const meaning = (entry: Called): Meant => ({ value: entry.id, said: label(entry), lookedUp: true, field: entry.field })

/** How a name may be meant, the surest first: its very words, without their accents or, of people and teams, a part of it. */
const ways: readonly ((entry: Called, meant: string, sort: string) => boolean)[] = [
  ({ name, also }, meant) => same(name, meant) || same(also, meant),
  ({ name }, meant) => alike(name, meant),
  ({ name }, meant, sort) => (sort === 'admin' || sort === 'team') && name.split(/\s+/).some((part) => alike(part, meant)),
]

/** The one entry of that name. Throws BadArguments that says which there are. */
const oneOf = (entries: readonly Called[], meant: string, sort: string): Meant[] => {
  const found = ways.map((isMeant) => entries.filter((entry) => isMeant(entry, meant, sort))).find(({ length }) => length > 0) ?? []
  const [only] = found
  if (found.length > 1) throw new BadArguments(`Several are called ${quoted(meant)}: ${found.map(label).join(', ')}. Give the id.`)
  if (!only) throw new BadArguments(nothing(entries, meant, sort))
  return [meaning(only)]
}

const nothing = (entries: readonly Called[], meant: string, sort: string): string => {
  const names = entries.map(({ name }) => name)
  const more = names.length > mostNames ? `, and ${names.length - mostNames} more` : ''
  return `There is no ${sort.replace('_', ' ')} ${quoted(meant)}.${suggestion(meant, names)} There are: ${names.slice(0, mostNames).join(', ') || 'none'}${more}.`
}

/** Names that an error lists. */
const mostNames = 40

const quoted = (text: string): string => JSON.stringify(text.slice(0, 64))

const listed =
  (sort: Exclude<Named, 'contact' | 'assignee' | 'admin'>): Lookup =>
  async (meant, { client, signal }) =>
    oneOf(await listing(sort, client, signal), meant, sort)

const admins = async ({ client, signal }: Directory): Promise<Called[]> => {
  const { listAdmins } = await import('../../contract/admins.ts')
  const answer = await client.call(listAdmins, {}, { signal })
  return answer.admins.map(({ id, name, email }) => ({ id: String(id), name: name ?? '', also: email }))
}

const me = async ({ client, signal }: Directory): Promise<Meant[]> => {
  const { identifyAdmin } = await import('../../contract/admins.ts')
  const { id, name } = await client.call(identifyAdmin, {}, { signal })
  return [meaning({ id: String(id), name: name ?? 'me' })]
}

const isMe = (meant: string): boolean => same('me', meant) || same('myself', meant)

/** They stand in a field of their own. None where they may not be read. */
const teams = async ({ client, signal }: Directory): Promise<Called[]> => ((await ifReadable(listing('team', client, signal))) ?? []).map((team) => ({ ...team, field: 'team_assignee_id' }))

const assignee: Lookup = async (meant, directory) => {
  if (isMe(meant)) return me(directory)
  return oneOf((await Promise.all([admins(directory), teams(directory)])).flat(), meant, 'admin')
}

/** One search by email, external id and name at once. Who has the email or the external id is meant before who has the name. */
const contact: Lookup = async (meant, { client, signal }) => {
  const { searchContacts } = await import('../../contract/contacts.ts')
  const value = (['email', 'external_id', 'name'] as const).map((field) => ({ field, operator: '=' as const, value: meant }))
  const { data } = await client.call(searchContacts, { query: { operator: 'OR', value }, pagination: { per_page: 15 } }, { signal })
  const certain = data.filter(({ email, external_id }) => same(email, meant) || external_id === meant)
  const found = certain.length ? certain : data
  if (!found.length) throw new BadArguments(`No contact has the email, external id or name ${quoted(meant)}. search_contacts with \`text\` finds people by parts of them.`)
  // their names are not told here: customers wrote them
  if (!certain.length && found.length > 1) throw new BadArguments(`${found.length} contacts are called ${quoted(meant)}: ${found.map(({ id }) => id).join(', ')}. search_contacts tells them apart; give the id.`)
  return found.map(({ id }) => ({ value: id, said: `${meant.slice(0, 64)} (${id})`, lookedUp: true }))
}

const lookups: Readonly<Record<Named, Lookup>> = {
  admin: async (meant, directory) => (isMe(meant) ? me(directory) : oneOf(await admins(directory), meant, 'admin')),
  assignee,
  contact,
  team: listed('team'),
  tag: listed('tag'),
  segment: listed('segment'),
  ticket_type: listed('ticket_type'),
}
