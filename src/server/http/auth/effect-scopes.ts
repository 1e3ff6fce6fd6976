import type { Effect } from '../../../contract/operation.ts'

/** The scope for each thing calls may do. Whoever may do more may also read: nobody could tell what they do otherwise. */
export const scopeOf: Readonly<Record<Effect, string>> = { read: 'intercom:read', write: 'intercom:write', send: 'intercom:send', destroy: 'intercom:destroy' }

/** One of these a token must have. */
export const effectScopes: readonly string[] = Object.values(scopeOf)
