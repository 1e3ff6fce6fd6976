import * as z from 'zod'
import { operation } from './operation.ts'
import { among, byId, isNew, shows } from './read-back.ts'
import { list, shape, Timestamp } from './shape.ts'

const models = ['contact', 'company', 'conversation'] as const

/** A field of contacts, companies or conversations. Those that every workspace has come without an id. */
export const DataAttribute = shape(
  { name: z.string() },
  {
    type: z.string(),
    id: z.int(),
    model: z.string(),
    full_name: z.string(),
    label: z.string(),
    description: z.string(),
    data_type: z.string(),
    options: z.array(z.string()),
    api_writable: z.boolean(),
    messenger_writable: z.boolean(),
    ui_writable: z.boolean(),
    custom: z.boolean(),
    archived: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
    admin_id: z.string(),
  },
)

const Choice = z.strictObject({ value: z.string() })
const options = z
  .array(Choice)
  .optional()
  .describe('The choices, at least two, which make the attribute a list; data_type must be string.')
const details = {
  description: z.string().optional().describe('Shown to teammates.'),
  options,
  messenger_writable: z.boolean().optional().describe('Whether the Messenger may change it.'),
}

/** Choices are published as plain text; the official client and later versions also call a list's type `options`. */
const accept = (body: Record<string, unknown>): Record<string, unknown> => ({
  ...body,
  ...(body.data_type === 'options' && { data_type: 'string' }),
  ...(Array.isArray(body.options) && { options: body.options.map((option: unknown) => (typeof option === 'string' ? { value: option } : option)) }),
})

export const listDataAttributes = operation({
  name: 'list_data_attributes',
  operationId: 'lisDataAttributes',
  title: 'List data attributes',
  description: 'The fields that contacts, companies or conversations have, standard and custom, with type and choices. Archived custom ones only when asked for.',
  asked: 'all custom fields properties columns people contacts companies conversations schema what exist which available names overview allowed values type archived included loyalty information stored built catalogue',
  route: 'GET /data_attributes',
  effect: 'read',
  reference: true,
  permission: 'Read and list users and companies',
  input: z.strictObject({
    model: z.enum(models).optional().describe('Whose; all three by default.'),
    include_archived: z.boolean().optional(),
  }),
  output: list('data', DataAttribute),
  resource: 'intercom://data-attributes',
})

export const createDataAttribute = operation({
  name: 'create_data_attribute',
  operationId: 'createDataAttribute',
  title: 'Create a data attribute',
  description: 'Defines a custom attribute of contacts or companies, which must be there before a value is written. Its name must be new to both; its type can never change.',
  asked: 'new custom field property people contacts companies define add track dropdown list options loyalty tier column profile boolean date store extra information per person introduce make exist yet number accounts favourite colour set renewal',
  route: 'POST /data_attributes',
  effect: 'write',
  permission: 'Write data attributes',
  accept,
  input: z.strictObject({
    model: z.enum(['contact', 'company']), // first: of a body that lacks all, Intercom speaks of the model
    name: z.string().describe('Letters, digits, spaces, hyphens, underscores, currency signs.'),
    data_type: z.enum(['string', 'integer', 'float', 'boolean', 'datetime', 'date']).describe('datetime and date are the same.'),
    ...details,
  }),
  output: DataAttribute,
  readBack: {
    operation: listDataAttributes,
    input: ({ model }) => ({ model }),
    happened: ({ name }, found, since) => {
      const made = among(found, name, 'name')
      return found && made !== undefined && isNew(made, since)
    },
    answer: (found, { name }) => among(found, name, 'name'),
  },
})

const showsDetails = shows('archived description messenger_writable options')

/** Choices come back as plain text. */
const asAnswered = ({ options, ...written }: Record<string, unknown>): Record<string, unknown> => ({
  ...written,
  options: z.array(Choice).optional().parse(options)?.map(({ value }) => value),
})

export const updateDataAttribute = operation({
  name: 'update_data_attribute',
  operationId: 'updateDataAttribute',
  title: 'Update a data attribute',
  description: 'Changes the description or choices of a custom attribute, or archives it: it is hidden and no longer written, its values stay. Name and type cannot change.',
  asked: 'change rename describe archive retire edit options custom field property add choice dropdown description label longer needed restore new list modify hide contact extend allowed values remove unarchive make messenger writable unused',
  route: 'PUT /data_attributes/{id}',
  effect: 'write',
  idempotent: true,
  permission: 'Write data attributes',
  accept,
  input: z.strictObject({
    id: z.int().describe('From list_data_attributes; standard ones have none.'),
    archived: z.boolean().optional().describe('false brings it back.'),
    ...details,
  }),
  output: DataAttribute,
  readBack: {
    operation: listDataAttributes,
    input: (written) => byId(written) && { include_archived: true },
    happened: (written, found, since) => found && showsDetails(asAnswered(written), among(found, written.id), since),
    answer: (found, { id }) => among(found, id),
  },
})
