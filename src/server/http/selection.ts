import type { IncomingHttpHeaders } from 'node:http'
import { nearest, suggestion } from '../../tools/nearest.ts'
import { objectionTo, refusalOf } from '../../tools/permitted.ts'
import { allRules, BadRule, type Narrowing, type Rule, type Said, understood } from '../../tools/rules.ts'
import { listed } from '../../tools/toolsets.ts'
import type { Refused } from './exchange.ts'
import { narrowedOffer, type Offer } from '../offer.ts'

/** The HTTP header by which a caller asks for less than the server offers: `x-mcp-toolsets: contacts,tickets`. */
export const headerOf = ({ name, header = name }: Rule): string => `${prefix}${header}`

const prefix = 'x-mcp-'

/** What a request's headers ask for. */
export interface Asked {
  /** The same for all who say the same, in whatever order, case and spacing. */
  readonly key: string
  readonly said: Said
}

/** Undefined when no header says anything. One that nearly does is refused: whoever sent it believes that less is allowed. */
export const askedIn = (given: IncomingHttpHeaders): Asked | Refused | undefined => {
  const slip = misspeltIn(given)
  if (slip !== undefined) return { status: 400, message: slip }
  const said = saidIn(given)
  return said && { key: keyOf(said), said }
}

const headers = allRules.map(([key, rule]) => [key, headerOf(rule)] as const)
const names = headers.map(([, header]) => header)
const endings = names.map((name) => name.slice(prefix.length))

/** What is wrong with a header that is nearly one of these. Others may be meant for others. */
const misspeltIn = (given: IncomingHttpHeaders): string | undefined => {
  const strays = Object.keys(given).filter((name) => name.startsWith(prefix) && !names.includes(name))
  const slip = strays.find((name) => nearest(name.slice(prefix.length), endings))
  return slip && `${slip} is no header of this server.${suggestion(slip, names)} Headers: ${names.join(', ')}`
}

/** Undefined when no header says anything. One that came several times says all of it. */
const saidIn = (given: IncomingHttpHeaders): Said | undefined => {
  const texts = headers.flatMap(([key, header]) => {
    const text = given[header]?.toString()
    return text === undefined || /^[\s,]*$/.test(text) ? [] : [[key, text] as const]
  })
  return texts.length === 0 ? undefined : Object.fromEntries(texts)
}

const keyOf = (said: Said): string => JSON.stringify(Object.entries(said).map(([key, text]) => [key, [...new Set(text.toLowerCase().split(',').map((name) => name.trim()))].sort()]))

/** What is left of an offer for who asks for less. What is unknown, or not offered, is refused with what it may have meant, or why. */
export const selectedBy = ({ said }: Asked, offer: Offer): Offer | Refused => {
  try {
    const narrowing = understood(said, headerOf, offer.published)
    const problem = notOffered(narrowing, offer)
    if (problem !== undefined) return { status: 400, message: problem }
    const selected = narrowedOffer(offer, narrowing)
    return selected.tools.length > 0 ? selected : { status: 400, message: 'These X-MCP headers together leave none of the tools that are offered here.' }
  } catch (error) {
    if (error instanceof BadRule) return { status: 400, message: error.message }
    throw error
  }
}

/** What is wrong with asking for it; undefined when all of it is within what the server offers. */
const notOffered = ({ toolsets = [], tools = [] }: Narrowing, { published, caller: { policy } }: Offer): string | undefined => {
  const allowed = published.filter((tool) => objectionTo(tool, policy) === undefined)
  const empty = toolsets.find((name) => listed(allowed, [name]).length === 0)
  if (empty !== undefined) return `x-mcp-toolsets: the toolset ${empty} is not offered here. Offered: ${[...new Set(allowed.map(({ noun }) => noun))].join(', ')}`
  const refused = published.filter(({ tool }) => tools.includes(tool.name)).map((tool) => refusalOf(tool, policy)).find(Boolean)
  return refused && `x-mcp-tools: ${refused.advice}`
}
