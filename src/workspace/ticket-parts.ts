import type { Attachment } from './attachments.ts'
import { appPackageCode, type Assignee, newestParts, type PartAuthor, removeThem } from './parts.ts'
import { type Collection, type Sql, sql, type Store } from './store.ts'

/** One entry in a ticket's history. */
export interface TicketPartDocument {
  readonly id: string
  readonly ticket_id: string
  readonly part_type: string
  readonly created_at: number
  readonly updated_at: number
  readonly author: PartAuthor
  readonly attachments: readonly Attachment[]
  readonly body?: string
  /** Categories of the states, not the states themselves. */
  readonly ticket_state?: string
  readonly previous_ticket_state?: string
  readonly assigned_to?: Assignee
  /** Taken back, in the conversation that the ticket was made of. */
  readonly redacted?: boolean
  /** True when it came through the API in a way that Intercom marks with the app's name. */
  readonly by_app?: boolean
}

const ticketParts: Collection<TicketPartDocument> = {
  table: 'ticket_part',
  columns: { ticket_id: 'TEXT', created_at: 'INTEGER' },
  facts: ({ ticket_id, created_at }) => ({ ticket_id, created_at }),
  indexed: ['ticket_id'],
}

export type NewTicketPart = Pick<TicketPartDocument, 'part_type' | 'author' | 'created_at'> & Partial<Omit<TicketPartDocument, 'id' | 'ticket_id'>>

/** Writes a new part into a ticket's history. */
export const addPart = (store: Store, ticketId: string, { part_type, ...part }: NewTicketPart): TicketPartDocument =>
  store.put(ticketParts, { id: String(store.next('part')), ticket_id: ticketId, part_type, attachments: [], updated_at: part.created_at, ...part })

/** Who said what, and when. */
type Said = Pick<TicketPartDocument, 'created_at'> & { readonly author: PartAuthor; readonly body: string | null }

/** What does not apply to a part is absent from it, not null. */
export const presentPart = (part: TicketPartDocument) => {
  const { ticket_id: _, by_app, attachments, redacted = false, ...said } = part
  return {
    type: 'ticket_part',
    ...said,
    attachments: [...attachments],
    redacted,
    ...(by_app && { app_package_code: appPackageCode }),
  }
}

const partsOf = (ticketId: string): Sql => sql`ticket_id = ${ticketId}`

/** The newest parts of a ticket, oldest of them first, and how many there are in all. */
export const presentParts = (store: Store, ticketId: string) => {
  const { parts, total } = newestParts(store, ticketParts, partsOf(ticketId))
  return { type: 'ticket_part.list', ticket_parts: parts.map(presentPart), total_count: total }
}

/** Puts what a part becomes in the place of every part of a ticket that says the same as `said`. */
export const replaceSaid = (store: Store, ticketId: string, said: Said, becomes: Partial<TicketPartDocument>): void => {
  // not by the author's id: a lead who was merged since has the user's
  const saysIt = ({ author, created_at, body }: TicketPartDocument) => author.type === said.author.type && created_at === said.created_at && body === said.body
  for (const part of store.find(ticketParts, { where: partsOf(ticketId) }).filter(saysIt)) store.put(ticketParts, { ...part, ...becomes })
}

/** Gives what somebody wrote in a ticket to the author they turned out to be. */
export const moveParts = (store: Store, ticketId: string, from: string, author: PartAuthor): void => {
  for (const part of store.find(ticketParts, { where: partsOf(ticketId) })) if (part.author.id === from) store.put(ticketParts, { ...part, author })
}

export const removeParts = (store: Store, ticketId: string): void => removeThem(store, ticketParts, partsOf(ticketId))
