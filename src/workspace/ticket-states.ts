import type { stateCategories } from '../contract/ticket-types.ts'
import type { Handlers } from './handler.ts'
import type { Collection, Store } from './store.ts'
import { presentTypeBriefly, type TicketTypeDocument, ticketTypes } from './ticket-type.ts'

/** How far a ticket is. */
export interface TicketStateDocument {
  readonly id: string
  readonly category: (typeof stateCategories)[number]
  readonly internal_label: string
  readonly external_label: string
  readonly archived: boolean
  /** The ticket types it belongs to; null for every type there is and will be. */
  readonly ticket_type_ids: readonly string[] | null
}

export const ticketStates: Collection<TicketStateDocument> = {
  table: 'ticket_state',
  columns: { category: 'TEXT' },
  facts: ({ category }) => ({ category }),
}

/** The four states every workspace starts with. A ticket begins in the first. */
export const defaultStates = [
  { category: 'submitted', internal_label: 'Submitted', external_label: 'Submitted' },
  { category: 'in_progress', internal_label: 'In progress', external_label: 'In progress' },
  { category: 'waiting_on_customer', internal_label: 'Waiting on customer', external_label: 'Waiting on you' },
  { category: 'resolved', internal_label: 'Resolved', external_label: 'Resolved' },
] as const

const belongs = (state: TicketStateDocument, typeId: string): boolean => state.ticket_type_ids?.includes(typeId) ?? true

/** The states that tickets of a type go through, in order. An archived one takes no new tickets. */
export const statesOf = (store: Store, typeId: string): TicketStateDocument[] =>
  store.find(ticketStates).filter((state) => !state.archived && belongs(state, typeId))

export const presentState = ({ id, category, internal_label, external_label }: TicketStateDocument) => ({
  type: 'ticket_state' as const,
  id,
  category,
  internal_label,
  external_label,
})

const presentDetailed = (state: TicketStateDocument, types: readonly TicketTypeDocument[]) => ({
  ...presentState(state),
  ticket_types: { type: 'list', data: types.filter(({ id }) => belongs(state, id)).map(presentTypeBriefly) },
  archived: state.archived,
})

export const handlers: Handlers<'ticket-states'> = {
  list_ticket_states: (_, { store }) => {
    const types = store.find(ticketTypes)
    return { type: 'list', data: store.find(ticketStates).map((state) => presentDetailed(state, types)) }
  },
}
