import { randomInt } from 'node:crypto'
import type { ServerEventBus } from '@modelcontextprotocol/server'
import type { Ledger } from '../client/ledger.ts'
import { everything, type Policy } from '../client/policy.ts'
import type { Replicas } from '../redis/replicas.ts'
import { narrowedOffer, type Offer, type Offered } from '../server/offer.ts'
import { once } from '../server/once.ts'
import type { Shared } from '../tools/confirm/folder.ts'
import { published as publish } from '../tools/published.ts'
import type { Narrowing } from '../tools/rules.ts'
import { isOperationTool, type PublishedTool } from '../tools/tool.ts'
import { listed } from '../tools/toolsets.ts'
import type { KeptAudit } from './audit.ts'
import { type Log, logTo } from './log.ts'
import { Misuse, sentence } from './misuse.ts'
import { narrowings } from './policy.ts'
import { discreet, redactingBy } from './redaction.ts'
import type { Settings } from './settings.ts'
import { type Upstream, upstreamFor } from './upstream.ts'
import { version } from './version.ts'
import type { World } from './world.ts'

/** Everything a server needs, wired together, and the parts its command speaks of. */
export interface Wired {
  readonly offer: Offer
  readonly upstream: Upstream
  readonly log: Log
  /** Where changes are told, when others serve it too. */
  readonly bus?: ServerEventBus
  readonly audit?: KeptAudit
}

/** What all that one process serves has in common, opened once. */
export interface Ground {
  readonly settings: Settings
  readonly world: World
  readonly published: readonly PublishedTool[]
  /** What the operator says of everybody. */
  readonly narrowing: readonly Narrowing[]
  readonly audit?: KeptAudit
  /** What stands in the state folder. */
  readonly shared?: Shared
  /** What other processes that serve the same have in common with this one. */
  readonly replicas?: Replicas
}

/** What is one tenant's alone, of several. */
export interface Own {
  /** As audit and log know it; no secret. */
  readonly tenant: string
  /** {@link workspaceId} of its settings. */
  readonly id: string
  /** What the operator says of it besides. */
  readonly narrowing?: Narrowing
  /** Where its idempotency keys are kept. */
  readonly ledger: () => Promise<Ledger>
}

/** Wires the parts for what was set. Throws Misuse when what was set cannot be done: a file that cannot be used, no tool left. */
export const wire = async (settings: Settings, world: World): Promise<Wired> => wireOn(await groundFor(settings, world), settings)

/** Opens what was set, so that what is wrong with it is told at once. Throws Misuse. */
export const groundFor = async (settings: Settings, world: World, redisUrl?: string): Promise<Ground> => {
  const replicas = redisUrl === undefined ? undefined : await (await import('./replicas.ts')).openReplicas(redisUrl, logTo(world, settings))
  const audit = settings.audit === undefined ? undefined : await (await import('./audit.ts')).openAudit(settings.audit, world.stderr, replicas)
  const published = await publish()
  const narrowing = await narrowings(settings.sources, published)
  const shared = settings.stateDir === undefined ? undefined : await (await import('./consent.ts')).sharedIn(settings.stateDir, Date.now)
  return { settings, world, published, narrowing, audit, shared, replicas }
}

/** Wires one Intercom, the only one or one tenant's `own`. Throws Misuse. */
export const wireOn = async (ground: Ground, settings: Settings, own?: Own): Promise<Wired> => {
  const { world, shared, replicas } = ground
  const common = replicas && (await import('./replicas.ts')).commonTo(replicas, settings, own?.id)
  const redacting = redactingBy(async () => (shared ? [shared.key.toString('hex'), own?.id].join('') : upstream.secret()))
  const log = about(own?.tenant, logTo(world, settings, redacting.line))
  const audit = ground.audit && discreet(ground.audit, redacting, own?.tenant)
  const upstream = await upstreamFor(settings, { log, audit, observe: redacting.observe, watch: world.watch?.(own?.tenant), ledger: own?.ledger, common })
  const consent = once(async () => (await import('./consent.ts')).openConsent(settings, calledBy(own, upstream), common ?? shared, Date.now))
  const offer: Offer = {
    ...rights(ground, own?.narrowing),
    version,
    operations: ground.published.filter(isOperationTool),
    nonce,
    now: Date.now,
    permissions: upstream.permissions,
    place: upstream.place,
    consent,
    redaction: redacting.of,
    client: upstream.open,
    onError: (error: unknown) => log('error', sentence(error)),
  }
  return { offer, upstream, log, bus: common?.bus, audit: ground.audit }
}

/** What callers may do, by all that the operator says, of one tenant too. Throws Misuse when that leaves no tool. */
export const rights = ({ published, narrowing: ofAll }: Pick<Ground, 'published' | 'narrowing'>, own?: Narrowing): Offered => {
  const narrowing = own ? [...ofAll, own] : ofAll
  const policy = narrowing.some(({ confirms }) => confirms) ? everything : unlessTold
  const whole: Offered = { published, tools: listed(published, ['default']), caller: { principal: 'local', policy }, redacted: new Set() }
  const left = narrowing.reduce(narrowedOffer, whole)
  if (left.tools.length === 0) throw new Misuse('these settings together leave no tool: of --toolsets, --tools, --exclude-tools, --allow and --read-only, each only narrows the others')
  return left
}

const calledBy = (own: Own | undefined, { name }: Upstream): string => (own ? `${own.tenant}: ${name}` : name)

const about = (tenant: string | undefined, log: Log): Log => (tenant === undefined ? log : (level, message, fields) => log(level, message, { tenant, ...fields }))

/** What holds unless anyone says what a person must agree to: all that reaches customers or cannot be undone. */
const unlessTold: Policy = { ...everything, confirm: new Set(['send', 'destroy'] as const) }

/** 32 random bits in a few characters. */
const nonce = (): string => randomInt(2 ** 32).toString(36)
