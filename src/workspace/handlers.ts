import type { Noun } from '../contract/nouns.ts'
import type { Handlers, Refusals } from './handler.ts'

/** Who answers for each area. Loaded on first use, as the contract is; a missing noun or handler does not compile. */
export const handlers: { readonly [N in Noun]: () => Promise<{ handlers: Handlers<N>; refusals?: Refusals<N> }> } = {
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
}
