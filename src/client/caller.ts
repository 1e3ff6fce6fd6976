import type { Client } from './client.ts'
import type { Log } from './log.ts'
import { everything, narrowed, type Policy } from './policy.ts'

/** On whose behalf a call is made. */
export interface Caller {
  /** Who it is, as audit and confirmations know them; never a secret. */
  readonly principal: string
  /** The tool, resource or prompt they use. */
  readonly through?: string
  readonly policy: Policy
  /** Told of each request made for them, besides the client's own. */
  readonly log?: Log
  /** Whether the calls are reads that only help to answer another call. */
  readonly supporting: boolean
}

/** What is to be known of a caller besides. A policy narrows the one that held before. */
export type CallerDetail = Partial<Omit<Caller, 'policy'>> & { readonly policy?: Partial<Policy> }

/** Nobody in particular, who may do everything. */
export const anyone: Caller = { principal: 'local', policy: everything, supporting: false }

/** The caller, known better. */
export const known = (caller: Caller, { policy, ...detail }: CallerDetail): Caller => ({ ...caller, ...detail, policy: policy ? narrowed(caller.policy, policy) : caller.policy })

/** The client for reads that only help to answer another call: names, types, what a search looks into. */
export const supporting = (client: Client): Client => (client.caller.supporting ? client : client.for({ supporting: true }))
