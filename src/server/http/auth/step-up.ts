import { refusalOf, runBy } from '../../../tools/permitted.ts'
import type { Offer } from '../../offer.ts'
import type { Objection, Refused } from '../exchange.ts'
import { type Called, type Identity, isRefused } from '../identity.ts'

/**
 * Tells of a request's body whether it calls a tool that nothing forbids but the caller's credential, and how to get one that would do.
 * `whole` is what there would be for them with any credential. Undefined where credentials forbid nothing.
 */
export const steppingUp = ({ withheld }: Identity, { published, operations }: Offer, whole: () => Offer | Refused): Objection | undefined =>
  withheld && ((body) => {
    for (const params of calls(body)) {
      const called = calledBy(params, published, operations)
      const refused = called && withheld(called)
      if (refused && isAllowed(called, whole())) return refused
    }
    return undefined
  })

const isAllowed = ({ tool, run }: Called, whole: Offer | Refused): boolean => !isRefused(whole) && refusalOf(tool, whole.caller.policy, run) === undefined

/** The params of each tools/call in a body: one, but for the batches of old. */
const calls = (body: unknown): readonly Readonly<Record<string, unknown>>[] =>
  [body].flat().flatMap((message) => (isRecord(message) && message.method === 'tools/call' && isRecord(message.params) ? [message.params] : []))

const calledBy = ({ name, arguments: args }: Readonly<Record<string, unknown>>, published: Offer['published'], operations: Offer['operations']): Called | undefined => {
  const tool = published.find((one) => one.tool.name === name)
  return tool && { tool, run: runBy(tool, args, operations) }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
