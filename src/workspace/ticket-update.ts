import type * as z from 'zod'
import type { updateTicket } from '../contract/tickets.ts'
import { operatorBot, teammate } from './admins.ts'
import { type Assignment as ConversationAssignment, assigns, closes, opens, snoozes } from './conversation-acts.ts'
import { type Call, Rejection } from './handler.ts'
import { snoozeEnd } from './snooze.ts'
import type { Store } from './store.ts'
import { team } from './teams.ts'
import { type TicketDocument, tickets, withTeammate } from './ticket.ts'
import { readValues } from './ticket-attributes.ts'
import { together } from './ticket-conversation.ts'
import { knownCompany, titled } from './ticket-creation.ts'
import { asAuthor } from './parts.ts'
import { addPart } from './ticket-parts.ts'
import { statesOf, ticketStates } from './ticket-states.ts'
import { attributesOf } from './ticket-type-attributes.ts'

type Changes = Omit<z.output<(typeof updateTicket)['input']>, 'id'>

/** One kind of change: the ticket after it, its parts written. */
type Step = (ticket: TicketDocument, changes: Changes, call: Call) => TicketDocument

/** Changes that nobody in particular makes are the bot's. */
const botPart = ({ store, now }: Call) => ({ author: asAuthor(operatorBot(store)), created_at: now })

const answer: Step = (ticket, { ticket_attributes = {} }, call) => {
  if (Object.keys(ticket_attributes).length === 0) return ticket
  const attributes = attributesOf(call.store, ticket.ticket_type_id)
  const changed = readValues(attributes, ticket_attributes)
  for (const _ of Object.keys(changed)) addPart(call.store, ticket.id, { ...botPart(call), part_type: 'ticket_attribute_updated_by_admin' })
  return titled({ ...ticket, values: { ...ticket.values, ...changed } }, attributes)
}

const transition: Step = (ticket, { ticket_state_id }, call) => {
  if (ticket_state_id === undefined) return ticket
  const state = statesOf(call.store, ticket.ticket_type_id).find(({ id }) => id === ticket_state_id)
  if (!state) throw new Rejection(400, 'ticket_state_id_invalid', 'Ticket state id is not valid or is not associated with the ticket type')
  if (state.id === ticket.ticket_state_id) throw new Rejection(400, 'parameter_invalid', 'Cannot transition ticket to the same state')
  const previous = call.store.get(ticketStates, ticket.ticket_state_id)
  addPart(call.store, ticket.id, {
    ...botPart(call),
    part_type: 'ticket_state_updated_by_admin',
    ticket_state: state.category,
    previous_ticket_state: previous?.category,
    by_app: true,
  })
  return { ...ticket, ticket_state_id: state.id }
}

interface Assignment {
  readonly to: { readonly type: 'admin' | 'team' | 'nobody_admin'; readonly id: string | null }
  readonly assignees: Partial<Pick<TicketDocument, 'admin_assignee_id' | 'team_assignee_id'>>
}

/** [inferred] '0' takes the ticket from the admin and from the team; an admin and a team leave each other in place. */
const assignment = (store: Store, id: string): Assignment | undefined => {
  if (id === '0') return { to: { type: 'nobody_admin', id: null }, assignees: { admin_assignee_id: '0', team_assignee_id: '0' } }
  if (teammate(store, id)) return { to: { type: 'admin', id }, assignees: { admin_assignee_id: id } }
  return team(store, id) && { to: { type: 'team', id }, assignees: { team_assignee_id: id } }
}

/** Conversations have numbers for their assignees, and nothing for nobody. */
const numbered = (assignees: Assignment['assignees']): ConversationAssignment =>
  Object.fromEntries(Object.entries(assignees).map(([place, id]) => [place, Number(id) || null]))

const assign: Step = (ticket, { assignment: wanted }, call) => {
  if (!wanted) return ticket
  const assigner = teammate(call.store, wanted.admin_id ?? call.admin.id)
  const found = assignment(call.store, wanted.assignee_id)
  if (!assigner || !found) throw new Rejection(404, 'assignee_not_found', 'Assignee not found')
  const after = { ...ticket, ...found.assignees }
  if (after.admin_assignee_id === ticket.admin_assignee_id && after.team_assignee_id === ticket.team_assignee_id)
    throw new Rejection(422, 'parameter_invalid', 'already assigned to the specified assignee')
  const author = asAuthor(assigner)
  addPart(call.store, ticket.id, { part_type: 'assignment', author, created_at: call.now, assigned_to: found.to })
  const taken = together(after, (conversation) => assigns(conversation, { author, at: call.now }, numbered(found.assignees), found.to), call)
  return found.to.type === 'admin' ? withTeammate(taken, wanted.assignee_id) : taken
}

/** Closing wins over snoozing, snoozing over opening. [inferred] What is so already leaves no part. */
const openOrClose: Step = (ticket, { open, snoozed_until }, call) => {
  const by = { author: asAuthor(operatorBot(call.store)), at: call.now }
  const becomes = (part_type: string, state: Pick<TicketDocument, 'open' | 'snoozed_until'>, act: typeof opens): TicketDocument => {
    addPart(call.store, ticket.id, { ...botPart(call), part_type })
    return together({ ...ticket, ...state }, (conversation) => act(conversation, by), call)
  }
  if (open === false) return ticket.open ? becomes('close', { open: false, snoozed_until: null }, closes) : ticket
  if (snoozed_until !== undefined) {
    const end = snoozeEnd(snoozed_until, call)
    return becomes('snoozed', { open: true, snoozed_until: end }, (conversation) => snoozes(conversation, by, end))
  }
  const awake = ticket.open && ticket.snoozed_until === null
  return open && !awake ? becomes('open', { open: true, snoozed_until: null }, opens) : ticket
}

const share: Step = (ticket, { is_shared }) => ({ ...ticket, is_shared: is_shared ?? ticket.is_shared })

const aboutCompany: Step = (ticket, { company_id }, { store }) =>
  company_id === undefined ? ticket : { ...ticket, company_id: company_id === null ? null : knownCompany(store, company_id) }

/** In the order in which Intercom writes the parts. */
const steps: readonly Step[] = [answer, transition, assign, openOrClose, share, aboutCompany]

export const updated = (ticket: TicketDocument, changes: Changes, call: Call): TicketDocument =>
  call.store.put(tickets, { ...steps.reduce((before, step) => step(before, changes, call), ticket), updated_at: call.now })
