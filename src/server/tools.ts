import type { CallToolResult, Server } from '@modelcontextprotocol/server'
import type { PublishedTool } from '../tools/tool.ts'
import { objectionTo } from '../tools/permitted.ts'
import { executorOf } from '../tools/risk.ts'
import { contextOf, defect, type Offer } from './offer.ts'

/** Serves tools/list, with these tools, and tools/call. */
export const offerTools = (offer: Offer, listed: readonly PublishedTool['tool'][]): ((server: Server) => void) => {
  const tools = [...listed]
  const byName = new Map(offer.tools.map((tool) => [tool.tool.name, tool]))
  return (server) => {
    server.setRequestHandler('tools/list', () => {
      offer.onList?.()
      return { tools }
    })
    server.setRequestHandler('tools/call', ({ params }, { mcpReq }) => {
      const tool = byName.get(params.name) ?? unlistedRead(offer, params.name)
      return tool ? call(offer, tool, params.arguments, mcpReq.signal) : refuse(offer, params.name)
    })
  }
}

const call = async (offer: Offer, tool: PublishedTool, args: unknown, signal: AbortSignal): Promise<CallToolResult> => {
  try {
    const { callTool } = await import('../tools/call.ts')
    return await callTool(tool, args, await contextOf(offer, signal))
  } catch (error) {
    offer.onError(error)
    return failed(defect)
  }
}

/** Where any operation can be called through the finder, one that only reads needs no way round. What changes things does: people approve it by its executor. */
const unlistedRead = ({ tools, operations }: Offer, name: string): PublishedTool | undefined => {
  const within = tools.some(({ tool }) => tool.name === executorOf('read'))
  return within ? operations.find(({ tool, effect }) => tool.name === name && effect === 'read') : undefined
}

const refuse = async ({ tools, published, operations, caller }: Offer, name: string): Promise<CallToolResult> => {
  const known = published.find(({ tool }) => tool.name === name)
  const off = known && objectionTo(known, caller.policy)
  const { notAllowed, noSuchTool } = await import('../tools/call.ts')
  if (off !== undefined) return failed(notAllowed(name, off).advice)
  return failed(noSuchTool(name, tools, operations))
}

const failed = (text: string): CallToolResult => ({ content: [{ type: 'text', text }], isError: true })
