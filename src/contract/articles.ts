import * as z from 'zod'
import { operation } from './operation.ts'
import { byId, isGone, shows, showsMade } from './read-back.ts'
import { Highlighted, Html, numberedList, NumberedPages, shape, Timestamp } from './shape.ts'
import { Tag } from './tag.ts'
import { translated, translations } from './translation.ts'

const reading = 'Read and list articles'
const writing = 'Read and write articles'

const states = ['published', 'draft'] as const

const content = {
  type: z.string(),
  title: z.string(),
  description: z.string(),
  body: Html,
  author_id: z.int(),
  state: z.enum(states),
  created_at: Timestamp,
  updated_at: Timestamp,
  url: z.string().describe('Where it is read; null while a draft.'),
}

/** An article in another language than its default. */
export const ArticleTranslation = shape({}, content)

const listed = {
  ...content,
  workspace_id: z.string(),
  parent_id: z.int().describe("The collection's id."),
  parent_ids: z.array(z.int()),
  parent_type: z.string(),
  default_locale: z.string(),
  translated_content: translated(ArticleTranslation),
  tags: shape({}, { type: z.string(), tags: z.array(Tag) }),
}

const Statistics = shape(
  {},
  {
    type: z.string(),
    views: z.int(),
    conversions: z.int(),
    conversations: z.int(),
    reactions: z.int(),
    happy_reaction_percentage: z.number(),
    neutral_reaction_percentage: z.number(),
    sad_reaction_percentage: z.number(),
  },
)

/** An article as lists have it: without its statistics. */
export const ListedArticle = shape({ id: z.string() }, listed)

/** An article of the Help Center: the content in its default language, translations beside it. */
export const Article = shape({ id: z.string() }, { ...listed, statistics: Statistics })

/** Where a search found its words: in the title, and in pieces of the text. */
const Highlights = shape({ article_id: z.string() }, { highlighted_title: Highlighted, highlighted_summary: z.array(Highlighted) })

const id = z.string().describe("The article's id.")

export const listArticles = operation({
  name: 'list_articles',
  operationId: 'listArticles',
  title: 'List articles',
  description: 'Help Center articles, published and drafts, last updated first. To find one on a subject use search_articles.',
  asked: 'all help center docs knowledge base faq browse export published documentation what which everything overview public newest updated first count draft changed recently inventory support title catalogue guides customers content audit stale ages walk index',
  route: 'GET /articles',
  effect: 'read',
  permission: reading,
  input: z.strictObject({
    page: z.int().min(1).optional(),
    per_page: z.int().min(1).max(250).optional().describe('Items a page; 25 by default.'),
  }),
  output: numberedList('data', ListedArticle),
  paging: { style: 'page', default: 25, max: 250, items: 'data' },
})

export const getArticle = operation({
  name: 'get_article',
  operationId: 'retrieveArticle',
  title: 'Get an article',
  description: 'One article by id: its whole body in one language, which translations there are, and how often it was viewed and liked.',
  asked: 'open read show one help views reactions statistics full text doc many thumbs down published draft faq entry url who author translations pull guide what say happy sad percentage',
  route: 'GET /articles/{id}',
  effect: 'read',
  permission: reading,
  input: z.strictObject({ id }),
  output: Article,
  resource: 'intercom://articles/{id}',
})

const body = z.string().describe('HTML; plain text becomes paragraphs.')
const description = z.string().describe('One line, shown under the title.')
const author_id = z.int().describe('A teammate, from list_admins.')
const state = z.enum(states)

const translation = z.strictObject({
  title: z.string().optional(),
  description: description.optional(),
  body: body.optional(),
  author_id: author_id.optional(),
  state: state.optional(),
})
const translated_content = translations(translation).optional().describe('By locale: fr, es, pt-BR, zh-CN and so on. Each has a state of its own, draft at first.')
const parent = {
  parent_id: z.int().nullable().optional().describe('Id of the collection it stands in; null: in none.'),
  parent_type: z.literal('collection').optional(),
}

/** The content that an input has: the default language's, if it says anything of it, and each translation's. */
const contentsOf = ({ translated_content: others = {}, ...main }: Record<string, unknown>): { state?: unknown }[] => {
  const said = Object.keys(main).some((key) => key !== 'id')
  const translations = Object.values(others as Record<string, { state?: unknown }>) // the schema has seen it
  return said ? [main, ...translations] : translations
}

