import type { McpServerFactory } from '@modelcontextprotocol/server'
import type { PublishedTool } from '../tools/tool.ts'
import { offerCompletions } from './completions.ts'
import { ExactServer } from './exact-server.ts'
import { instructions } from './instructions.ts'
import type { Offer } from './offer.ts'
import { offerPrompts } from './prompts.ts'
import { offerResources } from './resources.ts'
import { offerTools } from './tools.ts'

/** What clients may keep and for how long: the lists of a running server never change. */
const fixed = { ttlMs: 300_000, cacheScope: 'private' } as const
const cacheHints = { 'tools/list': fixed, 'resources/list': fixed, 'resources/templates/list': fixed, 'prompts/list': fixed }

/** Only answers to elicitation are validated, and this server asks nothing; the SDK's default weighs 300 kB. */
const jsonSchemaValidator = {
  getValidator: () => {
    throw new Error('this server asks its client nothing')
  },
}

/**
 * Makes the server of one connection (stdio) or one request (HTTP), for either era of the protocol. Cheap: the
 * low-level server with shared handlers over lists made once, and no module loaded that the request does not use.
 * `listed` is what tools/list answers: the tools on offer, unless something is to stand for them.
 */
export const factory = (offer: Offer, listed: readonly PublishedTool['tool'][] = offer.tools.map(({ tool }) => tool)): McpServerFactory => {
  const identity = { name: 'intercom-mcp', title: 'Intercom', version: offer.version }
  const capabilities = { tools: {}, resources: {}, prompts: {}, completions: {} }
  const options = { capabilities, instructions: instructions(offer), cacheHints, jsonSchemaValidator }
  const parts = [offerTools(offer, listed), offerResources(offer), offerPrompts(offer), offerCompletions(offer)]
  return () => {
    const server = new ExactServer(identity, options)
    for (const serve of parts) serve(server)
    return server
  }
}
