import type { CallToolResult, InputRequiredResult, Server } from '@modelcontextprotocol/server'
import type { PublishedTool } from '../tools/tool.ts'
import { objectionTo } from '../tools/permitted.ts'
import { executorOf } from '../tools/risk.ts'
import type { Person } from '../tools/confirm/confirm.ts'
import { contextOf, defect, type Offer } from './offer.ts'
import { personBehind, put } from './person.ts'
import { redactedCall } from './redacted.ts'

/** What tools/list answers now. */
export type Listed = () => readonly PublishedTool['tool'][]

/** Serves tools/list, with these tools, and tools/call. */
export const offerTools = (offer: Offer, listed: Listed): ((server: Server) => void) => {
  const byName = new Map(offer.tools.map((tool) => [tool.tool.name, tool]))
  return (server) => {
    server.setRequestHandler('tools/list', () => {
      offer.onList?.()
      return { tools: [...listed()] }
    })
    server.setRequestHandler('tools/call', ({ params }, { mcpReq }) => {
      const tool = byName.get(params.name) ?? unlistedRead(offer, params.name)
      return redactedCall(offer, params.arguments, async (args) => (tool ? call(offer, tool, args, mcpReq.signal, personBehind(server, mcpReq)) : refuse(offer, params.name, args)))
    })
  }
}

const call = async (offer: Offer, tool: PublishedTool, args: unknown, signal: AbortSignal, person: Person): Promise<CallToolResult | InputRequiredResult> => {
  try {
    const { callTool } = await import('../tools/call.ts')
    const result = await callTool(tool, args, await contextOf(offer, signal, person))
    return result instanceof Error ? put(result, tool.tool.name, person) : result
  } catch (error) {
    offer.onError(error)
    return failed(defect)
  }
}

/** Where any operation can be called through the finder, one that only reads needs no way round. What changes things does: people approve it by its executor. */
const unlistedRead = ({ tools, operations, caller }: Offer, name: string): PublishedTool | undefined => {
  const within = tools.some(({ tool }) => tool.name === executorOf('read'))
  return within ? operations.find((called) => called.tool.name === name && called.effect === 'read' && objectionTo(called, caller.policy) === undefined) : undefined
}

const refuse = async (offer: Offer, name: string, args: unknown): Promise<CallToolResult> => failed((await import('../tools/unlisted.ts')).whyNot(name, args, offer))

const failed = (text: string): CallToolResult => ({ content: [{ type: 'text', text }], isError: true })
