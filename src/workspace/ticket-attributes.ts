import { Rejection } from './handler.ts'
import { type Attachment, attachment } from './attachments.ts'
import { integer, moment, number, truth } from './scalars.ts'
import type { AttributeType, TicketTypeAttributeDocument } from './ticket-type-attributes.ts'

/** What a ticket holds, by attribute id: an attribute may be renamed. */
export type AttributeValues = Readonly<Record<string, unknown>>

type Read = (value: unknown, attribute: TicketTypeAttributeDocument) => unknown

/** [inferred] A choice by id or by label, whatever its case; answered by its label. */
const choice: Read = (value, { list_options }) =>
  list_options.find(({ id, label }) => typeof value === 'string' && (id === value || label.toLowerCase() === value.toLowerCase()))?.label

const files: Read = (value, { allow_multiple_values }): readonly Attachment[] | undefined => {
  const given: unknown[] = Array.isArray(value) ? value : [value]
  const read = given.map(attachment).filter((file) => file !== undefined)
  return read.length === given.length && (allow_multiple_values || read.length <= 1) ? read : undefined
}

/** How a value of each type is read; undefined when it is not of the type. */
const readers: Readonly<Record<AttributeType, Read>> = {
  string: (value) => (typeof value === 'string' ? value : undefined),
  integer,
  decimal: number,
  boolean: truth,
  datetime: moment,
  list: choice,
  files,
}

const wanted = ({ data_type, list_options, allow_multiple_values }: TicketTypeAttributeDocument): string => {
  if (data_type === 'list') return `one of ${list_options.map(({ label }) => label).join(', ')}`
  if (data_type === 'files') return allow_multiple_values ? 'a list of files, each with a url' : 'a list of one file with a url'
  return `of the type ${data_type}`
}

const readOne = (attribute: TicketTypeAttributeDocument, value: unknown): unknown => {
  if (value === null) return null
  const read = readers[attribute.data_type](value, attribute)
  if (read === undefined) throw new Rejection(400, 'parameter_invalid', `Ticket attribute '${attribute.name}' must be ${wanted(attribute)}`, attribute.name)
  return read
}

/**
 * Values that a request names by attribute, as a ticket keeps them.
 * [inferred] A name the type does not have, or has archived, is refused, as contacts and conversations do it.
 */
export const readValues = (attributes: readonly TicketTypeAttributeDocument[], given: Readonly<Record<string, unknown>>): AttributeValues =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const attribute = attributes.find((candidate) => candidate.name === name && !candidate.archived)
      if (!attribute) throw new Rejection(400, 'parameter_invalid', `Ticket attribute '${name.slice(0, 100)}' does not exist`, 'ticket_attributes')
      return [attribute.id, readOne(attribute, value)]
    }),
  )

const empty = (value: unknown): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Throws when a teammate has to fill in more than was given. */
export const requireComplete = (attributes: readonly TicketTypeAttributeDocument[], values: AttributeValues): void => {
  const missing = attributes.filter(({ id, required_to_create, archived }) => required_to_create && !archived && empty(values[id]))
  if (missing.length > 0) throw new Rejection(400, 'parameter_invalid', 'Missing required ticket attributes', missing[0]!.name)
}

/** Every attribute of the type by name, null (files: an empty list) when it has no value; archived ones only when they have. */
export const presentValues = (attributes: readonly TicketTypeAttributeDocument[], values: AttributeValues): Record<string, unknown> =>
  Object.fromEntries(
    attributes
      .filter(({ id, archived }) => !archived || !empty(values[id]))
      .map(({ id, name, data_type }) => [name, values[id] ?? (data_type === 'files' ? [] : null)]),
  )
