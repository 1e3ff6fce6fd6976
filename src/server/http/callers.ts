import { createMcpHandler, type McpHttpHandler } from '@modelcontextprotocol/server'
import type { IncomingHttpHeaders } from 'node:http'
import type { factory } from '../factory.ts'
import { narrowedOffer, type Offer } from '../offer.ts'
import { steppingUp } from './auth/step-up.ts'
import type { Objection, Refused } from './exchange.ts'
import { type Hearing, hearing } from './hearing.ts'
import { type Identity, isRefused } from './identity.ts'
import { askedIn, selectedBy } from './selection.ts'
import type { Tenant } from './tenant.ts'
import { type ToolList, toolList } from './tool-list.ts'

/** What is served to a caller with these rights, who asks for this much. */
export interface Served {
  /** The same for the same caller with the same rights who asks for as much, and for nobody else. */
  readonly key: string
  /** Answers requests, each by itself. */
  readonly mcp: McpHttpHandler
  /** Makes the server of one request, or of one session. */
  readonly make: ReturnType<typeof factory>
  /** What they may hear of the tenant's changes. */
  readonly hearing: Hearing
  readonly list: ToolList
  readonly offer: Offer
  readonly tenant: Tenant
  /** To what is withheld from them for want of a credential that allows more. */
  readonly withheld?: Objection
}

/** Most that are kept; a caller could otherwise fill the memory with combinations of headers. */
const most = 1000

/** What each caller is served, made once for each and kept while it is used. Nobody is served what was made for another. */
export const callers = (serverFor: typeof factory, onError: (error: unknown) => void) => {
  const kept = new Map<string, Served>()
  const keep = (served: Served): Served => {
    kept.delete(served.key)
    kept.set(served.key, served) // those used last stand last
    if (kept.size > most) kept.delete(kept.keys().next().value!)
    return served
  }
  const ending = new WeakSet<Tenant>()
  /** What was made for a tenant ends with it. */
  const endWith = (tenant: Tenant): void => {
    if (ending.has(tenant)) return
    ending.add(tenant)
    tenant.whenOver(() => {
      for (const served of kept.values()) if (served.tenant === tenant && kept.delete(served.key)) served.mcp.close().catch(onError)
    })
  }
  const serving = (key: string, offer: Offer, tenant: Tenant): Served => {
    endWith(tenant)
    const list = toolList(offer)
    const make = serverFor(offer, () => list.stand, true)
    const heard = hearing(offer, tenant.bus)
    const mcp = createMcpHandler(make, { bus: heard.bus, onerror: onError })
    return { key, mcp: { ...mcp, fetch: (request, body) => mcp.fetch(request, heard.asked(body)) }, make, list, offer, tenant, hearing: heard }
  }
  return {
    served: (tenant: Tenant, identity: Identity, headers: IncomingHttpHeaders): Served | Refused => {
      const asked = askedIn(headers)
      if (asked && isRefused(asked)) return asked
      const key = JSON.stringify([tenant.key, identity.key, asked?.key])
      const found = kept.get(key)
      if (found) return keep(found)
      const own = owned(tenant.offer, identity)
      const offer = asked ? selectedBy(asked, own) : own
      const withheld = steppingUp(identity, tenant.offer, () => (asked ? selectedBy(asked, tenant.offer) : tenant.offer))
      return isRefused(offer) ? offer : keep({ ...serving(key, offer, tenant), withheld })
    },
    kept: (): readonly Served[] => [...kept.values()],
  }
}

/** A tenant's offer as one caller has it. */
const owned = (offer: Offer, { principal, narrowing }: Identity): Offer => {
  const own = { ...offer, caller: { ...offer.caller, principal } }
  return narrowing ? narrowedOffer(own, narrowing) : own
}
