import { type Call, type Handlers, Rejection } from './handler.ts'
import { presentState, statesOf } from './ticket-states.ts'
import { presentTypeBriefly, ticketType, type TicketTypeDocument, ticketTypes } from './ticket-type.ts'
import { attributesOf, layDefaultAttributes, presentAttribute } from './ticket-type-attributes.ts'

const defaultIcon = '🎟️'

/** [inferred] No category given means tickets that customers see. */
const defaultCategory = 'Customer'

/** [inferred] Unless the request says otherwise, what customers never see is internal. */
const internalByDefault = (category: TicketTypeDocument['category']): boolean => category !== 'Customer'

/** The type as a ticket shows it: with its attributes, without its states. */
export const presentTypeInTicket = (type: TicketTypeDocument, { store, app }: Call) => ({
  ...presentTypeBriefly(type),
  workspace_id: app.id_code,
  created_at: type.created_at,
  updated_at: type.updated_at,
  ticket_type_attributes: { type: 'list', data: attributesOf(store, type.id).map((attribute) => presentAttribute(attribute, app)) },
})

const presentType = (type: TicketTypeDocument, call: Call) => ({
  ...presentTypeInTicket(type, call),
  ticket_states: { type: 'list', data: statesOf(call.store, type.id).map(presentState) },
})

const given = (name: string): string => {
  if (name.trim() === '') throw new Rejection(400, 'parameter_not_found', 'Name is a required parameter.', 'name')
  return name
}

export const handlers: Handlers<'ticket-types'> = {
  // [inferred] archived types are listed too: they say of themselves that they are
  list_ticket_types: (_, call) => ({ type: 'list', data: call.store.find(ticketTypes).map((type) => presentType(type, call)) }),

  get_ticket_type: ({ id }, call) => presentType(ticketType(call.store, id), call),

  create_ticket_type: ({ name, description = '', icon = defaultIcon, category = defaultCategory, is_internal }, call) => {
    const { store, now } = call
    const type = store.put(ticketTypes, {
      id: String(store.next('ticket_type')),
      name: given(name),
      description,
      icon,
      category,
      is_internal: is_internal ?? internalByDefault(category),
      archived: false,
      created_at: now,
      updated_at: now,
    })
    layDefaultAttributes(store, type.id, now)
    return presentType(type, call)
  },

  update_ticket_type: ({ id, ...changes }, call) => {
    const before = ticketType(call.store, id)
    if (changes.name !== undefined) given(changes.name)
    const moved = changes.category !== undefined && changes.category !== before.category
    const is_internal = changes.is_internal ?? (moved ? internalByDefault(changes.category!) : before.is_internal)
    return presentType(call.store.put(ticketTypes, { ...before, ...changes, is_internal, updated_at: call.now }), call)
  },
}
