import { permissionsOf } from '../contract/operation.ts'
import type { Alarm } from './alarm.ts'
import type { Call, Send, World } from './call.ts'
import { Failure } from './failure.ts'
import type { Limits } from './limits.ts'

/** What Intercom's answers told of one permission. Moments are in milliseconds since 1970. */
export type Knowledge = 'held' | { readonly lackingSince: number }

/** What is known of one access token. A client has one token, so another token's knowledge is another's. */
export interface Permissions {
  /** Undefined while nothing is known. */
  of(permission: string): Knowledge | undefined
  /** Those known to be missing. The same set until that changes. */
  lacking(): ReadonlySet<string>
  /** When Intercom last did not accept the token; undefined since it did, and before it was asked. */
  refusedAt(): number | undefined
  /** Calls back whenever `lacking` has changed. Returns how to stop that. */
  watch(listener: () => void): () => void
}

/** What is known, with the means to write it down. */
export interface Notebook extends Permissions {
  note(permission: string, knowledge: Knowledge | undefined): void
  accepted(): void
  refused(at: number): void
}

export const notebook = (): Notebook => {
  const known = new Map<string, Knowledge>()
  const listeners = new Set<() => void>()
  let lacking: ReadonlySet<string> = new Set()
  let wasAccepted = false
  let refusedAt: number | undefined
  const recount = (): void => {
    lacking = new Set([...known].filter(([, knowledge]) => knowledge !== 'held').map(([permission]) => permission))
    for (const listener of listeners) listener()
  }
  return {
    of: (permission) => known.get(permission),
    lacking: () => lacking,
    refusedAt: () => refusedAt,
    watch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    note: (permission, knowledge) => {
      if (knowledge === undefined) known.delete(permission)
      else known.set(permission, knowledge)
      if (lacking.has(permission) !== isLack(knowledge)) recount()
    },
    accepted: () => {
      wasAccepted = true
      refusedAt = undefined
    },
    // Older clients report this answer for a missing permission too: a token that some call was accepted with is never taken for a wrong one.
    refused: (at) => {
      if (!wasAccepted) refusedAt = at
    },
  }
}

const isLack = (knowledge: Knowledge | undefined): boolean => knowledge !== undefined && knowledge !== 'held'

/** The part of what an operation needs that is known to be missing; undefined when none is. */
export const lackOf = (lacking: ReadonlySet<string>, permission: string): string | undefined =>
  lacking.size === 0 ? undefined : [permission, ...permissionsOf(permission)].find((one) => lacking.has(one))

/**
 * Writes down what each answer tells of the token: a success that its permissions are held, a refusal that speaks of the token's
 * scope that one is missing. Directly around what is sent, since kept answers tell nothing. What nobody asks about is forgotten
 * after `lackingMs`, so that what was ticked meanwhile is offered again.
 */
export const learn = (notes: Notebook, { now, alarm }: World & { readonly alarm: Alarm }, { lackingMs }: Pick<Limits, 'lackingMs'>) => {
  const missing = (permission: string): void => {
    const knowledge = { lackingSince: now() }
    notes.note(permission, knowledge)
    alarm(lackingMs, () => {
      if (notes.of(permission) === knowledge) notes.note(permission, undefined)
    })
  }
  const told = (call: Call, failure: Failure): Failure => {
    if (failure.code === 'unauthorized') notes.refused(now())
    if (!tellsOfScope(failure)) return failure
    const permission = meant(call.operation.permission, failure, notes)
    notes.accepted()
    missing(permission)
    return failure.with({ permission })
  }
  return (next: Send): Send =>
    async (call) => {
      try {
        const answer = await next(call)
        notes.accepted()
        succeeded(notes, call.operation.permission)
        return answer
      } catch (error) {
        throw error instanceof Failure ? told(call, error) : error
      }
    }
}

const succeeded = (notes: Notebook, permission: string): void => {
  if (notes.lacking().has(permission)) notes.note(permission, undefined)
  for (const one of permissionsOf(permission)) if (notes.of(one) !== 'held') notes.note(one, 'held')
}

/** Intercom also forbids single objects; only a refusal that speaks of the token says anything about the next call. */
const tellsOfScope = ({ code, upstream }: Failure): boolean =>
  code === 'permission_missing' && (upstream?.code === 'token_unauthorized' || /\bscope|\bpermission/i.test(upstream?.message ?? ''))

/** Which of several permissions a refusal means: the one whose technical name it has, or one known to be missing, or else the one not known to be held. */
const meant = (permission: string, { upstream }: Failure, notes: Permissions): string => {
  const each = permissionsOf(permission)
  const named = each.filter((one) => upstream?.message?.includes(one.toLowerCase().replace(/\W+/g, '_')))
  const open = each.filter((one) => notes.of(one) !== 'held')
  return [...named, ...each.filter((one) => notes.lacking().has(one)), ...(open.length === 1 ? open : [permission])][0]!
}
