import { everything, narrowed } from '../client/policy.ts'
import type { Offer } from '../server/offer.ts'
import { published as publish } from '../tools/published.ts'
import { objectionTo } from '../tools/permitted.ts'
import { isOperationTool } from '../tools/tool.ts'
import { listed, reachesAll } from '../tools/toolsets.ts'
import { type Log, logTo } from './log.ts'
import { sentence } from './misuse.ts'
import type { Settings } from './settings.ts'
import { type Upstream, upstreamFor } from './upstream.ts'
import { version } from './version.ts'
import type { World } from './world.ts'

/** Everything a server needs, wired together, and the parts its command speaks of. */
export interface Wired {
  readonly offer: Offer
  readonly upstream: Upstream
  readonly log: Log
}

/** Wires the parts for what was set. Throws Misuse when the file that keeps the workspace cannot be used. */
export const wire = async (settings: Settings, world: World): Promise<Wired> => {
  const log = logTo(world, settings.logLevel)
  const audit = settings.audit === undefined ? undefined : await (await import('./audit.ts')).openAudit(settings.audit, world.stderr)
  const upstream = await upstreamFor(settings, { log, audit })
  const published = await publish()
  const policy = narrowed(everything, settings.readOnly ? { effects: new Set(['read'] as const) } : {})
  const allowed = published.filter((tool) => objectionTo(tool, policy) === undefined)
  const tools = listed(allowed, settings.toolsets)
  const offer = {
    version,
    tools,
    choice: reachesAll(settings.toolsets) ? allowed : tools,
    operations: published.filter(isOperationTool),
    published,
    caller: { principal: 'local', policy },
    place: upstream.place,
    nonce,
    now: Date.now,
    client: upstream.open,
    onError: (error: unknown) => log('error', sentence(error)),
  }
  return { offer, upstream, log }
}

/** 32 random bits in a few characters. */
const nonce = (): string => crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)
