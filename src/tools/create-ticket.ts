import * as z from 'zod'
import type { Client } from '../client/client.ts'
import type { Output } from '../contract/operation.ts'
import { listTicketTypes } from '../contract/ticket-types.ts'
import { createTicket } from '../contract/tickets.ts'
import { BadArguments } from './arguments.ts'
import { ifReadable } from './if-readable.ts'
import { nearest, suggestion } from './nearest.ts'
import type { Refinement } from './refinements.ts'
import { type Attribute, asAttribute, choicesOf } from './ticket-attributes.ts'

type TicketType = Output<typeof listTicketTypes>['data'][number]

/** Takes a ticket type by name as well as by id, and checks the attributes against it before anything is sent. */
export const createTicketRefinement: Refinement = {
  input: createTicket.input.extend({
    ticket_type_id: z.string().describe('The ticket type, by name or id.'),
    ticket_attributes: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('By attribute name; "title" and "description" always exist. What the type requires is checked before the call.'),
  }),
  prepare: async (input, client, signal) => {
    const type = await typeOf(String(input.ticket_type_id), client, signal)
    return type ? { ...input, ticket_type_id: type.id, ticket_attributes: checked(type, (input.ticket_attributes ?? {}) as Attributes) } : input
  },
}

type Attributes = Record<string, unknown>

/** The type meant. Undefined when the types may not be read but an id was given, which Intercom can check itself. */
const typeOf = async (meant: string, client: Client, signal: AbortSignal): Promise<TicketType | undefined> => {
  const types = await readTypes(meant, client, signal)
  if (!types) return undefined
  const live = types.filter((type) => !type.archived)
  const found = live.find(({ id }) => id === meant) ?? onlyOne(called(live, meant), meant)
  if (found) return found
  const names = live.map(({ name }) => name ?? '')
  throw new BadArguments(`No ticket type "${meant}".${suggestion(meant, names)} Ticket types: ${live.map(label).join(', ') || 'none yet'}.`)
}

/** Those of exactly that name or, where there are none, those whose name differs in case only. */
const called = (types: TicketType[], meant: string): TicketType[] => {
  const exactly = types.filter(({ name }) => name === meant)
  return exactly.length ? exactly : types.filter(({ name }) => same(name, meant))
}

const readTypes = async (meant: string, client: Client, signal: AbortSignal): Promise<readonly TicketType[] | undefined> => {
  const read = client.call(listTicketTypes, {}, { signal })
  return (await (/^\d+$/.test(meant) ? ifReadable(read) : read))?.data
}

const onlyOne = (types: TicketType[], meant: string): TicketType | undefined => {
  if (types.length > 1) throw new BadArguments(`Several ticket types are called "${meant}": ${types.map(label).join(', ')}. Give the id.`)
  return types[0]
}

const label = ({ id, name }: TicketType): string => `${name ?? ''} (${id})`
const same = (a: string | null | undefined, b: string): boolean => a?.trim().toLowerCase() === b.trim().toLowerCase()

const checked = (type: TicketType, given: Attributes): Attributes => {
  const known = (type.ticket_type_attributes?.data ?? []).filter(({ archived }) => !archived)
  const problems: string[] = []
  const taken = Object.entries(given).map(([name, value]): [string, unknown] => {
    const attribute = attributeNamed(known, name)
    const result = attribute ? asAttribute(attribute, value) : { problem: noAttribute(type, known, name) }
    if ('problem' in result) problems.push(result.problem)
    return [attribute?.name ?? name, 'value' in result ? result.value : value]
  })
  const twice = taken.find(([name], index) => taken.findIndex(([other]) => other === name) < index)
  if (twice) problems.push(`"${twice[0]}" is given twice.`)
  const present = new Set(taken.filter(([, value]) => value !== null && value !== '').map(([name]) => name))
  const missing = known.filter((attribute) => attribute.required_to_create && !present.has(attribute.name ?? ''))
  if (missing.length) problems.unshift(`${label(type)} also needs: ${missing.map(described).join('; ')}.`)
  if (problems.length) throw new BadArguments(`No ticket was created. ${problems.join(' ')}`)
  return Object.fromEntries(taken)
}

const BUILT_IN: Readonly<Record<string, string>> = { title: '_default_title_', description: '_default_description_' }

const attributeNamed = (known: readonly Attribute[], name: string): Attribute | undefined =>
  known.find((attribute) => attribute.name === name) ??
  known.find((attribute) => same(attribute.name, name)) ??
  known.find((attribute) => attribute.name === BUILT_IN[name.toLowerCase()])

const noAttribute = (type: TicketType, known: readonly Attribute[], name: string): string => {
  const names = known.map((attribute) => attribute.name ?? '')
  const near = nearest(name, names)
  return `${label(type)} has no attribute "${name}".${near ? ` Did you mean "${near}"?` : ''} Its attributes: ${known.map(described).join('; ')}.`
}

const described = (attribute: Attribute): string => {
  const choices = choicesOf(attribute)
  return `"${attribute.name ?? ''}" (${choices ? `one of ${choices.join(', ')}` : attribute.data_type})`
}
