import type { Noun } from '../contract/nouns.ts'
import type { Handlers } from './handler.ts'

/** Who answers for each area. Loaded on first use, as the contract is; a missing noun or handler does not compile. */
export const handlers: { readonly [N in Noun]: () => Promise<{ handlers: Handlers<N> }> } = {
  admins: () => import('./admins.ts'),
  'ai-content': () => import('./ai-content.ts'),
  contacts: () => import('./contacts.ts'),
  'ticket-states': () => import('./ticket-states.ts'),
  'ticket-type-attributes': () => import('./ticket-type-attributes.ts'),
  'ticket-types': () => import('./ticket-types.ts'),
  tickets: () => import('./tickets.ts'),
}
