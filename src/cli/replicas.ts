import type { ServerEventBus } from '@modelcontextprotocol/server'
import { openReplicas as open, type Replicas, type SharedWorkspace } from '../redis/replicas.ts'
import { workspaceId } from './consent.ts'
import type { Log } from './log.ts'
import { Misuse, sentence } from './misuse.ts'
import type { Settings } from './settings.ts'

/** What processes that serve one workspace with one credential have in common. */
export interface Common extends SharedWorkspace {
  /** Where changes are told. */
  readonly bus: ServerEventBus
}

/** Opens what replicas share, so that what is wrong with it is told at once. Throws {@link Misuse}. */
export const openReplicas = async (url: string, log: Log): Promise<Replicas> =>
  open(url, { now: Date.now, tell: (message) => log('warn', message) }).catch((error: unknown) => {
    throw new Misuse(`the Redis of --redis-url or REDIS_URL cannot be used: ${sentence(error)}`)
  })

/** Of the workspace and credential in the settings; `id` is its {@link workspaceId}, where that is known already. */
export const commonTo = (replicas: Replicas, settings: Settings, id = workspaceId(settings)): Common => ({
  ...replicas.of(id, settings.token ?? id),
  bus: replicas.bus(id),
})
