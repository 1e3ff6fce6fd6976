import { namesIn } from '../../client/directory.ts'
import { getConversation } from '../../contract/conversations.ts'
import { mentioned } from '../../contract/mention.ts'
import { chosen, type CustomerSections, idOf } from '../../view/customer/customer.ts'
import { isAnswered } from '../../view/customer/talks.ts'
import type { Names } from '../../view/names.ts'
import type { Detail } from '../../view/view.ts'
import type { Contact, Conversation } from './readings.ts'
import { parts, type Section, sections } from './sections.ts'
import { gather } from '../gather.ts'
import { trusted } from '../own-words.ts'
import type { RationedClient } from '../ration.ts'

/** What is known of one customer, and why the rest is not. */
export interface Dossier {
  readonly read: CustomerSections
  readonly names: Names
  readonly messages: ReadonlyMap<string, Conversation>
  /** Parts that could not be read, with the reason in a few words. */
  readonly missing: Readonly<Record<string, string>>
  /** Sections that were not read, to keep within the ration. */
  readonly skipped: readonly Section[]
}

export interface Wanted {
  readonly sections: readonly Section[]
  readonly detail: Detail
  /** Conversations that were read before. */
  readonly conversations: readonly Conversation[]
}

/** Kept of the ration while sections are read: for the names of admins and teams, and one last message. */
const kept = 3
/** Sections read however little is left: what goes on with them is why one asks. */
const least = 2

/** Reads everything wanted of one customer at once, then what was said last and who is who. */
export const dossier = async (contact: Contact, wanted: Wanted, client: RationedClient, signal: AbortSignal): Promise<Dossier> => {
  const full = wanted.detail === 'full'
  const due = sections.filter((section) => wanted.sections.includes(section) && parts[section].count(contact) !== 0)
  const now = due.slice(0, Math.max(least, client.rest() - kept))
  const reads = Object.fromEntries(now.map((section) => [section, () => parts[section].read(contact, { client, signal }, full)]))
  const { found, missing } = await gather<Record<string, unknown>>(reads)
  const read: CustomerSections = { ...Object.fromEntries(wanted.sections.filter((section) => parts[section].count(contact) === 0).map((section) => [section, none])), ...found }
  const [names, said] = await Promise.all([namesFor(contact, read, wanted.detail, client, signal), lastSaid(contact, read, wanted, client, signal)])
  return { read, names, messages: said.messages, missing: { ...missing, ...said.missing, ...nameless(mentions(contact, read, wanted.detail), names) } as Record<string, string>, skipped: due.slice(now.length) } // of absent keys there is nothing to tell
}

/** What to tell where ids stand for want of names. */
const nameless = (mentioning: unknown, names: Names): Record<string, string> => {
  const all = [...mentioned(mentioning).ids].flatMap(([sort, ids]) => [...ids].map((id) => names(sort, id)))
  return all.includes(undefined) ? { 'names of some teammates or teams': 'their ids stand instead' } : {}
}

const none = { items: [], total: 0 }

/** Whatever mentions a teammate or a team among what is shown. */
const mentions = ({ owner_id }: Contact, read: CustomerSections, detail: Detail) => ({
  owner_id,
  authors: read.notes?.items.map((note) => 'author' in note && note.author), // who is named here need not be looked up
  talks: (['conversations', 'tickets'] as const).flatMap((section) => chosen(section, read[section] ?? none, detail)).map(assignees),
})

const assignees = (talk: object) => ({
  admin_assignee_id: 'admin_assignee_id' in talk ? talk.admin_assignee_id : undefined,
  team_assignee_id: 'team_assignee_id' in talk ? talk.team_assignee_id : undefined,
})

const namesFor = (contact: Contact, read: CustomerSections, detail: Detail, client: RationedClient, signal: AbortSignal): Promise<Names> =>
  namesIn(mentions(contact, read, detail), client, signal)

/** How many lists names are looked up in: none for those that stand beside their ids somewhere. */
const listsNeeded = (mentioning: unknown): number => {
  const { ids, names } = mentioned(mentioning)
  return [...ids].filter(([sort, all]) => [...all].some((id) => !names.get(sort)?.has(id))).length
}

/** Conversations of which the last message is read. */
const mostMessages: Readonly<Record<Detail, number>> = { summary: 3, full: 10 }

const lastSaid = async (contact: Contact, read: CustomerSections, { detail, conversations }: Wanted, client: RationedClient, signal: AbortSignal) => {
  const before = new Map(conversations.map((conversation) => [conversation.id, conversation]))
  const wanted = chosen('conversations', read.conversations ?? none, detail).filter(isAnswered).slice(0, mostMessages[detail]).map(idOf)
  const lookups = listsNeeded(mentions(contact, read, detail))
  const now = wanted.filter((id) => !before.has(id)).slice(0, Math.max(0, client.rest() - lookups))
  const { found, missing } = await gather<Record<string, Conversation>>(Object.fromEntries(now.map((id) => [id, () => client.call(getConversation, { id }, { signal })])))
  const failed = Object.entries(missing).map(([id, why]): [string, string] => [`last message of conversation ${trusted(id)}`, why ?? ''])
  return { messages: new Map([...before, ...Object.entries(found).flatMap(([id, talk]): [string, Conversation][] => (talk ? [[id, talk]] : []))]), missing: Object.fromEntries(failed) }
}
