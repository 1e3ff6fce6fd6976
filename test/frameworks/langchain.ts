import { AIMessage, type ToolMessage } from '@langchain/core/messages'
import { convertToOpenAITool } from '@langchain/core/utils/function_calling'
import { ToolNode } from '@langchain/langgraph/prebuilt'
import { MultiServerMCPClient } from '@langchain/mcp-adapters'
import type { Framework, Reach } from './framework.ts'

const connectionOf = (reach: Reach) => ('url' in reach ? ({ transport: 'http', ...reach, headers: { ...reach.headers } } as const) : ({ transport: 'stdio', ...reach } as const))

export const langchain: Framework = {
  name: 'LangChain',
  asks: false,
  seesFailures: true,
  readsBoth: true,
  connect: async (reach) => {
    const client = new MultiServerMCPClient({ mcpServers: { intercom: connectionOf(reach) } })
    const tools = await client.getTools()
    const node = new ToolNode(tools)
    return {
      tools: async () =>
        Object.fromEntries(tools.map((tool) => {
          const { name, description = '', parameters } = convertToOpenAITool(tool).function
          return [name, { description, parameters }]
        })),
      call: async (name, args) => {
        const asked = new AIMessage({ content: '', tool_calls: [{ id: 'one', name, args }] })
        const { messages: [told] } = (await node.invoke({ messages: [asked] })) as { messages: [ToolMessage] } // one for each call
        return { text: typeof told.content === 'string' ? told.content : JSON.stringify(told.content), failed: told.status === 'error' }
      },
      close: () => client.close(),
    }
  },
}
