import * as z from 'zod'
import { operation } from './operation.ts'
import { byId, isGone, shows, showsMade } from './read-back.ts'
import { list, numberedList, shape, Timestamp } from './shape.ts'
import { translated, translations } from './translation.ts'

const reading = 'Read and list articles'
const writing = 'Read and write articles'

const name = z.string()
const description = z.string()

/** A group of articles in a Help Center; it may stand in another one. */
export const Collection = shape(
  { id: z.string() },
  {
    workspace_id: z.string(),
    name,
    description,
    created_at: Timestamp,
    updated_at: Timestamp,
    url: z.string(),
    icon: z.string(),
    order: z.int().describe('Its place among its neighbours.'),
    default_locale: z.string(),
    translated_content: translated(shape({}, { type: z.string(), name, description })),
    parent_id: z.string().describe('The collection it stands in; null at the top.'),
    help_center_id: z.int(),
  },
)

/** A public site of collections and articles. A workspace may have several, for its brands. */
export const HelpCenter = shape(
  { id: z.string() },
  {
    workspace_id: z.string(),
    created_at: Timestamp,
    updated_at: Timestamp,
    identifier: z.string(),
    website_turned_on: z.boolean(),
    display_name: z.string(),
    url: z.string(),
    custom_domain: z.string(),
  },
)

const id = z.string().describe("The collection's id.")

export const listCollections = operation({
  name: 'list_collections',
  operationId: 'listAllCollections',
  title: 'List collections',
  description: 'The collections that Help Center articles are sorted into, last updated first. parent_id says which stand in which.',
  asked: 'all categories sections folders help center structure knowledge base which overview article name topics nested subcollections go tree catalogue organised pick right table contents ids',
  route: 'GET /help_center/collections',
  effect: 'read',
  reference: true,
  permission: reading,
  input: z.strictObject({
    page: z.int().min(1).optional(),
    per_page: z.int().min(1).max(150).optional().describe('Items a page; 20 by default.'),
  }),
  output: numberedList('data', Collection),
  paging: { style: 'page', default: 20, max: 150, items: 'data' },
  resource: 'intercom://collections',
})

const translated_content = translations(z.strictObject({ name: name.optional(), description: description.optional() }))
  .optional()
  .describe('By locale: fr, es, pt-BR, zh-CN and so on.')

export const createCollection = operation({
  name: 'create_collection',
  operationId: 'createCollection',
  title: 'Create a collection',
  description: 'A new, empty collection, last among its neighbours. Customers see it once a published article stands in it.',
  asked: 'new category section folder help center articles nested subcollection add billing faqs start topic knowledge base subsection under group heading make room onboarding guides set subcategory description icon bucket troubleshooting docs language fresh',
  route: 'POST /help_center/collections',
  effect: 'write',
  permission: writing,
  input: z.strictObject({
    name: name.min(1),
    description: description.optional(),
    translated_content,
    parent_id: z.string().nullish().describe('The collection to put it in; null or left out: the top.'),
    help_center_id: z.int().nullish().describe('From list_help_centers; the default one when left out.'),
  }),
  output: Collection,
  readBack: { operation: listCollections, input: () => ({ per_page: 150 }), happened: showsMade('name parent_id', 'help_center_id description translated_content') },
})

export const getCollection = operation({
  name: 'get_collection',
  operationId: 'retrieveCollection',
  title: 'Get a collection',
  description: 'One collection of Help Center articles by id. The articles in it are those whose parent_id is its id.',
  asked: 'one category section help center show details view description parent what called open folder url icon order pull knowledge base which look single topic name behind translated',
  route: 'GET /help_center/collections/{id}',
  effect: 'read',
  permission: reading,
  input: z.strictObject({ id }),
  output: Collection,
  resource: 'intercom://collections/{id}',
})

export const updateCollection = operation({
  name: 'update_collection',
  operationId: 'updateCollection',
  title: 'Update a collection',
  description: 'Renames, describes, translates or moves a collection. Where it has published articles, customers see the change at once.',
  asked: 'rename describe translate move nest category section help center change description under another parent edit new name folder typo title icon make subcollection topic reword heading reorganise knowledge base top level',
  route: 'PUT /help_center/collections/{id}',
  effect: 'send',
  idempotent: true,
  permission: writing,
  input: z.strictObject({
    id,
    name: name.min(1).optional(),
    description: description.optional(),
    translated_content,
    parent_id: z.string().nullable().optional().describe('The collection to move it into; null moves it to the top.'),
  }),
  output: Collection,
  readBack: { operation: getCollection, input: byId, happened: shows('name parent_id', 'description translated_content') },
  audience: 'everyone who may read the Help Center',
})

export const deleteCollection = operation({
  name: 'delete_collection',
  operationId: 'deleteCollection',
  title: 'Delete a collection',
  description: 'Removes a collection for good. Its articles are kept and stand in no collection.',
  asked: 'remove category section folder help center rid empty longer needed throw topic clean unused drop knowledge base retire obsolete trash article gone subcollection discontinue faq duplicate',
  route: 'DELETE /help_center/collections/{id}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission: writing,
  input: z.strictObject({ id }),
  output: shape({ id: z.string() }, { object: z.string(), deleted: z.boolean() }),
  readBack: { operation: getCollection, input: ({ id }) => ({ id }), happened: isGone },
})

export const listHelpCenters = operation({
  name: 'list_help_centers',
  operationId: 'listHelpCenters',
  title: 'List Help Centers',
  description: 'Every Help Center of the workspace with its address. They are made and set up in Intercom only.',
  asked: 'all support sites docs many brands which domains overview multiple every portal pick right default catalogue live address self service',
  route: 'GET /help_center/help_centers',
  effect: 'read',
  reference: true,
  permission: reading,
  input: z.strictObject({ page: z.int().min(1).optional().describe('All stand on page 1.') }),
  output: list('data', HelpCenter),
  resource: 'intercom://help-centers',
})

export const getHelpCenter = operation({
  name: 'get_help_center',
  operationId: 'retrieveHelpCenter',
  title: 'Get a Help Center',
  description: 'One Help Center by id: its address, and whether it is turned on.',
  asked: 'one docs site support domain url turned show details custom view settings display name website public open single when created which hosts identifier check switched',
  route: 'GET /help_center/help_centers/{id}',
  effect: 'read',
  permission: reading,
  input: z.strictObject({ id: z.string().describe("The Help Center's id.") }),
  output: HelpCenter,
  resource: 'intercom://help-centers/{id}',
})
