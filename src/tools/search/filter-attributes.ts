import type { Client } from '../../client/client.ts'
import type { FieldType } from '../../contract/search.ts'
import { ifReadable } from '../if-readable.ts'
import type { Vocabulary } from './vocabulary.ts'
import { choicesOf } from '../ticket-attributes.ts'

/** One of the workspace's own search fields. */
export interface OwnField {
  /** As the API names it. */
  readonly name: string
  /** What people may call it, the shortest first. */
  readonly called: readonly string[]
  /** Undefined when it cannot be searched by. */
  readonly type?: FieldType
  readonly choices?: readonly string[]
}

type Load = (client: Client, signal: AbortSignal) => Promise<OwnField[]>

/** How an attribute of each data type is searched by. */
const searchedAs: Readonly<Record<string, FieldType>> = {
  string: 'string',
  list: 'string',
  options: 'string',
  integer: 'integer',
  float: 'float',
  decimal: 'float',
  boolean: 'boolean',
  date: 'date',
  datetime: 'date',
}

const prefix = 'custom_attributes.'

const attributesOf =
  (model: 'contact' | 'conversation'): Load =>
  async (client, signal) => {
    const { listDataAttributes } = await import('../../contract/data-attributes.ts')
    const { data } = await client.call(listDataAttributes, { model }, { signal })
    const custom = data.filter(({ full_name, archived }) => full_name?.startsWith(prefix) && !archived)
    return custom.map(({ full_name, data_type, options }) => ({
      name: full_name!, // it begins with the prefix
      called: [full_name!.slice(prefix.length)],
      type: searchedAs[data_type ?? 'string'],
      ...(options?.length && { choices: options }),
    }))
  }

/** The same name may stand in several types: each is also called by both names. */
const ticketAttributes: Load = async (client, signal) => {
  const { listTicketTypes } = await import('../../contract/ticket-types.ts')
  const { data } = await client.call(listTicketTypes, {}, { signal })
  return data.flatMap(({ name: type, ticket_type_attributes: held }) =>
    (held?.data ?? held?.ticket_type_attributes ?? [])
      .filter(({ name, archived }) => name && !builtIn.has(name) && !archived)
      .map((attribute) => ({
        name: `ticket_attribute.${attribute.id}`,
        called: [attribute.name!, `${type ?? ''}.${attribute.name!}`, attribute.id],
        type: searchedAs[attribute.data_type ?? 'string'],
        choices: choicesOf(attribute),
      })),
  )
}

/** Search has fields of its own for these. */
const builtIn = new Set(['_default_title_', '_default_description_'])

const loads: Readonly<Record<Vocabulary['own'], Load>> = { contact: attributesOf('contact'), conversation: attributesOf('conversation'), ticket: ticketAttributes }

/** The workspace's own fields of one search; undefined when they may not be read. */
export const ownFields = (own: Vocabulary['own'], client: Client, signal: AbortSignal): Promise<readonly OwnField[] | undefined> => ifReadable(loads[own](client, signal))
