/** 2025-11-22 15:26:40 UTC: what time it is in the workspace. */
export const morning = 1_763_825_200

/** In seconds. */
export const year = 31_536_000

type Body = Readonly<Record<string, unknown>>

/** What is asked of one kind of document. `run` differs from time to time, so that nothing found before is of use. */
export interface Questions {
  readonly path: string
  readonly idOf: (run: number) => string
  readonly threeFilters: (run: number) => Body
  readonly nested: (run: number) => Body
}

const filter = (field: string, operator: string, value: unknown): Body => ({ field, operator, value })
const all = (...value: Body[]): Body => ({ operator: 'AND', value })
const any = (...value: Body[]): Body => ({ operator: 'OR', value })

export const questions: Readonly<Record<string, Questions>> = {
  contacts: {
    path: '/contacts',
    idOf: (run) => (1 + run * 97).toString(16).padStart(24, '0'),
    threeFilters: (run) => all(filter('role', '=', 'user'), filter('location.country', '=', 'United States'), filter('created_at', '>', morning - 90 * 86_400 - run * 86_400)),
    nested: (run) => all(
      any(filter('role', '=', 'lead'), filter('custom_attributes.seats', '>', 3)),
      any(filter('last_seen_at', '>', morning - (200 + run) * 86_400), filter('unsubscribed_from_emails', '=', true)),
      filter('email', '~', `person${run}`),
    ),
  },
  conversations: {
    path: '/conversations',
    idOf: (run) => String(1_000_001 + run * 97),
    threeFilters: (run) => all(filter('open', '=', true), filter('source.type', '=', 'conversation'), filter('created_at', '>', morning - 90 * 86_400 - run)),
    nested: (run) => all(
      any(filter('state', '=', 'closed'), filter('priority', '=', 'priority')),
      any(filter('updated_at', '>', morning - (200 + run) * 86_400), filter('read', '=', false)),
      filter('statistics.count_conversation_parts', '>', 2),
    ),
  },
}
