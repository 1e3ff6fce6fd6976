import type { CompleteRequestParams, CompleteResult, Server } from '@modelcontextprotocol/server'
import { refusalOf } from '../tools/permitted.ts'
import { plain } from '../view/plain.ts'
import { contextOf, type Offer } from './offer.ts'
import { withinOf } from './prompts.ts'
import { inProtocol } from './protocol-error.ts'
import { redactedAnswer } from './redacted.ts'

/** Serves completion/complete: variables of resource templates, and arguments of prompts. */
export const offerCompletions = (offer: Offer): ((server: Server) => void) => {
  const valuesFor = { 'ref/resource': ofTemplate(offer), 'ref/prompt': ofPrompt(offer) }
  return (server) => {
    server.setRequestHandler('completion/complete', ({ params }, { mcpReq }) => redactedAnswer(offer, params, (known) => inProtocol(offer, async () => answer(await valuesFor[params.ref.type](known, mcpReq.signal)))))
  }
}

/** As many values as the protocol allows in one answer; when there are more, nobody has counted them. */
const most = 100
const answer = (values: readonly string[]): CompleteResult =>
  ({ completion: values.length > most ? { values: values.slice(0, most), hasMore: true } : { values: [...values], total: values.length, hasMore: false } })

/** What was typed, in the one Unicode form that names have, without the blanks around it. */
const typedIn = (value: string): string => plain(value).trim()

/** Names and ids that customers chose are offered as they are shown everywhere: on one line, with nothing in them that hides or reorders. */
const shown = (value: string): string => plain(value).replace(/\s+/g, ' ').trim()

/** Longer ones nobody picks from a list. */
const longest = 300
const offered = (values: readonly string[]): string[] => [...new Set(values)].filter((value) => value !== '' && value.length <= longest)

type Values = (asked: CompleteRequestParams, signal: AbortSignal) => Promise<string[]>

const ofTemplate =
  (offer: Offer): Values =>
  async ({ ref, argument: { name, value }, context }, signal) => {
    const { complete } = await import('../resources/resources.ts')
    const template = 'uri' in ref ? ref.uri : ''
    const read = offer.operations.find(({ resource }) => resource === template)
    const refusal = read && refusalOf(read, offer.caller.policy) // what completing looks up need not be on offer, what it leads to must
    if (refusal) throw refusal
    const values = await complete(offer.operations, { template, variable: name, typed: typedIn(value), given: context?.arguments ?? {} }, await contextOf(offer, signal))
    return offered(values.filter((found) => found === shown(found))) // an id leads nowhere when a character of it is missing
  }

const ofPrompt = (offer: Offer): Values => {
  const within = withinOf(offer)
  return async ({ ref, argument: { name, value }, context }, signal) => {
    const { completeArgument } = await import('../resources/prompts.ts')
    const prompt = 'name' in ref ? ref.name : ''
    const values = await completeArgument({ prompt, argument: name, typed: typedIn(value), given: context?.arguments ?? {} }, within, await contextOf(offer, signal))
    return offered(values.map(shown))
  }
}
