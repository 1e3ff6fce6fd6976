import type * as z from 'zod'
import type { createDataAttribute } from '../contract/data-attributes.ts'
import { typeReferredTo } from './custom-object.ts'
import { type DataAttributeDocument, dataAttributes, type Model } from './data-attribute.ts'
import { type Call, type Handlers, Rejection, type Refusals } from './handler.ts'
import { segments } from './segment.ts'
import { presentStandard, standardAttributes } from './standard-attributes.ts'
import { sql, type Store } from './store.ts'

const models: readonly Model[] = ['contact', 'company', 'conversation']

/** A description, choices and who made it are absent when there are none. */
const presentAttribute = ({ description, options, admin_id, ...attribute }: DataAttributeDocument) => ({
  type: 'data_attribute',
  ...attribute,
  label: attribute.name,
  full_name: `custom_attributes.${attribute.name}`,
  ...(description !== '' && { description }),
  ...(options.length > 0 && { options: [...options] }),
  ...(admin_id !== null && { admin_id }),
  api_writable: true,
  ui_writable: false,
  custom: true,
})

const invalid = (message: string, field: string): Rejection => new Rejection(400, 'parameter_invalid', message, field)

/** What Intercom calls whom it has data of, in its errors. */
const called: Readonly<Record<Model, string>> = { contact: 'people', company: 'company', conversation: 'conversation' }

/** Names are unique across people and companies. [inferred] Archived attributes, references to custom objects and, within their model, standard ones count too. */
const ownerOf = (store: Store, model: Model, name: string): Model | undefined => {
  if (standardAttributes[model].some(({ full_name }) => full_name === name)) return model
  if (typeReferredTo(store, 'contact', name)) return 'contact'
  const custom = store.find(dataAttributes, { where: sql`name = ${name} AND model IN ('contact', 'company')` })
  return custom.find((other) => other.name === name)?.model
}

const free = (store: Store, model: Model, name: string): string => {
  // [inferred] letters of any alphabet; underscores and, between other signs, spaces although the text leaves them out, since published examples have them
  if (!/^(?! )[\p{L}\p{N}\p{Sc} _-]+(?<! )$/u.test(name))
    throw invalid('Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens', 'name')
  const owner = ownerOf(store, model, name)
  if (owner) throw invalid(`You already have '${name}' in your ${called[owner]} data. To save this as new ${called[model]} data, use a different name.`, 'name')
  return name
}

/** [inferred] The words of both refusals; the first is the title of a published example. */
const choices = (options: readonly { value: string }[], data_type: DataAttributeDocument['data_type']): string[] => {
  const values = [...new Set(options.map(({ value }) => value))]
  if (values.length < 2) throw invalid('Too few options for list', 'options')
  if (data_type !== 'string') throw invalid('Options are only for attributes of the data type string', 'options')
  return values
}

type New = z.output<(typeof createDataAttribute)['input']>

const created = ({ data_type: given, options, ...wanted }: New, { store, admin, now }: Call): DataAttributeDocument => {
  const data_type = given === 'datetime' ? 'date' : given
  return store.put(dataAttributes, {
    description: '',
    messenger_writable: false,
    ...wanted,
    id: store.next('data_attribute'),
    name: free(store, wanted.model, wanted.name),
    data_type,
    options: options ? choices(options, data_type) : [],
    archived: false,
    admin_id: admin.id,
    created_at: now,
    updated_at: now,
  })
}

/** Whether a segment is built on the attribute. */
const isNeeded = (store: Store, { id }: DataAttributeDocument): boolean =>
  store.count(segments, sql`EXISTS (SELECT 1 FROM json_each(attribute_ids) WHERE value = ${id})`) > 0

export const handlers: Handlers<'data-attributes'> = {
  list_data_attributes: ({ model, include_archived = false }, { store }) => ({
    type: 'list',
    data: models
      .filter((each) => model === undefined || each === model)
      .flatMap((each) => [
        ...standardAttributes[each].map((attribute) => presentStandard(each, attribute)),
        ...store.find(dataAttributes, { where: sql`model = ${each} AND archived <= ${Number(include_archived)}` }).map(presentAttribute),
      ]),
  }),

  create_data_attribute: (wanted, call) => presentAttribute(created(wanted, call)),

  update_data_attribute: ({ id, options, ...changes }, { store, now }) => {
    const before = store.get(dataAttributes, id)
    if (!before) throw new Rejection(404, 'field_not_found', "We couldn't find that data attribute to update")
    if (changes.archived && isNeeded(store, before))
      throw new Rejection(422, 'data_invalid', 'The Data Attribute you are trying to archive has a dependant object')
    const relisted = options && { options: choices(options, before.data_type) }
    return presentAttribute(store.put(dataAttributes, { ...before, ...changes, ...relisted, updated_at: now }))
  },
}

const noOptions = () => invalid("Options isn't an array", 'options')

export const refusals: Refusals<'data-attributes'> = {
  create_data_attribute: {
    model: () => invalid('The Data Attribute model field must be either contact or company', 'model'),
    data_type: () => invalid("Data Type isn't an option", 'data_type'),
    options: noOptions,
  },
  update_data_attribute: { options: noOptions },
}
