import { isWithin } from './alarm.ts'
import { digest } from './approval.ts'
import { type Call, failed, type Send, type World } from './call.ts'
import type { Limits } from './limits.ts'
import { lackOf, type Permissions } from './permissions.ts'
import { objection } from './policy.ts'

/**
 * Refuses what the caller's policy forbids and what the token is known to lack before anything is sent. Around the cache, so that kept answers obey it too. What is known of the token is believed for a short while:
 * ticking a permission heals by itself, and a `fresh` call asks at once.
 */
export const authorise = ({ now }: Pick<World, 'now'>, limits: Pick<Limits, 'permissionMs' | 'tokenMs'>, known: Permissions) => (next: Send): Send =>
  async (call) => {
    permit(call)
    if (!call.fresh) afford(call, known, now(), limits)
    return next(call)
  }

/** Refuses what a person has still to confirm. Within what answers repeats: where nothing is sent nobody need agree. */
export const confirmed = (next: Send): Send =>
  async (call) => {
    const { operation, effect, input, caller: { policy }, approval } = call
    if (policy.confirm.has(effect) && approval?.digest !== digest(operation.name, input)) throw failed(call, 'unconfirmed', { outcome: 'not_sent', note: approval?.denial?.note })
    return next(call)
  }

/** Throws unless the caller's policy lets the call run. */
const permit = (call: Call): void => {
  const { operation, effect, caller: { policy, supporting } } = call
  const forbidden = objection(policy, { name: operation.name, effect, supporting })
  if (forbidden !== undefined) throw failed(call, 'policy_denied', { outcome: 'not_sent', note: forbidden })
}

/** Throws when Intercom has lately said that the token may not do this, or that it is none. */
const afford = (call: Call, known: Permissions, now: number, { permissionMs, tokenMs }: Pick<Limits, 'permissionMs' | 'tokenMs'>): void => {
  const refusedAt = known.refusedAt()
  if (refusedAt !== undefined && isWithin(tokenMs, refusedAt, now)) throw failed(call, 'unauthorized', { outcome: 'not_sent' })
  const permission = lackOf(known.lacking(), call.operation.permission)
  const knowledge = permission === undefined ? undefined : known.of(permission)
  if (typeof knowledge === 'object' && isWithin(permissionMs, knowledge.lackingSince, now))
    throw failed(call, 'permission_missing', { outcome: 'not_sent', permission, retryAt: knowledge.lackingSince + permissionMs })
}
