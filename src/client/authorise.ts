import type { Effect } from '../contract/operation.ts'
import { isWithin } from './alarm.ts'
import { type Call, failed, type Send, type World } from './call.ts'
import { Failure } from './failure.ts'
import type { Limits } from './limits.ts'

/** What the operator of this server allows, whatever the token may do. */
export interface Policy {
  readonly effects: readonly Effect[]
  /** Whether the operation of this name is allowed; all are by default. */
  readonly operations?: (name: string) => boolean
}

const everything: Policy = { effects: ['read', 'write', 'send', 'destroy'] }

/**
 * Refuses what the operator forbids, and then what the token is known to lack, before anything is sent. Around the cache,
 * so that kept answers obey it too. A missing permission is learned from Intercom's answer and soon forgotten: ticking it
 * heals by itself, and a `fresh` call asks at once.
 */
export const authorise = ({ now }: World, { permissionMs }: Pick<Limits, 'permissionMs'>, policy: Policy = everything) => {
  const lackedSince = new Map<string, number>()
  return (next: Send): Send =>
    async (call) => {
      const forbidden = objection(policy, call)
      if (forbidden) throw failed(call, 'policy_denied', { outcome: 'not_sent', note: forbidden })
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

const objection = (policy: Policy, { operation, effect }: Call): string | undefined => {
  if (policy.operations && !policy.operations(operation.name)) return `This server does not offer ${operation.name}`
  if (!policy.effects.includes(effect)) return `This server may not ${deed[effect]}, as ${operation.name} would`
  return undefined
}

const deed: Readonly<Record<Effect, string>> = {
  read: 'read from Intercom',
  write: 'change anything in Intercom',
  send: 'send anything to customers',
  destroy: 'delete or hide anything in Intercom',
}

const lacking = (call: Call, retryAt: number): Failure =>
  failed(call, 'permission_missing', { outcome: 'not_sent', permission: call.operation.permission, retryAt })

/** Intercom also forbids single objects; only a refusal that speaks of the token says anything about the next call. */
const tellsOfScope = ({ code, upstream }: Failure): boolean =>
  code === 'permission_missing' && (upstream?.code === 'token_unauthorized' || /\bscope|\bpermission/i.test(upstream?.message ?? ''))
