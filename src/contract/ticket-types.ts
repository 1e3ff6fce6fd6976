import * as z from 'zod'
import { operation } from './operation.ts'
import { byId, lastNamed, oneOf, shows, showsMade } from './read-back.ts'
import { list, shape, Timestamp } from './shape.ts'
import { TicketTypeAttribute } from './ticket-type-attribute.ts'

export const categories = ['Customer', 'Back-office', 'Tracker'] as const
export const stateCategories = ['submitted', 'in_progress', 'waiting_on_customer', 'resolved'] as const

/** How far a ticket is, with one label for teammates and one for customers. */
export const TicketState = shape(
  { id: z.string() },
  {
    type: z.string(),
    category: z.enum(stateCategories),
    internal_label: z.string(),
    external_label: z.string(),
  },
)

/** A kind of ticket: who it is for, what it asks, which states it goes through. */
export const TicketType = shape(
  { id: z.string() },
  {
    type: z.string(),
    category: z.enum(categories),
    name: z.string(),
    description: z.string(),
    icon: z.string(),
    workspace_id: z.string(),
    // published with the key `ticket_type_attributes`; the API answers `data`
    ticket_type_attributes: shape(
      {},
      { type: z.string(), data: z.array(TicketTypeAttribute), ticket_type_attributes: z.array(TicketTypeAttribute) },
    ),
    ticket_states: shape({}, { type: z.string(), data: z.array(TicketState) }),
    is_internal: z.boolean(),
    archived: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
)

const id = z.string().describe("The ticket type's id.")

const settings = {
  description: z.string().optional(),
  category: z.enum(categories).optional().describe('Customer (seen by customers) by default.'),
  icon: z.string().optional().describe('An emoji; 🎟️ by default.'),
  is_internal: z.boolean().optional().describe('For teammates only; false by default.'),
}

export const listTicketTypes = operation({
  name: 'list_ticket_types',
  operationId: 'listTicketTypes',
  title: 'List ticket types',
  description: 'Every ticket type with its attributes (names, data types, which are required) and states. Read this before creating a ticket.',
  asked: 'all kinds categories forms what sorts exist which name overview bug report feature request templates back office tracker pick right catalogue fields each created every many',
  route: 'GET /ticket_types',
  effect: 'read',
  reference: true,
  permission: 'Read tickets',
  input: z.strictObject({}),
  output: list('data', TicketType),
  resource: 'intercom://ticket-types',
})

export const createTicketType = operation({
  name: 'create_ticket_type',
  operationId: 'createTicketType',
  title: 'Create a ticket type',
  description: 'A new kind of ticket. It starts with two attributes, _default_title_ and _default_description_.',
  asked: 'new define set category kind form template returns add bug report tracker back office refunds introduce internal customer icon feature request separate warranty claims',
  route: 'POST /ticket_types',
  effect: 'write',
  permission: 'Write tickets',
  input: z.strictObject({ name: z.string(), ...settings }),
  output: TicketType,
  readBack: {
    operation: listTicketTypes,
    input: () => ({}),
    happened: oneOf(({ data }) => data, showsMade('name description category is_internal', 'icon')),
    answer: ({ data }, { name }) => lastNamed([data].flat(), name),
  },
})

export const getTicketType = operation({
  name: 'get_ticket_type',
  operationId: 'getTicketType',
  title: 'Get a ticket type',
  description: 'One ticket type by id, with its attributes and states.',
  asked: 'one attributes fields form what kind show details which called view template required category pull look customers back office options dropdown name behind must filled',
  route: 'GET /ticket_types/{id}',
  effect: 'read',
  permission: 'Read tickets',
  input: z.strictObject({ id }),
  output: TicketType,
  resource: 'intercom://ticket-types/{id}',
})

export const updateTicketType = operation({
  name: 'update_ticket_type',
  operationId: 'updateTicketType',
  title: 'Update a ticket type',
  description: 'Changes a ticket type; archived: true hides it from new tickets.',
  asked: 'rename edit change archive retire kind icon description form new category longer used hide list modify template unarchive disable better name make back office reword',
  route: 'PUT /ticket_types/{id}',
  effect: 'write',
  idempotent: true,
  permission: 'Write tickets',
  input: z.strictObject({ id, name: z.string().optional(), ...settings, archived: z.boolean().optional() }),
  output: TicketType,
  readBack: { operation: getTicketType, input: byId, happened: shows('name description category is_internal archived', 'icon') },
})
