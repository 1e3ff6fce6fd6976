import type { Client, Permissions, Policy } from '../client/client.ts'
import { narrowed } from '../client/policy.ts'
import { rephrased } from '../client/rephrased.ts'
import type { CallContext } from '../tools/call.ts'
import type { Person } from '../tools/confirm/confirm.ts'
import { objectionTo } from '../tools/permitted.ts'
import type { Narrowing } from '../tools/rules.ts'
import type { OperationTool, PublishedTool } from '../tools/tool.ts'
import { listed } from '../tools/toolsets.ts'
import { tellingOf } from './story.ts'
import type { Place } from '../view/present.ts'
import type { Redactable } from '../view/redaction/redactable.ts'
import type { Redaction } from '../view/redaction/redaction.ts'

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
  /** What people's consent is asked with; opened at the first question. */
  readonly consent: CallContext['consent']
  /** What callers are not shown, and how it is kept from them. */
  readonly redacted: ReadonlySet<Redactable>
  readonly redaction: (kinds: ReadonlySet<Redactable>) => Promise<Redaction>
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

/** What of an offer depends on what its callers may do. */
export type Offered = Pick<Offer, 'tools' | 'published' | 'caller' | 'redacted'>

/**
 * The offer to a caller of whom more is said: by flags, the environment, a file, a request's headers, or whatever tells what they
 * may do. Never allows more than before; of tools it lists those chosen last, as far as all that was said allows them.
 */
export const narrowedOffer = <Whole extends Offered>(offer: Whole, narrowing: Narrowing): Whole => {
  const policy = narrowed(offer.caller.policy, narrowing.policy)
  const redacted = new Set([...offer.redacted, ...(narrowing.redacted ?? [])])
  return { ...offer, redacted, caller: { ...offer.caller, policy }, tools: chosen(offer, narrowing).filter((tool) => objectionTo(tool, policy) === undefined) }
}

const chosen = ({ published, tools: before }: Offered, { toolsets, tools }: Narrowing): readonly PublishedTool[] => {
  if (tools) return published.filter(({ tool }) => tools.includes(tool.name))
  return toolsets ? listed(published, toolsets) : before
}

/** What a call works with. */
export const contextOf = async (offer: Offer, signal: AbortSignal, person: Person = nobody): Promise<CallContext> => {
  const { client, caller, place, operations, nonce, now, consent } = offer
  const redact = (await redactionOf(offer))?.answer
  const telling = tellingOf(signal)
  const opened = (await client()).for(telling ? { ...caller, log: telling.requested } : caller)
  return { client: redact ? rephrased(opened, redact) : opened, place, signal, operations, nonce, now, consent, person, told: telling?.failed, redact }
}

/** How values are kept from these callers, if any are. */
export const redactionOf = async ({ redacted, redaction }: Pick<Offer, 'redacted' | 'redaction'>): Promise<Redaction | undefined> => (redacted.size > 0 ? redaction(redacted) : undefined)

/** Where nobody needs to be asked. */
const nobody: Person = { reachable: false }

/** What a client is told of a defect: nothing of its inside. */
export const defect = 'The server failed unexpectedly; its log on stderr says more. Calling again may work.'
