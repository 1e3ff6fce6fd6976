import { isWithin } from './alarm.ts'
import { digest } from './approval.ts'
import { type Call, failed, type Send, type World } from './call.ts'
import { Failure } from './failure.ts'
import type { Limits } from './limits.ts'
import { objection } from './policy.ts'

/**
 * Refuses what the caller's policy forbids, what a person has still to confirm, and what the token is known to lack, before
 * anything is sent. Around the cache, so that kept answers obey it too. A missing permission is learned from Intercom's answer
 * and soon forgotten: ticking it heals by itself, and a `fresh` call asks at once.
 */
export const authorise = ({ now }: World, { permissionMs }: Pick<Limits, 'permissionMs'>) => {
  const lackedSince = new Map<string, number>()
  return (next: Send): Send =>
    async (call) => {
      permit(call)
      const since = lackedSince.get(call.operation.permission)
      if (since !== undefined && !call.fresh && isWithin(permissionMs, since, now())) throw lacking(call, since + permissionMs)
      try {
        return await next(call)
      } catch (failure) {
        if (failure instanceof Failure && tellsOfScope(failure)) lackedSince.set(call.operation.permission, now())
        throw failure
      }
    }
}

/** Throws unless the caller's policy lets the call run, and whoever must agree to it has. */
const permit = (call: Call): void => {
  const { operation, effect, input, caller: { policy, supporting }, approval } = call
  const forbidden = objection(policy, { name: operation.name, effect, supporting })
  if (forbidden !== undefined) throw failed(call, 'policy_denied', { outcome: 'not_sent', note: forbidden })
  if (policy.confirm.has(effect) && approval?.digest !== digest(operation.name, input)) throw failed(call, 'unconfirmed', { outcome: 'not_sent' })
}

const lacking = (call: Call, retryAt: number): Failure =>
  failed(call, 'permission_missing', { outcome: 'not_sent', permission: call.operation.permission, retryAt })

/** Intercom also forbids single objects; only a refusal that speaks of the token says anything about the next call. */
const tellsOfScope = ({ code, upstream }: Failure): boolean =>
  code === 'permission_missing' && (upstream?.code === 'token_unauthorized' || /\bscope|\bpermission/i.test(upstream?.message ?? ''))
