import { createMCPClient, ElicitationRequestSchema, type MCPClientConfig } from '@ai-sdk/mcp'
import { StdioMCPTransport } from '@ai-sdk/mcp/mcp-stdio'
import { generateText, isStepCount } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import type { Framework, Reach } from './framework.ts'

const transportOf = (reach: Reach): MCPClientConfig['transport'] => ('url' in reach ? { type: 'http', ...reach } : new StdioMCPTransport(reach))

const usage = { inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 1, text: 1, reasoning: 0 } }

/** A model that asks for one call and then has nothing more to say. */
const scripted = (toolName: string, args: object) =>
  new MockLanguageModelV4({
    doGenerate: [
      { content: [{ type: 'tool-call', toolCallId: 'one', toolName, input: JSON.stringify(args) }], finishReason: { unified: 'tool-calls', raw: undefined }, usage, warnings: [] },
      { content: [{ type: 'text', text: 'done' }], finishReason: { unified: 'stop', raw: undefined }, usage, warnings: [] },
    ],
  })

export const aiSdk: Framework = {
  name: 'AI SDK',
  asks: true,
  seesFailures: false,
  readsBoth: false,
  connect: async (reach, person) => {
    const client = await createMCPClient({ transport: transportOf(reach), ...(person && { capabilities: { elicitation: {} } }) })
    if (person) client.onElicitationRequest(ElicitationRequestSchema, async ({ params }) => (person(params.message) ? { action: 'accept', content: {} } : { action: 'decline' }))
    const tools = await client.tools()
    return {
      tools: async () => {
        const model = scripted('none', {})
        await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(1) })
        return Object.fromEntries((model.doGenerateCalls[0]!.tools ?? []).flatMap((tool) => (tool.type === 'function' ? [[tool.name, { description: tool.description ?? '', parameters: tool.inputSchema }]] : [])))
      },
      call: async (tool, args) => {
        const model = scripted(tool, args)
        await generateText({ model, tools, prompt: 'go', stopWhen: isStepCount(2) })
        const told = model.doGenerateCalls[1]!.prompt.at(-1)
        const part = told?.role === 'tool' ? told.content[0] : undefined
        if (part?.type !== 'tool-result') throw new Error(`not told of a result: ${JSON.stringify(told)}`)
        return { text: JSON.stringify(part.output), failed: part.output.type.startsWith('error') }
      },
      close: () => client.close(),
    }
  },
}
