import type { Server } from '@modelcontextprotocol/server'
import type { Reach } from '../resources/prompts.ts'
import { executorOf, riskOf } from '../tools/risk.ts'
import type { Offer } from './offer.ts'
import { once } from './once.ts'
import { inProtocol } from './protocol-error.ts'

/** Serves prompts/list and prompts/get. */
export const offerPrompts = (offer: Offer): ((server: Server) => void) => {
  const reach = reachOf(offer)
  const listed = once(async () => (await room()).listPrompts(reach))
  return (server) => {
    server.setRequestHandler('prompts/list', async () => ({ prompts: await listed() }))
    server.setRequestHandler('prompts/get', ({ params: { name, arguments: given = {} } }) => inProtocol(offer, () => get(name, given, reach)))
  }
}

const room = () => import('../resources/prompts.ts')

const get = async (name: string, given: Readonly<Record<string, string>>, reach: Reach) => {
  const { description, text } = (await room()).getPrompt(name, given, reach)
  return { description, messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }] }
}

/** A tool that is listed is called by its name; an operation that is not, by its executor, if that is. */
export const reachOf = ({ tools, operations }: Offer): Reach => {
  const names = new Set(tools.map(({ tool }) => tool.name))
  const executors = new Map(operations.map(({ tool, effect }) => [tool.name, executorOf(riskOf[effect])]))
  return (tool) => {
    if (names.has(tool)) return tool
    const executor = executors.get(tool)
    return executor && names.has(executor) ? `${executor} (operation ${tool})` : undefined
  }
}
