import { permissionNamed, whereToTick } from '../client/advice.ts'
import { Failure } from '../client/failure.ts'

/** What of several reads succeeded, and in a few words each why the others did not. */
export interface Gathered<T> {
  readonly found: Partial<T>
  readonly missing: Readonly<Partial<Record<keyof T, string>>>
}

/** Reads several things at once. One that fails leaves the others as they are; only the caller's leaving ends them all. */
export const gather = async <T extends object>(reads: { readonly [K in keyof T]: () => Promise<T[K]> }): Promise<Gathered<T>> => {
  const names = Object.keys(reads) as (keyof T)[] // Object.keys forgets which they are
  const results = await Promise.allSettled(names.map((name) => reads[name]()))
  const found: Partial<T> = {}
  const missing: Partial<Record<keyof T, string>> = {}
  for (const [index, result] of results.entries()) {
    const name = names[index]!
    if (result.status === 'fulfilled') found[name] = result.value
    else missing[name] = reason(result.reason)
  }
  return { found, missing }
}

/** Why something could not be read, in a few words. Throws what is no failure of a read, or means that nobody waits any more. */
export const reason = (error: unknown): string => {
  if (!(error instanceof Failure) || error.code === 'cancelled') throw error
  return reasons[error.code]?.(error) ?? error.advice
}

const lacking = 'the token lacks the permission'

/** What to do about permissions that some of these sentences miss: one more sentence, or none. */
export const remedy = (sentences: readonly string[]): string[] =>
  sentences.some((each) => each.includes(lacking)) ? [`Missing permissions are ticked in ${whereToTick}.`] : []

const reasons: Partial<Record<Failure['code'], (failure: Failure) => string>> = {
  permission_missing: ({ permission }) => `${lacking} ${permissionNamed(permission)}`,
  policy_denied: ({ note }) => note ?? 'not allowed on this server',
  rate_limited: () => "Intercom's rate budget is used up",
  timeout: () => 'no answer in time',
  plan_restricted: () => "not part of the workspace's plan",
  unavailable: () => 'Intercom gave no proper answer',
  too_large: () => 'too much for one answer',
  bad_answer: () => 'the answer cannot be read',
  rejected: () => 'Intercom refused it', // its words may be a customer's
  not_found: () => 'Intercom found nothing',
}

/** Undefined when there is no such thing: what is archived, merged or deleted is not found. */
export const unlessGone = async <T>(call: Promise<T>): Promise<T | undefined> => {
  try {
    return await call
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') return undefined
    throw error
  }
}
