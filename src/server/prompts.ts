import type { Server } from '@modelcontextprotocol/server'
import type { Within } from '../resources/prompts.ts'
import { objectionTo } from '../tools/permitted.ts'
import { executorOf, riskOf } from '../tools/risk.ts'
import { affordable, forLack } from './lack.ts'
import type { Offer } from './offer.ts'
import { inProtocol } from './protocol-error.ts'
import { redactedAnswer } from './redacted.ts'

/** Serves prompts/list and prompts/get. */
export const offerPrompts = (offer: Offer): ((server: Server) => void) => {
  const within = withinOf(offer)
  const listed = forLack(offer.permissions, async (lacking) => (await room()).listPrompts(reachOf(offer, lacking)))
  return (server) => {
    server.setRequestHandler('prompts/list', async () => ({ prompts: await listed() }))
    server.setRequestHandler('prompts/get', ({ params: { name, arguments: given = {} } }) => redactedAnswer(offer, given, (known) => inProtocol(offer, () => get(name, known, within))))
  }
}

const room = () => import('../resources/prompts.ts')

const get = async (name: string, given: Readonly<Record<string, string>>, within: Within) => {
  const { description, text } = await (await room()).getPrompt(name, given, within)
  return { description, messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] }
}

/** A tool that is listed is called by its name; an operation that is not, by its executor, if that is and may run it. */
export const withinOf = (offer: Offer): Within => {
  let reach: Within['reach'] | undefined // made when it is first asked: most callers have no use for it
  return { reach: (tool) => (reach ??= reachOf(offer))(tool), whyNot: async (tool) => (await import('../tools/unlisted.ts')).whyNot(tool, {}, offer) }
}

const reachOf = ({ tools, operations, caller }: Offer, lacking: ReadonlySet<string> = new Set()): Within['reach'] => {
  const names = new Set(affordable(tools, lacking).map(({ tool }) => tool.name))
  const unlisted = new Map(affordable(operations, lacking).filter((tool) => objectionTo(tool, caller.policy) === undefined).map(({ tool, effect }) => [tool.name, executorOf(riskOf[effect])]))
  return (tool) => {
    if (names.has(tool)) return tool
    const executor = unlisted.get(tool)
    return executor && names.has(executor) ? `${executor} (operation ${tool})` : undefined
  }
}
