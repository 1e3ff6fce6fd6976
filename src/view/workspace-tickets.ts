import type * as z from 'zod'
import type { TicketTypeAttribute } from '../contract/ticket-type-attributes.ts'
import type { TicketType as TicketTypeSchema } from '../contract/ticket-types.ts'
import { piece } from './piece.ts'
import { ticketState, ticketType, ticketTypeAttribute } from './tickets.ts'
import { line, oneOf } from './line.ts'

type Document = Record<string, unknown>
type Attribute = z.output<typeof TicketTypeAttribute>
export type TicketType = z.output<typeof TicketTypeSchema>

/** The choices of a list attribute; undefined of any other. */
export type ChoicesOf = (attribute: Attribute) => string[] | undefined

/** A type with what it asks besides title and description, which all do: `Severity (7): list, required, one of Low, High`. */
export const describedType = (type: TicketType, choicesOf: ChoicesOf): Document => {
  const asked = (type.ticket_type_attributes?.data ?? []).filter((attribute) => !attribute.archived && !attribute.default)
  return {
    ...piece(ticketType, type, ['name', 'category']),
    ...(asked.length > 0 && { attributes: asked.map((attribute) => attributeLine(attribute, choicesOf)) }),
  }
}

const attributeLine = (attribute: Attribute, choicesOf: ChoicesOf): string => {
  const { id, name, data_type, required_to_create: required } = piece(ticketTypeAttribute, attribute, ['name', 'data_type', 'required_to_create'])
  return line({ id, name }, [data_type, required && 'required', oneOf(choicesOf(attribute))])
}

/** `With engineering (2505): in_progress, only Bug`: each state once, with the types that use it unless all do. */
export const stateLines = (types: readonly TicketType[]): string[] => {
  const states = new Map(types.flatMap((type) => statesOf(type).map((state) => [state.id, state])))
  return [...states.values()].map((state) => {
    const { id, internal_label: name, category } = piece(ticketState, state, ['internal_label', 'category'])
    const using = types.filter((type) => statesOf(type).some((each) => each.id === state.id))
    return line({ id, name }, [category, using.length < types.length && `only ${using.map((type) => piece(ticketType, type, ['name']).name).join(', ')}`])
  })
}

const statesOf = ({ ticket_states }: TicketType) => ticket_states?.data ?? []
