import { createHash } from 'node:crypto'
import { InMemoryServerEventBus, type ServerEventBus } from '@modelcontextprotocol/server'
import * as z from 'zod'
import type { Budget } from '../client/budget.ts'
import type { Ledger } from '../client/ledger.ts'
import type { Peers } from '../client/remember.ts'
import type { Consent } from '../tools/confirm/confirm.ts'
import { SharedBudget } from './budget.ts'
import { sharedConsent } from './consent.ts'
import { sharedLedger } from './ledger.ts'
import { type Around, connect, type Link, prefix, script, type State } from './link.ts'

/** What the replicas of one server have in common, in one Redis. */
export interface Replicas {
  /** What concerns one workspace and credential: `id` tells it from any other and is no secret, `secret` is only its own. */
  readonly of: (id: string, secret: string) => SharedWorkspace
  /** Tells a tenant's subscribers of changes, whichever replica they are connected to. */
  readonly bus: (tenant: string) => ServerEventBus
  /** Appends lines to a stream, of which the last 100,000 or so are kept. Rejects when that was not done, or may not have been. */
  readonly append: (stream?: string) => (text: string) => Promise<void>
  /** Throws while Redis cannot be reached. */
  readonly check: () => void
  readonly state: () => State
  readonly close: () => Promise<void>
}

export interface SharedWorkspace extends Pick<Consent, 'seals' | 'spent'> {
  /** Made for one client, and closed with it. */
  readonly budget: () => Budget
  readonly ledger: Ledger
  readonly peers: Peers
}

const appending = script(`for _, line in ipairs(ARGV) do redis.call('XADD', KEYS[1], 'MAXLEN', '~', 100000, '*', 'line', line) end`)

/** Rejects when Redis cannot be reached or used; the reason holds no secret. */
export const openReplicas = async (url: string, around: Around): Promise<Replicas> => {
  const link = await connect(url, around)
  return {
    of: (id, secret) => ({
      budget: () => new SharedBudget(link, `${prefix}${id}:budget`, around.now),
      ledger: sharedLedger(link, id, secret, around.now),
      peers: peersOn(link, `${id}:stale`),
      ...sharedConsent(link, secret, around.now),
    }),
    bus: (tenant) => busOn(link, `${createHash('sha256').update(tenant).digest('hex')}:changes`),
    append: (stream = `${prefix}audit`) => async (text) => {
      await link.run(appending, [stream], text.split('\n').filter((line) => line !== ''))
    },
    check: () => {
      const { reachable, reason } = link.state()
      if (!reachable) throw new Error(`Redis cannot be reached: ${reason}`)
    },
    state: link.state,
    close: link.close,
  }
}

/** News may have been missed while Redis was away, so all is stale then. */
const peersOn = (link: Link, topic: string): Peers => ({
  tell: (changed) => link.tell(topic, changed ? [...changed] : null),
  heed: (forget) => {
    const ending = [link.hear(topic, (changed) => forget(Array.isArray(changed) ? new Set(changed) : undefined)), link.watch(() => forget())]
    return () => ending.forEach((end) => end())
  },
})

/** As replicas publish them. Anything else on the channel is nobody's. */
const Event = z.union([
  z.object({ kind: z.enum(['tools_list_changed', 'resources_list_changed', 'prompts_list_changed']) }),
  z.object({ kind: z.literal('resource_updated'), uri: z.string() }),
])

/** Subscribers here are told at once, also while Redis is away; those elsewhere when it passes that on. */
const busOn = (link: Link, topic: string): ServerEventBus => {
  const here = new InMemoryServerEventBus()
  let listeners = 0
  let end = () => {}
  const heard = (news: unknown): void => {
    const { data: event } = Event.safeParse(news)
    if (event) here.publish(event)
  }
  return {
    publish: (event) => {
      here.publish(event)
      link.tell(topic, event)
    },
    subscribe: (listener) => {
      const leave = here.subscribe(listener)
      if (listeners++ === 0) end = link.hear(topic, heard)
      return once(() => {
        leave()
        if (--listeners === 0) end()
      })
    },
  }
}

const once = (act: () => void): (() => void) => {
  let done = false
  return () => {
    if (!done) act()
    done = true
  }
}
