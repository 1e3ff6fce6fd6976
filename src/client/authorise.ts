import type { Effect, Operation } from '../contract/operation.ts'
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
  const lackedUntil = new Map<string, number>()
  return (next: Send): Send =>
    async (call) => {
      const forbidden = objection(policy, call)
      if (forbidden) throw failed(call, 'policy_denied', { outcome: 'not_sent', note: forbidden })
      refuseLacked(call, lackedUntil.get(call.operation.permission) ?? 0, now())
      try {
        return await next(call)
      } catch (failure) {
        if (failure instanceof Failure && tellsOfScope(failure)) lackedUntil.set(call.operation.permission, now() + permissionMs)
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

const refuseLacked = (call: Call, until: number, now: number): void => {
  if (until <= now || call.fresh) return
  const { permission }: Operation = call.operation
  throw failed(call, 'permission_missing', { outcome: 'not_sent', permission, retryAt: until })
}

/** Intercom also forbids single objects; only a refusal that speaks of the token says anything about the next call. */
const tellsOfScope = ({ code, upstream }: Failure): boolean =>
  code === 'permission_missing' && (upstream?.code === 'token_unauthorized' || /\bscope|\bpermission/i.test(upstream?.message ?? ''))