/** What is required may stand among the translations instead, in the default language; that is English here. */
const withRequired = (sent: Record<string, unknown>): Record<string, unknown> => {
  const { en } = (sent.translated_content ?? {}) as { en?: Record<string, unknown> | null } // anything has properties, if undefined ones
  const required = Object.entries({ title: en?.title, author_id: en?.author_id }).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(required), ...sent }
}

const audience = 'everyone who may read the Help Center, and Fin, which may answer from it'

export const createArticle = operation({
  name: 'create_article',
  operationId: 'createArticle',
  title: 'Create an article',
  description: 'A new Help Center article, a draft unless its state is published: then customers can read it at once, and Fin may answer from it.',
  asked: 'write draft add publish new help guide faq doc center knowledge base entry customers document answer publicly post tutorial put self service turn start public page explaining refunds french german save review collection troubleshooting',
  route: 'POST /articles',
  effect: 'send',
  effectOf: (input) => (contentsOf(input).some(({ state }) => state === 'published') ? 'send' : 'write'),
  milder: 'for a draft',
  accept: withRequired,
  permission: writing,
  input: z.strictObject({
    title: z.string().min(1),
    author_id,
    description: description.optional(),
    body: body.optional(),
    state: state.optional().describe('draft by default.'),
    ...parent,
    translated_content,
  }),
  output: Article,
  audience,
  readBack: { operation: listArticles, input: () => ({}), happened: showsMade('title author_id state parent_id', 'description body translated_content') },
})

export const updateArticle = operation({
  name: 'update_article',
  operationId: 'updateArticle',
  title: 'Update an article',
  description:
    'Changes the given fields of an article; translations are changed one by one. A published article shows the change at once. state publishes it, or takes it back to draft, out of sight.',
  asked: 'edit fix rewrite rename translate publish unpublish help make live go back draft move another collection change author body correct typo doc faq title outdated add put refresh guide new prices revise screenshots steps screen instructions replace wording public category',
  route: 'PUT /articles/{id}',
  effect: 'send',
  // left out, a state stays as it is, and that may be published
  effectOf: (input) => (contentsOf(input).some(({ state }) => state !== 'draft') ? 'send' : 'write'),
  milder: 'with state draft',
  idempotent: true,
  permission: writing,
  input: z.strictObject({
    id,
    title: z.string().min(1).optional(),
    description: description.optional(),
    body: body.optional(),
    author_id: author_id.optional(),
    state: state.optional(),
    ...parent,
    translated_content,
  }),
  output: Article,
  audience,
  readBack: { operation: getArticle, input: byId, happened: shows('title author_id state parent_id', 'description body translated_content') },
})

export const deleteArticle = operation({
  name: 'delete_article',
  operationId: 'deleteArticle',
  title: 'Delete an article',
  description: 'Removes an article with its translations and statistics for good. To hide it only, update its state to draft.',
  asked: 'remove take down help doc faq good rid entry obsolete trash guide public permanently throw outdated longer needed retire discontinued feature gone clean center duplicate away pull wipe draft',
  route: 'DELETE /articles/{id}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission: writing,
  input: z.strictObject({ id }),
  output: shape({ id: z.string() }, { object: z.string(), deleted: z.boolean() }),
  readBack: { operation: getArticle, input: ({ id }) => ({ id }), happened: isGone },
})

export const searchArticles = operation({
  name: 'search_articles',
  operationId: 'searchArticles',
  title: 'Search articles',
  description: 'Help Center articles with words of a phrase in title, description, body or a translation, the best first.',
  asked: 'find help about topic phrase what documentation say look answer knowledge base docs faq guide full text highlights center refunds password reset which explains invoices send customer mentioning sso keyword exports matches drafts billing question suggest link cancelling set where',
  route: 'GET /articles/search',
  effect: 'read',
  permission: reading,
  input: z.strictObject({
    phrase: z.string().optional().describe('Words to look for.'),
    state: z.enum([...states, 'all']).optional().describe('published by default.'),
    help_center_id: z.int().optional().describe('Only this Help Center, from list_help_centers.'),
    highlight: z.boolean().optional().describe('Where the words are; true by default.'),
    page: z.int().min(1).optional(),
    per_page: z.int().min(1).max(150).optional().describe('Items a page; 10 by default.'),
  }),
  output: shape(
    { data: shape({ articles: z.array(Article) }, { highlights: z.array(Highlights) }) },
    { type: z.string(), total_count: z.int(), pages: NumberedPages },
  ),
  paging: { style: 'page', default: 10, max: 150, items: 'data.articles' },
})
