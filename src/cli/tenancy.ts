import type { Replicas } from '../redis/replicas.ts'
import type { Refused } from '../server/http/exchange.ts'
import { tenant, type TenantOf } from '../server/http/tenant.ts'
import { brings, CallerTokens } from './caller-tokens.ts'
import type { HttpSettings } from './http-settings.ts'
import { ledgersIn } from './ledgers.ts'
import { type Log, logTo } from './log.ts'
import { type Ground, groundFor, type Wired, wireOn } from './offer.ts'
import type { Settings } from './settings.ts'
import { Tenants } from './tenants.ts'
import type { World } from './world.ts'

/** Whose Intercom each caller uses. */
export interface Tenancy {
  readonly tenantOf: TenantOf
  /** What a person calls what is served. */
  readonly name: string
  readonly log: Log
  /** The tenants of a file, where there is one. */
  readonly tenants?: Tenants
  /** What it has in common with other processes that serve the same. */
  readonly replicas?: Replicas
  /** Lets calls end, then closes all connections. */
  readonly close: () => Promise<void>
}

/** Opens what the operator has set. Throws Misuse. */
export const openTenancy = async (settings: Settings, set: Pick<HttpSettings, 'tenants' | 'callerTokens'> & Partial<Pick<HttpSettings, 'redisUrl'>>, world: World): Promise<Tenancy> => {
  const ground = await groundFor(settings, world, set.redisUrl)
  const { replicas, audit } = ground
  const opened = await tenancyOn(ground, set)
  const close = async () => {
    await opened.close()
    await audit?.end(world.stderr)
    await replicas?.close()
  }
  return { ...opened, replicas, close }
}

const tenancyOn = async (ground: Ground, set: Pick<HttpSettings, 'tenants' | 'callerTokens'>): Promise<Tenancy> => {
  const { settings, world } = ground
  if (set.tenants === undefined && !set.callerTokens) return one(await wireOn(ground, settings))
  const log = logTo(world, settings)
  const ledgers = ledgersIn(settings.stateDir, Date.now)
  const tenants = set.tenants === undefined ? undefined : await Tenants.from(set.tenants, ground, ledgers, log)
  const brought = set.callerTokens ? new CallerTokens(ground, ledgers, Date.now) : undefined
  return { tenantOf: among(tenants, brought), name: named(tenants, brought), log, tenants, close: async () => void (await Promise.all([tenants?.close(), brought?.close()])) }
}

const one = ({ offer, upstream, log, bus }: Wired): Tenancy => {
  const only = tenant('only', offer, bus)
  return {
    tenantOf: (identity, headers) => (brings(headers) ? notAllowed : identity.tenant === undefined ? only : notServed),
    name: upstream.name,
    log,
    close: upstream.close,
  }
}

/** A caller whose credential is for a tenant uses that one; any other brings a token where that is allowed, or uses the only tenant. */
const among = (tenants: Tenants | undefined, brought: CallerTokens | undefined): TenantOf => (identity, headers) => {
  if (brings(headers)) return brought === undefined ? notAllowed : identity.tenant === undefined ? brought.of(headers) : notBesides
  if (brought !== undefined && identity.tenant === undefined) return noneBrought
  return tenants?.find(identity.tenant) ?? notServed
}

const named = (tenants: Tenants | undefined, brought: CallerTokens | undefined): string =>
  [tenants && `${tenants.all().length} ${tenants.all().length === 1 ? 'tenant' : 'tenants'}`, brought && 'callers who bring the token of their Intercom'].filter(Boolean).join(' and ')

const forbidden = (message: string): Refused => ({ status: 403, message })

const notAllowed = forbidden('This server takes no access tokens from its callers: leave out the headers Intercom-Token and Intercom-Region. Whoever runs it may allow them (--caller-tokens).')
const notBesides = forbidden('Your credential is for one tenant of this server: leave out the headers Intercom-Token and Intercom-Region.')
const noneBrought = forbidden('This server has no access token for you: send that of your Intercom in the header Intercom-Token.')

/** The same words whether there is no such tenant, or several and the credential names none. */
const notServed = forbidden('Your credential is for no tenant that is served here. Whoever runs this server can give it one.')
