import * as z from 'zod'
import { operation } from './operation.ts'
import { list, shape } from './shape.ts'
import { TicketState, TicketType } from './ticket-types.ts'

/** A state as listed: with the ticket types that use it. */
export const DetailedState = TicketState.extend({
  archived: z.boolean().nullish(),
  ticket_types: shape({}, { type: z.string(), data: z.array(TicketType) }).nullish(),
})

export const listTicketStates = operation({
  name: 'list_ticket_states',
  operationId: 'listTicketStates',
  title: 'List ticket states',
  description: 'The states a ticket can be in, what teammates and customers see them called, and the ticket types that use them.',
  asked: 'all statuses stages which workflow exist name overview resolved progress submitted waiting customer possible pick right status labels see every pipeline what set catalogue',
  route: 'GET /ticket_states',
  effect: 'read',
  reference: true,
  permission: 'Read tickets',
  input: z.strictObject({}),
  output: list('data', DetailedState),
  resource: 'intercom://ticket-states',
})
