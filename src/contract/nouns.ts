import { isOperation, type Operation } from './operation.ts'

/**
 * Every area of the API: one file, one noun, one toolset. Each is loaded on first use, since building its schemas
 * costs more than everything else a short session does.
 */
export const nouns = {
  admins: () => import('./admins.ts'),
  'ai-content': () => import('./ai-content.ts'),
  articles: () => import('./articles.ts'),
  companies: () => import('./companies.ts'),
  contacts: () => import('./contacts.ts'),
  conversations: () => import('./conversations.ts'),
  'custom-object-instances': () => import('./custom-object-instances.ts'),
  'data-attributes': () => import('./data-attributes.ts'),
  'data-events': () => import('./data-events.ts'),
  'data-export': () => import('./data-export.ts'),
  'help-center': () => import('./help-center.ts'),
  'internal-articles': () => import('./internal-articles.ts'),
  messages: () => import('./messages.ts'),
  news: () => import('./news.ts'),
  notes: () => import('./notes.ts'),
  'phone-call-redirects': () => import('./phone-call-redirects.ts'),
  segments: () => import('./segments.ts'),
  'subscription-types': () => import('./subscription-types.ts'),
  tags: () => import('./tags.ts'),
  teams: () => import('./teams.ts'),
  'ticket-states': () => import('./ticket-states.ts'),
  'ticket-type-attributes': () => import('./ticket-type-attributes.ts'),
  'ticket-types': () => import('./ticket-types.ts'),
  tickets: () => import('./tickets.ts'),
  visitors: () => import('./visitors.ts'),
} as const

export type Noun = keyof typeof nouns
type Module<N extends Noun> = Awaited<ReturnType<(typeof nouns)[N]>>

/** The operations a noun declares, as a union. */
export type OperationOf<N extends Noun> = Extract<Module<N>[keyof Module<N>], Operation>

/** The operations of one noun, by name. */
export const operationsOf = async (noun: Noun): Promise<Operation[]> =>
  Object.values(await nouns[noun]())
    .filter(isOperation)
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** One operation; undefined when the noun declares none of that name. */
export const operationNamed = async (noun: Noun, name: string): Promise<Operation | undefined> =>
  Object.values(await nouns[noun]()).filter(isOperation).find((operation) => operation.name === name)

/** Every operation with its noun, in a fixed order. */
export const allOperations = async (): Promise<{ noun: Noun; operation: Operation }[]> => {
  const each = (Object.keys(nouns) as Noun[]).map(async (noun) => (await operationsOf(noun)).map((operation) => ({ noun, operation })))
  return (await Promise.all(each)).flat()
}
