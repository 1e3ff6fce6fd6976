import { listed, unknownToolset } from '../tools/toolsets.ts'
import type { Refused } from './exchange.ts'
import type { Offer } from './offer.ts'

/** The HTTP header by which a caller asks for other toolsets than the server lists by itself: `contacts,tickets`. */
export const toolsetsHeader = 'x-mcp-toolsets'

/** Most different selections kept; a caller could otherwise fill the memory with combinations. */
const mostKept = 100

interface Selection<T> {
  readonly choose: (header: string | undefined) => T | Refused
  readonly kept: () => readonly T[]
}

/**
 * What is served to a caller who asks for these toolsets, made once for each selection. A caller chooses among what the
 * server offers; an unknown toolset, or one that is not offered, is refused with the names to choose from.
 */
export const selecting = <T>(offer: Offer, serve: (offer: Offer) => T): Selection<T> => {
  const kept = new Map<string, T>([['', serve(offer)]])
  const choose: Selection<T>['choose'] = (header = '') => {
    const names = [...new Set(header.split(',').map((name) => name.trim().toLowerCase()).filter(Boolean))].sort()
    const key = names.join()
    const known = kept.get(key)
    if (known) return known
    const problem = names.map((name) => unknownToolset(name) ?? notOffered(name, offer)).find(Boolean)
    if (problem) return { status: 400, message: `${toolsetsHeader}: ${problem}` }
    const made = serve({ ...offer, tools: listed(offer.choice, names) })
    if (kept.size < mostKept) kept.set(key, made)
    return made
  }
  return { choose, kept: () => [...kept.values()] }
}

const notOffered = (name: string, { choice }: Offer): string | undefined => {
  if (listed(choice, [name]).length > 0) return undefined
  return `the toolset ${name} is not offered here. Offered: ${[...new Set(choice.map(({ noun }) => noun))].join(', ')}`
}
