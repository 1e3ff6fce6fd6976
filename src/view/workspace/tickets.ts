import type * as z from 'zod'
import type { TicketTypeAttribute } from '../../contract/ticket-type-attribute.ts'
import type { TicketType as TicketTypeSchema } from '../../contract/ticket-types.ts'
import { piece } from '../piece.ts'
import { ticketState, ticketType, ticketTypeAttribute } from '../tickets.ts'
import { choices } from '../choices.ts'
import { defined } from '../brief.ts'

type Document = Record<string, unknown>
type Attribute = z.output<typeof TicketTypeAttribute>
export type TicketType = z.output<typeof TicketTypeSchema>

/** The choices of a list attribute; undefined of any other. */
export type ChoicesOf = (attribute: Attribute) => string[] | undefined

/** A type with what it asks besides title and description, which all do. */
export const describedType = (type: TicketType, choicesOf: ChoicesOf): Document => {
  const asked = (type.ticket_type_attributes?.data ?? []).filter((attribute) => !attribute.archived && !attribute.default)
  return {
    ...piece(ticketType, type, ['name', 'category']),
    ...(asked.length > 0 && { attributes: asked.map((attribute) => attributeRow(attribute, choicesOf)) }),
  }
}

const attributeRow = (attribute: Attribute, choicesOf: ChoicesOf): Document => {
  const { id, name, data_type, required_to_create: required } = piece(ticketTypeAttribute, attribute, ['name', 'data_type', 'required_to_create'])
  return defined({ id, name, data_type, required, ...choices(choicesOf(attribute)) })
}

/** Each state once, with the types that use it unless all do. */
export const stateRows = (types: readonly TicketType[]): Document[] => {
  const states = new Map(types.flatMap((type) => statesOf(type).map((state) => [state.id, state])))
  return [...states.values()].map((state) => {
    const { id, internal_label: name, category } = piece(ticketState, state, ['internal_label', 'category'])
    const using = types.filter((type) => statesOf(type).some((each) => each.id === state.id))
    return defined({ id, name, category, only: using.length < types.length ? using.map((type) => piece(ticketType, type, ['name']).name) : undefined })
  })
}

const statesOf = ({ ticket_states }: TicketType) => ticket_states?.data ?? []
