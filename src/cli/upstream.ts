import { join } from 'node:path'
import type { Audit } from '../client/audit.ts'
import type { Client, ClientOptions, LogEvent } from '../client/client.ts'
import type { Ledger } from '../client/ledger.ts'
import { notebook, type Notebook, type Permissions } from '../client/permissions.ts'
import { regions } from '../client/upstream.ts'
import type { SharedWorkspace } from '../redis/replicas.ts'
import type { Place } from '../view/present.ts'
import type { Log } from './log.ts'
import type { Settings } from './settings.ts'

/** The Intercom a server works with. */
export interface Upstream {
  /** What a person calls it. */
  readonly name: string
  readonly place: Place
  /** What is learned of its token. */
  readonly permissions: Permissions
  /** What nobody else knows who works in another workspace: its access token. */
  readonly secret: () => Promise<string>
  /** The client, made at the first call. */
  readonly open: () => Promise<Client>
  /** Ends what was opened. */
  readonly close: () => Promise<void>
}

/** Who is told of what the client does. */
export interface Told {
  readonly log: Log
  readonly audit?: Audit
  readonly observe?: (answer: unknown) => void
  readonly watch?: ClientWatch
  /** Where idempotency keys are kept; where the settings say, unless it is given. */
  readonly ledger?: () => Promise<Ledger>
  /** What the client has in common with those of other processes. */
  readonly common?: Pick<SharedWorkspace, 'budget' | 'ledger' | 'peers'>
}

/** Counts what clients do. */
export interface ClientWatch {
  readonly opened: (client: Client) => void
  readonly closed: (client: Client) => void
  readonly requested: (event: LogEvent) => void
  readonly recalled: (kept: boolean) => void
}

/** Where a workspace's people read their inbox. */
const apps = { us: 'https://app.intercom.com', eu: 'https://app.eu.intercom.com', au: 'https://app.au.intercom.com' } as const

/** A token means Intercom, or the workspace at the base URL; without one the simulated workspace answers in this process. */
export const upstreamFor = async (settings: Settings, told: Told): Promise<Upstream> => {
  if (settings.token === undefined) return simulated(settings, told)
  const { token, region, baseUrl = regions[region] } = settings
  const own = settings.baseUrl === undefined
  const permissions = notebook()
  return {
    permissions,
    name: own ? `Intercom (${region}, ${baseUrl})` : `the workspace at ${baseUrl}`,
    place: { app: apps[region] },
    ...opened(async () => ({ ...(await connect(settings, told, permissions, { baseUrl, token })), token })),
  }
}

/** Opened at the first call. One that is kept in a file is opened at once, so that a wrong file is told at once. */
const simulated = async (settings: Settings, told: Told): Promise<Upstream> => {
  const file = settings.workspaceFile
  const permissions = notebook()
  const lazily = opened(async () => {
    const { openSimulated } = await import('./simulated.ts')
    const workspace = openSimulated({ file }, told.log)
    const upstream = { baseUrl: 'http://workspace.localhost', token: workspace.token, fetch: workspace.fetch }
    return { ...(await connect(settings, told, permissions, upstream)), token: workspace.token, workspace }
  })
  if (file !== undefined) await lazily.open()
  return {
    name: `the simulated workspace (${file === undefined ? 'in memory, nothing is kept' : file}); set INTERCOM_ACCESS_TOKEN to use your own`,
    place: { app: apps[settings.region], simulated: true },
    permissions,
    ...lazily,
  }
}

const connect = async ({ stateDir }: Settings, { log, audit, observe, watch, common, ledger = stateDir === undefined ? undefined : () => kept(stateDir) }: Told, permissions: Notebook, upstream: ClientOptions['upstream']): Promise<Pick<Opened, 'client' | 'closed'>> => {
  const { createClient } = await import('../client/client.ts')
  const client = createClient({
    upstream,
    permissions,
    audit,
    ledger: common?.ledger ?? (await ledger?.()),
    peers: common?.peers,
    budget: upstream.fetch ? undefined : common?.budget(), // a workspace in this process counts for itself
    observe,
    onRecall: watch?.recalled,
    log: (event) => {
      watch?.requested(event)
      const { operation, method, ms, status, requestId, failure } = event
      log(failure === undefined ? 'debug' : 'warn', operation, { method, ms, status, requestId, failure })
    },
  })
  watch?.opened(client)
  return { client, closed: () => watch?.closed(client) }
}

/** Idempotency keys that outlive the process. */
const kept = async (stateDir: string): Promise<Ledger> => (await import('../client/ledger-folder.ts')).ledgerIn(join(stateDir, 'idempotency'), Date.now)

interface Opened {
  readonly client: Client
  readonly closed: () => void
  readonly token: string
  readonly workspace?: { close(): void }
}

const opened = (open: () => Promise<Opened>): Pick<Upstream, 'open' | 'secret' | 'close'> => {
  let made: Promise<Opened> | undefined
  return {
    open: async () => (await (made ??= open())).client,
    secret: async () => (await (made ??= open())).token,
    close: async () => {
      const parts = await made?.catch(() => undefined) // what failed to open told so when it was asked
      await parts?.client.close()
      parts?.closed()
      parts?.workspace?.close()
    },
  }
}
