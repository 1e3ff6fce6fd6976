import type { Client, Permissions, Policy } from '../client/client.ts'
import { narrowed } from '../client/policy.ts'
import type { CallContext } from '../tools/call.ts'
import { objectionTo } from '../tools/permitted.ts'
import type { Narrowing } from '../tools/rules.ts'
import type { OperationTool, PublishedTool } from '../tools/tool.ts'
import { listed } from '../tools/toolsets.ts'
import type { Place } from '../view/present.ts'

/** What one running server offers, the same to every connection. */
export interface Offer {
  readonly version: string
  /** The tools that are listed and may be called, in their fixed order. */
  readonly tools: readonly PublishedTool[]
  /** Every tool there is, to tell one that is off from one that does not exist. */
  readonly published: readonly PublishedTool[]
  /** Every operation there is: what resources read. */
  readonly operations: readonly OperationTool[]
  /** What is known of the token: what it lacks the permission for is not listed. */
  readonly permissions: Permissions
  /** Who calls, and what they may do. The client holds them to it. */
  readonly caller: { readonly principal: string; readonly policy: Policy }
  readonly place: Place
  /** Opened at the first call, so that a session that only lists makes no connection. */
  readonly client: () => Promise<Client>
  /** A few characters that nobody can foresee, new each time: they mark what customers wrote. */
  readonly nonce: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Told of defects: errors that are nobody's input and no answer of Intercom's. */
  readonly onError: (error: unknown) => void
  /** Called once a tools/list is being answered. */
  readonly onList?: () => void
}

/**
 * The offer to a caller of whom more is said: by flags, the environment, a file, a request's headers, or whatever tells what they
 * may do. Never allows more than before; of tools it lists those chosen last, as far as all that was said allows them.
 */
export const narrowedOffer = (offer: Offer, narrowing: Narrowing): Offer => {
  const policy = narrowed(offer.caller.policy, narrowing.policy)
  return { ...offer, caller: { ...offer.caller, policy }, tools: chosen(offer, narrowing).filter((tool) => objectionTo(tool, policy) === undefined) }
}

const chosen = ({ published, tools: before }: Offer, { toolsets, tools }: Narrowing): readonly PublishedTool[] => {
  if (tools) return published.filter(({ tool }) => tools.includes(tool.name))
  return toolsets ? listed(published, toolsets) : before
}

/** What a call works with. */
export const contextOf = async ({ client, caller, place, operations, nonce, now }: Offer, signal: AbortSignal): Promise<CallContext> => ({
  client: (await client()).for(caller),
  place,
  signal,
  operations,
  nonce,
  now,
})

/** What a client is told of a defect: nothing of its inside. */
export const defect = 'The server failed unexpectedly; its log on stderr says more. Calling again may work.'
