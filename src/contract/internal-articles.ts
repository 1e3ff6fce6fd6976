import * as z from 'zod'
import { operation } from './operation.ts'
import { byId, isGone, shows, showsMade } from './read-back.ts'
import { Html, numberedList, NumberedPages, shape, Timestamp } from './shape.ts'

const reading = 'Read and list articles'
const writing = 'Read and write articles'

/** An article that only teammates and Copilot read. */
export const InternalArticle = shape(
  { id: z.string() },
  {
    type: z.string(),
    title: z.string(),
    body: Html,
    owner_id: z.int(),
    author_id: z.int(),
    created_at: Timestamp,
    updated_at: Timestamp,
    locale: z.string(),
  },
)

const id = z.string().describe("The internal article's id.")
const author_id = z.int().describe('A teammate, from list_admins.')
const owner_id = z.int().describe('The teammate who keeps it up to date.')
const body = z.string().describe('HTML or plain text.')

const page = z.int().min(1).optional()
const perPage = (byDefault: number) => z.int().min(1).max(150).optional().describe(`Items a page; ${byDefault} by default.`)

export const listInternalArticles = operation({
  name: 'list_internal_articles',
  operationId: 'listInternalArticles',
  title: 'List internal articles',
  description: "Articles for teammates only (procedures, policies), last updated first. Customers' articles are in list_articles.",
  asked: 'all private docs runbooks playbooks knowledge only teammates see staff which agent guides overview every base contents many title catalogue procedures support confidential browse wiki tos team handbook entries',
  route: 'GET /internal_articles',
  effect: 'read',
  permission: reading,
  input: z.strictObject({ page, per_page: perPage(25) }),
  output: numberedList('data', InternalArticle),
  paging: { style: 'page', default: 25, max: 150, items: 'data' },
})

export const createInternalArticle = operation({
  name: 'create_internal_article',
  operationId: 'createInternalArticle',
  title: 'Create an internal article',
  description: 'A new article that teammates read and Copilot may answer from. Customers never see it; it has no drafts.',
  asked: 'write add private doc runbook playbook procedure policy team agents only staff new guide document visible customers escalation support save refund cheat sheet knowledge base down process colleagues confidential instructions reps standard operating onboarding',
  route: 'POST /internal_articles',
  effect: 'write',
  permission: writing,
  input: z.strictObject({
    title: z.string().min(1),
    author_id,
    owner_id,
    body: body.optional(),
    locale: z.string().min(1).optional().describe('en by default.'),
  }),
  output: InternalArticle,
  readBack: { operation: listInternalArticles, input: () => ({ per_page: 150 }), happened: showsMade('title author_id owner_id', 'body locale') },
})

export const getInternalArticle = operation({
  name: 'get_internal_article',
  operationId: 'retrieveInternalArticle',
  title: 'Get an internal article',
  description: 'One internal article by id, with its whole body.',
  asked: 'open read one private doc runbook show staff only guide full text playbook view what agents say who owns pull procedure details look author policy display handbook entry',
  route: 'GET /internal_articles/{id}',
  effect: 'read',
  permission: reading,
  input: z.strictObject({ id }),
  output: InternalArticle,
  resource: 'intercom://internal-articles/{id}',
})

export const updateInternalArticle = operation({
  name: 'update_internal_article',
  operationId: 'updateInternalArticle',
  title: 'Update an internal article',
  description: 'Changes title, body, author or owner of an internal article; what is left out stays.',
  asked: 'edit change fix reassign owner private doc runbook playbook date revise staff only guide correct procedure new rename add step agents rewrite body escalation policy typo amend instructions transfer ownership limits handbook',
  route: 'PUT /internal_articles/{id}',
  effect: 'write',
  idempotent: true,
  permission: writing,
  input: z.strictObject({
    id,
    title: z.string().min(1).optional(),
    body: body.optional(),
    author_id: author_id.optional(),
    owner_id: owner_id.optional(),
  }),
  output: InternalArticle,
  readBack: { operation: getInternalArticle, input: byId, happened: shows('title author_id owner_id', 'body') },
})

export const deleteInternalArticle = operation({
  name: 'delete_internal_article',
  operationId: 'deleteInternalArticle',
  title: 'Delete an internal article',
  description: 'Removes an internal article for good.',
  asked: 'remove private doc outdated runbook playbook rid staff only guide obsolete throw procedure longer needed retire agents trash clean knowledge base gone wipe confidential drop handbook entry old policy away',
  route: 'DELETE /internal_articles/{id}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission: writing,
  input: z.strictObject({ id }),
  output: shape({ id: z.string() }, { object: z.string(), deleted: z.boolean() }),
  readBack: { operation: getInternalArticle, input: ({ id }) => ({ id }), happened: isGone },
})

export const searchInternalArticles = operation({
  name: 'search_internal_articles',
  operationId: 'searchInternalArticles',
  title: 'Search internal articles',
  description: 'Internal articles of one folder, last updated first. There is no search by words: Intercom filters by folder only, and no read tells which folders there are.',
  asked: 'find private docs runbooks playbooks folder look knowledge outages agents guide staff only which procedure covers chargebacks instructions filter handle escalation',
  route: 'GET /internal_articles/search',
  effect: 'read',
  permission: reading,
  input: z.strictObject({
    folder_id: z.string().optional().describe('From the address of the folder in Intercom; all folders when left out.'),
    page,
    per_page: perPage(10),
  }),
  output: shape(
    { data: shape({ internal_articles: z.array(InternalArticle) }, {}) },
    { type: z.string(), total_count: z.int(), pages: NumberedPages },
  ),
  paging: { style: 'page', default: 10, max: 150, items: 'data.internal_articles' },
})
