import { Agent, MCPServerStdio, MCPServerStreamableHttp, run, setTracingDisabled } from '@openai/agents'
import { assistantMessage, functionCall, modelResponse, ScriptedModel } from '@openai/agents-core/testing'
import type { Framework, Reach } from './framework.ts'

setTracingDisabled(true) // it would send what agents do to its maker

const done = modelResponse([assistantMessage('done')])

const serverOf = (reach: Reach) => ('url' in reach ? new MCPServerStreamableHttp({ name: 'intercom', url: reach.url, requestInit: { headers: reach.headers } }) : new MCPServerStdio({ name: 'intercom', ...reach }))

export const openaiAgents: Framework = {
  name: 'OpenAI Agents SDK',
  asks: false,
  seesFailures: false,
  readsBoth: false,
  connect: async (reach) => {
    const server = serverOf(reach)
    await server.connect()
    const agentOf = (model: ScriptedModel) => new Agent({ name: 'agent', model, mcpServers: [server] })
    return {
      tools: async () => {
        const model = new ScriptedModel([done])
        await run(agentOf(model), 'go')
        return Object.fromEntries(model.calls[0]!.request.tools.flatMap((tool) => (tool.type === 'function' ? [[tool.name, { description: tool.description, parameters: tool.parameters }]] : [])))
      },
      call: async (tool, args) => {
        const model = new ScriptedModel([modelResponse([functionCall(tool, args, { callId: 'one' })]), done])
        await run(agentOf(model), 'go')
        const { input } = model.calls[1]!.request
        const told = typeof input === 'string' ? undefined : input.at(-1)
        if (told?.type !== 'function_call_result') throw new Error(`not told of a result: ${JSON.stringify(told)}`)
        return { text: JSON.stringify(told.output), failed: told.status !== 'completed' }
      },
      close: () => server.close(),
    }
  },
}
