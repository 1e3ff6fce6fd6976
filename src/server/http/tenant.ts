import { InMemoryServerEventBus, type ServerEventBus, type ServerNotifier } from '@modelcontextprotocol/server'
import type { IncomingHttpHeaders } from 'node:http'
import { tellChanges } from '../lack.ts'
import type { Offer } from '../offer.ts'
import type { Refused } from './exchange.ts'
import type { Identity } from './identity.ts'

/** One Intercom workspace with one access token, as it is served to all who may use it. */
export interface Tenant {
  /** Nobody else's. */
  readonly key: string
  readonly offer: Offer
  /** Tells its subscribers of changes. */
  readonly bus: ServerEventBus
}

/** The tenant a caller uses, or why they use none. The same object each time, as long as it is served. */
export type TenantOf = (identity: Identity, headers: IncomingHttpHeaders) => Tenant | Refused | Promise<Tenant | Refused>

/** A tenant whose subscribers are told of lists that change with what its token may do. */
export const tenant = (key: string, offer: Offer, bus: ServerEventBus = new InMemoryServerEventBus()): Tenant => {
  tellChanges(offer.permissions, () => [{ offer, told: telling(bus) }])
  return { key, offer, bus }
}

/** Tells all that are on the bus. */
export const telling = (bus: ServerEventBus): ServerNotifier => ({
  toolsChanged: () => bus.publish({ kind: 'tools_list_changed' }),
  promptsChanged: () => bus.publish({ kind: 'prompts_list_changed' }),
  resourcesChanged: () => bus.publish({ kind: 'resources_list_changed' }),
  resourceUpdated: (uri) => bus.publish({ kind: 'resource_updated', uri }),
})
