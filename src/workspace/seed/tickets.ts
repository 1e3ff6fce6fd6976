import { type ContactDocument, contacts } from '../contact-document.ts'
import { paragraphs } from '../html.ts'
import type { Store } from '../store.ts'
import { readValues, requireComplete } from '../ticket-attributes.ts'
import { asAuthor, asUser } from '../parts.ts'
import { born, newTicket, titled } from '../ticket-creation.ts'
import { addPart } from '../ticket-parts.ts'
import { ticketStates } from '../ticket-states.ts'
import { tickets } from '../ticket.ts'
import { attributesOf, type TicketTypeAttributeDocument } from '../ticket-type-attributes.ts'
import { type TicketTypeDocument, ticketTypes } from '../ticket-type.ts'
import type { Clock } from './clock.ts'
import { companyIds } from './companies.ts'
import { contactId } from './ids.ts'
import type { Story } from './stories.ts'
import { stateIds, typeId } from './ticket-types.ts'
import { adminIds, colleagues, type Colleague, fin, teamIds } from './workspace.ts'

type Part = Parameters<typeof addPart>[2]

const minutes = 60
const hours = 3600

/** Who acts when a story names nobody. */
const dispatcher = colleagues[0]!

const colleague = (name: Colleague | undefined) => asAuthor(colleagues.find(({ id }) => name && id === adminIds[name]) ?? dispatcher)

const answersOf = ({ title, description, answers = {} }: Story, { ago }: Clock): Record<string, unknown> => ({
  _default_title_: title,
  _default_description_: description,
  ...Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, typeof value === 'object' ? ago(...value) : value])),
})

const handedOver = ({ team, admin }: Story, opened: number): Part[] => {
  const assignment = (type: 'admin' | 'team', id: string): Part => ({
    part_type: 'assignment',
    author: asAuthor(dispatcher),
    created_at: opened + 15 * minutes,
    assigned_to: { type, id },
  })
  return [...(team ? [assignment('team', teamIds[team])] : []), ...(admin ? [assignment('admin', adminIds[admin])] : [])]
}

const said = ({ talk = [], admin }: Story, opened: number, contact: ContactDocument): Part[] =>
  talk.map(([after, by, text]) => ({
    part_type: by === 'note' ? 'note' : 'comment',
    author: by === 'customer' ? asUser(contact) : colleague(by === 'note' ? admin : by),
    created_at: opened + Math.round(after * hours),
    body: paragraphs(text),
  }))

const ended = ({ state, inbox, admin }: Story, category: string, at: number): Part[] => {
  const author = colleague(admin)
  const moved = { part_type: 'ticket_state_updated_by_admin', author, created_at: at, ticket_state: category, previous_ticket_state: 'submitted' }
  const rested = { part_type: inbox === 'closed' ? 'close' : 'snoozed', author, created_at: at + minutes }
  return [...(state === 'submitted' ? [] : [moved]), ...(inbox === undefined ? [] : [rested])]
}

/** Ids of conversations come from the same counter: two were had for every ticket. */
const nextId = (store: Store): number => {
  store.next('conversation_or_ticket')
  store.next('conversation_or_ticket')
  return store.next('conversation_or_ticket')
}

const layTicket = (store: Store, story: Story, { type, attributes }: Asked, clock: Clock): void => {
  const values = readValues(attributes, answersOf(story, clock))
  requireComplete(attributes, values)
  const state = store.get(ticketStates, stateIds[story.state])!
  const contact = store.get(contacts, contactId(story.person))!
  const opened = clock.ago(...story.opened)
  const before = [born(asAuthor(fin), { category: 'submitted' }, opened), ...handedOver(story, opened), ...said(story, opened, contact)]
  const parts = [...before, ...ended(story, state.category, before.at(-1)!.created_at + 10 * minutes)]
  const ticket = {
    ...newTicket(nextId(store), store.next('ticket_number'), type, state),
    ...courseOf(story, clock),
    values,
    contact_ids: [contact.id],
    teammate_ids: [...new Set(parts.flatMap(({ author, assigned_to }) => [author, assigned_to]).flatMap((one) => (one?.type === 'admin' ? [one.id!] : [])))],
    created_at: opened,
    updated_at: parts.at(-1)!.created_at,
  }
  store.put(tickets, titled(ticket, attributes))
  for (const part of parts) addPart(store, ticket.id, part)
}

const courseOf = ({ team, admin, company, inbox }: Story, { ago }: Clock) => ({
  team_assignee_id: team ? teamIds[team] : '0',
  admin_assignee_id: admin ? adminIds[admin] : '0',
  company_id: company ? companyIds([company])[0]! : null,
  open: inbox !== 'closed',
  snoozed_until: typeof inbox === 'number' ? ago(-inbox, 14) : null,
})

/** A kind of ticket with what it asks. */
interface Asked {
  readonly type: TicketTypeDocument
  readonly attributes: readonly TicketTypeAttributeDocument[]
}

/** Tells every story, the oldest first, so that ids grow with time. */
export const layTickets = (store: Store, stories: readonly Story[], clock: Clock): void => {
  const asked = new Map(store.find(ticketTypes).map((type): [string, Asked] => [type.id, { type, attributes: attributesOf(store, type.id) }]))
  const age = ({ opened: [days, hour] }: Story): number => days * 24 - hour
  for (const story of stories.toSorted((a, b) => age(b) - age(a))) layTicket(store, story, asked.get(typeId(story.kind))!, clock)
}
