import * as z from 'zod'
import { operation } from './operation.ts'
import { byId, isGone, shows, showsMade } from './read-back.ts'
import { Html, numberedList, shape, Timestamp } from './shape.ts'

const reading = 'Read and list news items and newsfeeds'
const writing = 'Read and write news items and newsfeeds'

const states = ['draft', 'live'] as const
const Reaction = z.string().nullable()

/** An announcement to customers: shown in the newsfeeds it is assigned to, while it is live. */
export const NewsItem = shape(
  { id: z.string() },
  {
    type: z.string(),
    workspace_id: z.string(),
    title: z.string(),
    body: Html,
    sender_id: z.int(),
    state: z.enum(states),
    newsfeed_assignments: z.array(shape({ newsfeed_id: z.int() }, { published_at: Timestamp })),
    labels: z.array(z.string().nullable()),
    cover_image_url: z.string(),
    reactions: z.array(Reaction),
    deliver_silently: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
)

/** A stream of news for some of the customers. */
export const Newsfeed = shape(
  { id: z.string() },
  { type: z.string(), name: z.string(), created_at: Timestamp, updated_at: Timestamp },
)

const id = z.string().describe("The news item's id.")
const feed = z.string().describe("The newsfeed's id, from list_newsfeeds.")

const paged = (byDefault: number) => ({
  page: z.int().min(1).optional(),
  per_page: z.int().min(1).max(150).optional().describe(`Items a page; ${byDefault} by default.`),
})

export const listNewsItems = operation({
  name: 'list_news_items',
  operationId: 'listNewsItems',
  title: 'List news items',
  description: 'Announcements to customers, live and drafts, newest first. What customers see in one feed is in list_newsfeed_items.',
  asked: 'all announcements changelog release notes product updates posts drafts which entries live overview every title many latest wrote catalogue unpublished what',
  route: 'GET /news/news_items',
  effect: 'read',
  permission: reading,
  input: z.strictObject(paged(10)),
  output: numberedList('data', NewsItem),
  paging: { style: 'page', default: 10, max: 150, items: 'data' },
})

const item = {
  title: z.string().min(1),
  sender_id: z.int().describe('The teammate it comes from, from list_admins.'),
  body: z.string().optional().describe('HTML; plain text becomes paragraphs.'),
  deliver_silently: z.boolean().optional().describe('true: no badge tells customers of it.'),
  labels: z.array(z.string()).optional().describe('Shown to customers, such as "New".'),
  reactions: z.array(Reaction).optional().describe('Emoji that customers may answer with; an empty list for none.'),
  newsfeed_assignments: z
    .array(z.strictObject({ newsfeed_id: z.int(), published_at: Timestamp.optional().describe('Unix seconds, not in the future; now by default.') }))
    .optional()
    .describe('The newsfeeds it appears in, from list_newsfeeds.'),
}

const audience = 'everyone whom its newsfeeds are shown to'

export const createNewsItem = operation({
  name: 'create_news_item',
  operationId: 'createNewsItem',
  title: 'Create a news item',
  description: 'A new announcement, a draft unless its state is live: then customers see it in the assigned newsfeeds at once.',
  asked: 'write draft post publish announce changelog entry release note product update feature customers tell everyone about launch labels maintenance window put feed share what deliver silently spread word newsfeed publicise version',
  route: 'POST /news/news_items',
  effect: 'send',
  effectOf: ({ state }) => (state === 'live' ? 'send' : 'write'),
  milder: 'for a draft',
  permission: writing,
  input: z.strictObject({ ...item, state: z.enum(states).optional().describe('draft by default.') }),
  output: NewsItem,
  audience,
  readBack: { operation: listNewsItems, input: () => ({ per_page: 150 }), happened: showsMade('title sender_id state deliver_silently', 'body labels reactions newsfeed_assignments') },
})

export const getNewsItem = operation({
  name: 'get_news_item',
  operationId: 'retrieveNewsItem',
  title: 'Get a news item',
  description: 'One announcement by id: its body, its state and the newsfeeds it is in.',
  asked: 'one announcement release note product update post show open full text details live draft who sent read changelog entry view reactions labels pull cover image which newsfeed look',
  route: 'GET /news/news_items/{id}',
  effect: 'read',
  permission: reading,
  input: z.strictObject({ id }),
  output: NewsItem,
  resource: 'intercom://news-items/{id}',
})

export const updateNewsItem = operation({
  name: 'update_news_item',
  operationId: 'updateNewsItem',
  title: 'Update a news item',
  description: 'Changes an announcement; title and sender_id must be given, what else is left out stays. While it is live, customers see the change at once.',
  asked: 'edit change fix publish announcement release note product post make live draft take offline text typo rename title add label assign newsfeed correct changelog entry revise set different sender reactions launch delayed amend reword feed too',
  route: 'PUT /news/news_items/{id}',
  effect: 'send',
  // left out, the state stays as it is, and that may be live
  effectOf: ({ state }) => (state === 'draft' ? 'write' : 'send'),
  milder: 'with state draft',
  idempotent: true,
  permission: writing,
  input: z.strictObject({ id, ...item, state: z.enum(states).optional() }),
  output: NewsItem,
  audience,
  readBack: { operation: getNewsItem, input: byId, happened: shows('title sender_id state deliver_silently', 'body labels reactions newsfeed_assignments') },
})

export const deleteNewsItem = operation({
  name: 'delete_news_item',
  operationId: 'deleteNewsItem',
  title: 'Delete a news item',
  description: 'Removes an announcement for good, also from the newsfeeds it is live in.',
  asked: 'remove take down announcement release note product update post rid old throw changelog entry obsolete longer needed trash clean retire gone feed feature cancelled pull wipe draft event over',
  route: 'DELETE /news/news_items/{id}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission: writing,
  input: z.strictObject({ id }),
  output: shape({ id: z.string() }, { object: z.string(), deleted: z.boolean() }),
  readBack: { operation: getNewsItem, input: ({ id }) => ({ id }), happened: isGone },
})

export const listNewsfeedItems = operation({
  name: 'list_newsfeed_items',
  operationId: 'listLiveNewsfeedItems',
  title: 'List live items of a newsfeed',
  description: 'What customers see in one newsfeed: its live news items, last published first.',
  asked: 'live published news posts announcements feed what customers see currently content which updates visible articles running entries today showing',
  route: 'GET /news/newsfeeds/{id}/items',
  effect: 'read',
  permission: reading,
  input: z.strictObject({ id: feed, ...paged(20) }),
  output: numberedList('data', NewsItem),
  paging: { style: 'page', default: 20, max: 150, items: 'data' },
  resource: 'intercom://newsfeeds/{id}/items',
})

export const listNewsfeeds = operation({
  name: 'list_newsfeeds',
  operationId: 'listNewsfeeds',
  title: 'List newsfeeds',
  description: 'The newsfeeds that news items can be assigned to. They are made in Intercom only.',
  asked: 'all news feeds channels which name overview pick right post every many catalogue announcements where published customers partners',
  route: 'GET /news/newsfeeds',
  effect: 'read',
  reference: true,
  permission: reading,
  input: z.strictObject(paged(10)),
  output: numberedList('data', Newsfeed),
  paging: { style: 'page', default: 10, max: 150, items: 'data' },
  resource: 'intercom://newsfeeds',
})

export const getNewsfeed = operation({
  name: 'get_newsfeed',
  operationId: 'retrieveNewsfeed',
  title: 'Get a newsfeed',
  description: 'One newsfeed by id: its name, which only teammates see.',
  asked: 'one news feed name show details what called view single when created look settings pull last updated open record behind info about which',
  route: 'GET /news/newsfeeds/{id}',
  effect: 'read',
  permission: reading,
  input: z.strictObject({ id: feed }),
  output: Newsfeed,
  resource: 'intercom://newsfeeds/{id}',
})
