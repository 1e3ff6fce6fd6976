import { InMemoryServerEventBus, type ServerEventBus, type ServerNotifier } from '@modelcontextprotocol/server'
import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { attendance } from '../../client/attendance.ts'
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
  /** Runs what answers one request. One that `lasts`, as a stream of notifications does, is not waited for at the end. */
  readonly during: <T>(lasts: boolean, work: () => Promise<T>) => Promise<T>
  /** How many requests are being answered, those that last too. */
  readonly inside: () => number
  /** Calls back once it is served no more, when calls may still be under way. Returns how to stop that. */
  readonly whenEnding: (listener: () => void) => () => void
  /** Calls back once what was called is answered too. Returns how to stop that. */
  readonly whenOver: (listener: () => void) => () => void
  /** Ends it, when nobody is given it any more. Calls have `patience` milliseconds to end; what lasts ends with them. */
  readonly end: (patience: number) => Promise<void>
}

/** The tenant a caller uses, or why they use none. The same object each time, as long as it is served. */
export type TenantOf = (identity: Identity, headers: IncomingHttpHeaders) => Tenant | Refused | Promise<Tenant | Refused>

/** A tenant whose subscribers are told of lists that change with what its token may do. */
export const tenant = (key: string, offer: Offer, bus: ServerEventBus = new InMemoryServerEventBus()): Tenant => {
  const stopTelling = tellChanges(offer.permissions, () => [{ offer, told: telling(bus) }])
  const [calls, streams] = [attendance(), attendance()]
  const [ending, over] = [listeners(), listeners()]
  return {
    key,
    offer,
    bus,
    during: (lasts, work) => (lasts ? streams : calls).during(work),
    inside: () => calls.count() + streams.count(),
    whenEnding: ending.join,
    whenOver: over.join,
    end: async (patience) => {
      stopTelling()
      ending.tell()
      await setTimeout(settling, undefined, { ref: false })
      await Promise.race([calls.over(), setTimeout(patience, undefined, { ref: false })])
      over.tell()
    },
  }
}

/** Who is called back when something happens. */
const listeners = () => {
  const all = new Set<() => void>()
  return {
    tell: () => {
      for (const listener of all) listener()
    },
    join: (listener: () => void) => {
      all.add(listener)
      return () => void all.delete(listener)
    },
  }
}

/** Milliseconds in which a request that was given the tenant just before its end has surely begun. */
const settling = 100

/** Tells all that are on the bus. */
export const telling = (bus: ServerEventBus): ServerNotifier => ({
  toolsChanged: () => bus.publish({ kind: 'tools_list_changed' }),
  promptsChanged: () => bus.publish({ kind: 'prompts_list_changed' }),
  resourcesChanged: () => bus.publish({ kind: 'resources_list_changed' }),
  resourceUpdated: (uri) => bus.publish({ kind: 'resource_updated', uri }),
})
