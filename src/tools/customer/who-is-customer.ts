import type * as z from 'zod'
import { namesIn } from '../../client/directory.ts'
import { searchConversations } from '../../contract/conversations.ts'
import { lookOf } from '../../view/customer/pieces.ts'
import { match, type Person } from '../../view/customer/profile.ts'
import { tell } from '../../view/customer/customer.ts'
import { present } from '../../view/present.ts'
import { namesShown, shownOf } from '../../view/redaction/shown.ts'
import { BadArguments, parse } from '../arguments.ts'
import { type CallContext, result, type ToolResult } from '../call.ts'
import { completeness, nobody, ofSeveral } from './completeness.ts'
import { find, type Found } from './finding.ts'
import { dossier } from './gathering.ts'
import { countsOf } from './sections.ts'
import { gather } from '../gather.ts'
import { customerSections, WhoInput } from '../overview-tools.ts'
import { type Pasted, readPasted } from '../pasted/pasted.ts'
import { rationed, type RationedClient } from '../ration.ts'

type Asked = z.output<typeof WhoInput>

/** Calls of Intercom that one answer makes at most, finding included. */
const calls = { summary: 12, full: 30 } as const

/** Finding, then the sections, then names and messages: three rounds, each of which ends in time for the next. */
const time = { eachMs: 8_000, wholeMs: 24_000 } as const

/** Who somebody is and what goes on with them. Throws BadArguments, and a Failure when nothing at all could be looked up. */
export const whoIsCustomer = async (args: unknown, context: CallContext): Promise<ToolResult> => {
  const asked = parse(WhoInput, args) as Asked // as the schema parsed them
  const pasted = readPasted(asked.customer)
  if (pasted.readings.length === 0) throw new BadArguments(unreadable(pasted))
  const client = rationed(context.client, { calls: calls[asked.detail ?? 'summary'], ...time, now: context.now })
  const found = await find(pasted, { client, signal: context.signal })
  const remarks = [...elsewhere(pasted, context), ...found.remarks]
  const [person] = found.people
  if (!person) return answered({ total: 0, matches: [], completeness: nobody(pasted, remarks), calls: client.spent() }, context)
  if (found.total > 1 || found.guessed) return several({ ...found, remarks }, client, context)
  return one(person, { ...found, remarks }, asked, client, context)
}

const unreadable = ({ text, region }: Pasted): string =>
  region ? 'This link leads to no person, company, conversation or ticket. Give a link to one of those, an email, a name or an id.' : `customer: nothing to look for in ${JSON.stringify(text)}. Give an email, phone, id, name or link.`

/** A link tells its region, and a server works with one only. */
const elsewhere = ({ region }: Pasted, { place }: CallContext): string[] => {
  const ours = /^https:\/\/app\.(?:(eu|au)\.)?/.exec(place.app ?? '')?.[1] ?? 'us'
  return region && place.app && region !== ours ? [`The link is to the region ${region.toUpperCase()}, and this server works with ${ours.toUpperCase()}: it may mean somebody else.`] : []
}

const answered = (answer: Record<string, unknown>, { place, nonce }: CallContext): ToolResult => result(present(answer, { place, nonce: nonce(), customers: ['customer', 'matches'] }))

const one = async ({ contact, via }: Person, found: Found, asked: Asked, client: RationedClient, context: CallContext): Promise<ToolResult> => {
  const { detail = 'summary', sections: wanted = customerSections } = asked
  const known = await dossier(contact, { sections: wanted, detail, conversations: found.conversations }, client, context.signal)
  const messages = new Map([...known.messages].map(([id, message]) => [id, shownOf(message, context.redact)]))
  const look = await lookOf(detail, { names: namesShown(known.names, context.redact), messages, place: context.place })
  const { customer, counts, ...gaps } = tell({ contact: shownOf(contact, context.redact), via }, shownOf(known.read, context.redact), countsOf(contact, wanted), look)
  const said = completeness({ id: contact.id, detail, ...gaps, remarks: found.remarks, ...known, few: context.client.left() !== undefined })
  return answered({ customer, counts, completeness: said, calls: client.spent() }, context)
}

/** People that are listed when several match. */
const mostMatches = 10

const several = async ({ people, total, remarks }: Found, client: RationedClient, context: CallContext): Promise<ToolResult> => {
  const shown = people.slice(0, mostMatches)
  const contacts = shown.map(({ contact }) => contact)
  const { found } = await gather({
    names: () => namesIn(contacts.map(({ owner_id }) => ({ owner_id })), client, context.signal),
    open: () => openOf(contacts.map(({ id }) => id), client, context.signal),
  })
  const look = await lookOf('summary', { names: namesShown(found.names ?? (() => undefined), context.redact), place: context.place, messages: new Map() })
  const matches = shown.map(({ contact, via }) => ({ ...match({ contact: shownOf(contact, context.redact), via }, look), ...(found.open && { open_conversations: found.open(contact.id) }) }))
  return answered({ total, matches, completeness: ofSeveral(total, shown.length, remarks), calls: client.spent() }, context)
}

/** How many open conversations each of these people has. */
const openOf = async (ids: readonly string[], client: RationedClient, signal: AbortSignal): Promise<(id: string) => number | undefined> => {
  const query = { operator: 'AND', value: [{ field: 'contact_ids', operator: 'IN', value: ids }, { field: 'state', operator: '=', value: 'open' }] } as const
  const { conversations, total_count } = await client.call(searchConversations, { query: { ...query, value: [...query.value] }, pagination: { per_page: 150 } }, { signal })
  const complete = (total_count ?? 0) <= conversations.length
  return (id) => (complete ? conversations.filter(({ contacts }) => contacts?.contacts?.some((contact) => contact.id === id)).length : undefined)
}
