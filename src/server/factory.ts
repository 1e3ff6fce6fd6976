import type { McpRequestContext } from '@modelcontextprotocol/server'
import { lifetime } from '../tools/confirm/question.ts'
import { offerCompletions } from './completions.ts'
import { ExactServer } from './exact-server.ts'
import { instructions } from './instructions.ts'
import { affordable, forLack } from './lack.ts'
import type { Offer } from './offer.ts'
import { offerPrompts } from './prompts.ts'
import { offerResources } from './resources.ts'
import { type Listed, offerTools } from './tools.ts'

/** What clients may keep and for how long: lists only change when the token's permissions turn out to be others than was known. */
const aWhile = { ttlMs: 60_000, cacheScope: 'private' } as const
const cacheHints = { 'tools/list': aWhile, 'resources/list': aWhile, 'resources/templates/list': aWhile, 'prompts/list': aWhile }

/** Whoever can be told of a change is. */
const changing = { listChanged: true } as const

/** Also of a resource that changed, if it is one they watch. */
const watched = { ...changing, subscribe: true } as const

/** Would validate what people fill in, and this server asks for no more than yes or no; the SDK's default weighs 300 kB. */
const jsonSchemaValidator = {
  getValidator: () => {
    throw new Error('this server has no forms')
  },
}

/**
 * Makes the server of one connection (stdio) or one request (HTTP), for either era of the protocol. Cheap: the
 * low-level server with shared handlers over lists made once, and no module loaded that the request does not use.
 * `listed` is what tools/list answers: the tools on offer that the token may use, unless something is to stand for them. `watching`
 * says that whoever serves it takes subscriptions to resources.
 */
export const factory = (offer: Offer, listed: Listed = allOf(offer), watching = false): ((context?: McpRequestContext) => ExactServer) => {
  const identity = { name: 'intercom-mcp', title: 'Intercom', version: offer.version }
  const capabilities = { tools: changing, resources: changing, prompts: changing, completions: {} }
  const options = { capabilities, instructions: instructions(offer), cacheHints, jsonSchemaValidator, inputRequired: { roundTimeoutMs: lifetime } }
  const optionsWatching = { ...options, capabilities: { ...capabilities, resources: watched } }
  const parts = [offerTools(offer, listed), offerResources(offer), offerPrompts(offer), offerCompletions(offer)]
  return (context) => {
    const server = new ExactServer(identity, watching && context?.era === 'modern' ? optionsWatching : options)
    for (const serve of parts) serve(server)
    return server
  }
}

const allOf = ({ tools, permissions }: Offer): Listed => forLack(permissions, (lacking) => affordable(tools, lacking).map(({ tool }) => tool))
