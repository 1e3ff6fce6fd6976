import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server'
import type { IncomingHttpHeaders } from 'node:http'
import { factory } from '../factory.ts'
import { narrowedOffer, type Offer } from '../offer.ts'
import type { Refused } from './exchange.ts'
import { type Identity, isRefused } from './identity.ts'
import { askedIn, selectedBy } from './selection.ts'
import type { Tenant } from './tenant.ts'
import { type ToolList, toolList } from './tool-list.ts'

/** What is served to a caller with these rights, who asks for this much. */
export interface Served {
  readonly mcp: McpHttpHandler
  readonly list: ToolList
  readonly offer: Offer
}

/** Most that are kept; a caller could otherwise fill the memory with combinations of headers. */
const most = 1000

/** What each caller is served, made once for each and kept while it is used. Nobody is served what was made for another. */
export const callers = (onError: (error: unknown) => void) => {
  const kept = new Map<string, Served>()
  const keep = (key: string, served: Served): Served => {
    kept.delete(key)
    kept.set(key, served) // those used last stand last
    if (kept.size > most) kept.delete(kept.keys().next().value!)
    return served
  }
  const serving = (offer: Offer, { bus }: Tenant): Served => {
    const list = toolList(offer)
    return { mcp: createMcpHandler(factory(offer, () => list.stand), { bus, onerror: onError }), list, offer }
  }
  return {
    served: (tenant: Tenant, identity: Identity, headers: IncomingHttpHeaders): Served | Refused => {
      const asked = askedIn(headers)
      if (asked && isRefused(asked)) return asked
      const key = JSON.stringify([tenant.key, identity.key, asked?.key])
      const found = kept.get(key)
      if (found) return keep(key, found)
      const own = owned(tenant.offer, identity)
      const offer = asked ? selectedBy(asked, own) : own
      return isRefused(offer) ? offer : keep(key, serving(offer, tenant))
    },
    kept: (): readonly Served[] => [...kept.values()],
  }
}

/** A tenant's offer as one caller has it. */
const owned = (offer: Offer, { principal, narrowing }: Identity): Offer => {
  const own = { ...offer, caller: { ...offer.caller, principal } }
  return narrowing ? narrowedOffer(own, narrowing) : own
}
