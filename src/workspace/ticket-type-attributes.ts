import type { dataTypes } from '../contract/ticket-type-attribute.ts'
import type { AppDocument } from './admins.ts'
import { type Call, type Handlers, Rejection } from './handler.ts'
import { type Collection, sql, type Store } from './store.ts'
import { ticketType } from './ticket-type.ts'
import { uuid } from './uuid.ts'

export type AttributeType = (typeof dataTypes)[number]

/** One choice of a list attribute. Requests may name it by id, a UUID, or by label. */
export interface ListOption {
  readonly id: string
  readonly label: string
}

/** A question that a ticket type asks. */
export interface TicketTypeAttributeDocument {
  readonly id: string
  readonly ticket_type_id: string
  readonly name: string
  readonly description: string
  readonly data_type: AttributeType
  /** Of a string. */
  readonly multiline: boolean
  /** Of a list; empty for every other type. */
  readonly list_options: readonly ListOption[]
  /** Of files. */
  readonly allow_multiple_values: boolean
  readonly order: number
  readonly required_to_create: boolean
  readonly required_to_create_for_contacts: boolean
  readonly visible_on_create: boolean
  readonly visible_to_contacts: boolean
  /** True of the title and the description that every type has. */
  readonly default: boolean
  readonly archived: boolean
  readonly created_at: number
  readonly updated_at: number
}

export const ticketTypeAttributes: Collection<TicketTypeAttributeDocument> = {
  table: 'ticket_type_attribute',
  columns: { ticket_type_id: 'TEXT', position: 'INTEGER' },
  facts: ({ ticket_type_id, order }) => ({ ticket_type_id, position: order }),
  indexed: ['ticket_type_id'],
}

/** What an attribute is when nothing else is said of it. */
const plain = {
  description: '',
  multiline: false,
  list_options: [],
  allow_multiple_values: false,
  required_to_create: false,
  required_to_create_for_contacts: false,
  visible_on_create: true,
  visible_to_contacts: true,
  default: false,
  archived: false,
} as const

/** Attributes of a type as people see them: by order, archived ones too. */
export const attributesOf = (store: Store, typeId: string): TicketTypeAttributeDocument[] =>
  store.find(ticketTypeAttributes, { where: sql`ticket_type_id = ${typeId}`, order: sql`position, seq` })

type New = Pick<TicketTypeAttributeDocument, 'ticket_type_id' | 'name' | 'data_type' | 'order'> & Partial<TicketTypeAttributeDocument>

/** Adds an attribute to a type; what is not said takes its default. */
export const addAttribute = (store: Store, fields: New, now: number): TicketTypeAttributeDocument =>
  store.put(ticketTypeAttributes, { ...plain, id: String(store.next('ticket_type_attribute')), ...fields, created_at: now, updated_at: now })

/** The title and the description, which every ticket type has from the start. */
export const layDefaultAttributes = (store: Store, typeId: string, now: number): void => {
  const defaults = { ticket_type_id: typeId, data_type: 'string', default: true } as const
  addAttribute(store, { ...defaults, name: '_default_title_', order: 0 }, now)
  addAttribute(store, { ...defaults, name: '_default_description_', order: 1, multiline: true }, now)
}

/** [inferred] The key of a list's choices; Intercom shows none. Every other type but string has no options. */
const inputOptions = ({ data_type, multiline, list_options }: TicketTypeAttributeDocument) => {
  if (data_type === 'string') return { multiline }
  return data_type === 'list' ? { list_options: [...list_options] } : null
}

export const presentAttribute = (attribute: TicketTypeAttributeDocument, app: AppDocument) => ({
  type: 'ticket_type_attribute',
  id: attribute.id,
  workspace_id: app.id_code,
  name: attribute.name,
  description: attribute.description,
  data_type: attribute.data_type,
  input_options: inputOptions(attribute),
  order: attribute.order,
  required_to_create: attribute.required_to_create,
  required_to_create_for_contacts: attribute.required_to_create_for_contacts,
  visible_on_create: attribute.visible_on_create,
  visible_to_contacts: attribute.visible_to_contacts,
  default: attribute.default,
  ticket_type_id: Number(attribute.ticket_type_id), // the one id of a type that is a number
  archived: attribute.archived,
  created_at: attribute.created_at,
  updated_at: attribute.updated_at,
})

/** Choices out of "Low, High". A label that was there before keeps its id. */
const options = (items: string, before: readonly ListOption[], newId: Call['newId']): ListOption[] => {
  const labels = [...new Set(items.split(',').map((item) => item.trim()))].filter((label) => label !== '')
  if (labels.length === 0) throw new Rejection(400, 'parameter_not_found', 'list_items is required for attributes of the list type', 'list_items')
  return labels.map((label) => before.find((option) => option.label === label) ?? { id: uuid(newId()), label })
}

/** [inferred] Tickets name their attributes, so a type has each name once. */
const free = (name: string, others: readonly TicketTypeAttributeDocument[]): string => {
  if (name.trim() === '') throw new Rejection(400, 'parameter_not_found', 'Name is a required parameter.', 'name')
  const taken = others.some((other) => other.name.toLowerCase() === name.toLowerCase())
  if (taken) throw new Rejection(400, 'parameter_invalid', `The ticket type already has an attribute named '${name.slice(0, 100)}'`, 'name')
  return name
}

export const handlers: Handlers<'ticket-type-attributes'> = {
  create_ticket_type_attribute: ({ ticket_type_id, name, list_items, ...settings }, { store, app, now, newId }) => {
    const type = ticketType(store, ticket_type_id)
    const others = attributesOf(store, type.id)
    const list_options = settings.data_type === 'list' ? options(list_items ?? '', [], newId) : []
    const order = 1 + Math.max(-1, ...others.map((other) => other.order))
    return presentAttribute(addAttribute(store, { ...settings, ticket_type_id: type.id, name: free(name, others), list_options, order }, now), app)
  },

  update_ticket_type_attribute: ({ ticket_type_id, id, list_items, ...changes }, { store, app, now, newId }) => {
    const attributes = attributesOf(store, ticketType(store, ticket_type_id).id)
    const before = attributes.find((attribute) => attribute.id === id)
    if (!before) throw new Rejection(404, 'not_found', 'Resource Not Found')
    if (changes.name !== undefined) free(changes.name, attributes.filter((attribute) => attribute !== before))
    const relisted = before.data_type === 'list' && list_items !== undefined
    const list_options = relisted ? options(list_items, before.list_options, newId) : before.list_options
    return presentAttribute(store.put(ticketTypeAttributes, { ...before, ...changes, list_options, updated_at: now }), app)
  },
}
