import type { categories } from '../contract/ticket-types.ts'
import { Rejection } from './handler.ts'
import type { Collection, Store } from './store.ts'

/** A kind of ticket. Its attributes and states are kept apart. */
export interface TicketTypeDocument {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly icon: string
  readonly category: (typeof categories)[number]
  readonly is_internal: boolean
  readonly archived: boolean
  readonly created_at: number
  readonly updated_at: number
}

export const ticketTypes: Collection<TicketTypeDocument> = {
  table: 'ticket_type',
  columns: { updated_at: 'INTEGER' },
  facts: ({ updated_at }) => ({ updated_at }),
}

/** The ticket type of that id, or a 404. */
export const ticketType = (store: Store, id: string): TicketTypeDocument => {
  const found = store.get(ticketTypes, id)
  // [inferred] the words; only the status is known
  if (!found) throw new Rejection(404, 'not_found', 'Resource Not Found')
  return found
}

/** The type as the list of states shows it. */
export const presentTypeBriefly = ({ id, name, description, icon, archived, is_internal, category }: TicketTypeDocument) => ({
  type: 'ticket_type',
  id,
  name,
  description,
  icon,
  archived,
  is_internal,
  category,
})
