import * as z from 'zod'
import { operation } from './operation.ts'
import { among, lastNamed, oneOf, shows, showsMade } from './read-back.ts'
import { dataTypes, TicketTypeAttribute } from './ticket-type-attribute.ts'
import { getTicketType, TicketType } from './ticket-types.ts'

const ticketTypeId = z.string().describe("The ticket type's id.")
const permission = 'Write tickets'

const settings = {
  required_to_create: z.boolean().optional().describe('Teammates must fill it in; false by default.'),
  required_to_create_for_contacts: z.boolean().optional().describe('Customers must fill it in; false by default.'),
  visible_on_create: z.boolean().optional().describe('Teammates see it when creating; true by default.'),
  visible_to_contacts: z.boolean().optional().describe('Customers see it when creating; true by default.'),
  multiline: z.boolean().optional().describe('string only: several lines of text.'),
  list_items: z.string().optional().describe('list only: the choices, separated by commas.'),
  allow_multiple_values: z.boolean().optional().describe('files only: several files.'),
}

/** As the type tells it. The rest of the settings it tells in other words, in `input_options`. */
const told = 'name description required_to_create required_to_create_for_contacts visible_on_create visible_to_contacts'
const retold = 'multiline list_items allow_multiple_values'

const ofType = { operation: getTicketType, input: ({ ticket_type_id }: Record<string, unknown>) => ({ id: ticket_type_id }) }
const attributesOf = (found?: Record<string, unknown>) => TicketType.partial().safeParse(found).data?.ticket_type_attributes?.data ?? []

export const createTicketTypeAttribute = operation({
  name: 'create_ticket_type_attribute',
  operationId: 'createTicketTypeAttribute',
  title: 'Add an attribute to a ticket type',
  description: 'A new question that tickets of this type ask. Its data type cannot change later.',
  asked: 'add new field question property dropdown form another required severity bug list items file upload order number ask customers serial input template visible extend date',
  route: 'POST /ticket_types/{ticket_type_id}/attributes',
  effect: 'write',
  permission,
  input: z.strictObject({
    ticket_type_id: ticketTypeId,
    name: z.string(),
    description: z.string().describe('What teammates and customers read beside it.'),
    data_type: z.enum(dataTypes),
    ...settings,
  }),
  output: TicketTypeAttribute,
  readBack: { ...ofType, happened: oneOf(attributesOf, showsMade(`${told} data_type`, retold)), answer: (found, { name }) => lastNamed(attributesOf(found), name) },
})

const showsChange = shows(`${told} archived`, retold)

export const updateTicketTypeAttribute = operation({
  name: 'update_ticket_type_attribute',
  operationId: 'updateTicketTypeAttribute',
  title: 'Update an attribute of a ticket type',
  description: 'Changes name, description or settings of an attribute. archived: true hides it from new tickets and keeps it on old ones.',
  asked: 'change rename archive require edit field question form make mandatory hide list items dropdown customers remove reorder new option template description longer needed retire severity unarchive',
  route: 'PUT /ticket_types/{ticket_type_id}/attributes/{id}',
  effect: 'write',
  idempotent: true,
  permission,
  input: z.strictObject({
    ticket_type_id: ticketTypeId,
    id: z.string().describe("The attribute's id."),
    name: z.string().optional(),
    description: z.string().optional(),
    ...settings,
    archived: z.boolean().optional(),
  }),
  output: TicketTypeAttribute,
  readBack: {
    ...ofType,
    happened: (written, found, since) => found && showsChange(written, among({ data: attributesOf(found) }, written.id), since),
    answer: (found, { id }) => among({ data: attributesOf(found) }, id),
  },
})
