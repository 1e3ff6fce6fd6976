import { everything, type Policy } from '../client/policy.ts'
import { narrowedOffer, type Offer } from '../server/offer.ts'
import { once } from '../server/once.ts'
import { published as publish } from '../tools/published.ts'
import { isOperationTool } from '../tools/tool.ts'
import { listed } from '../tools/toolsets.ts'
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
}

/** Wires the parts for what was set. Throws Misuse when what was set cannot be done: a file that cannot be used, no tool left. */
export const wire = async (settings: Settings, world: World): Promise<Wired> => {
  const redacting = redactingBy(async () => (await keptSecret(settings)) ?? upstream.secret())
  const log = logTo(world, settings.logLevel, redacting.line)
  const audit = settings.audit === undefined ? undefined : discreet(await (await import('./audit.ts')).openAudit(settings.audit, world.stderr), redacting)
  const published = await publish()
  const narrowing = await narrowings(settings.sources, published)
  const upstream = await upstreamFor(settings, { log, audit, observe: redacting.observe })
  const consent = once(async () => (await import('./consent.ts')).openConsent(settings, upstream.name, Date.now))
  if (settings.stateDir !== undefined) await consent() // what is wrong with the folder is told at once
  const whole: Offer = {
    version,
    tools: listed(published, ['default']),
    operations: published.filter(isOperationTool),
    permissions: upstream.permissions,
    published,
    caller: { principal: 'local', policy: narrowing.some(({ confirms }) => confirms) ? everything : unlessTold },
    place: upstream.place,
    nonce,
    now: Date.now,
    consent,
    redacted: new Set(),
    redaction: redacting.of,
    client: upstream.open,
    onError: (error: unknown) => log('error', sentence(error)),
  }
  const offer = narrowing.reduce(narrowedOffer, whole)
  if (offer.tools.length === 0) throw new Misuse('these settings together leave no tool: of --toolsets, --tools, --exclude-tools, --allow and --read-only, each only narrows the others')
  return { offer, upstream, log }
}

/** A secret that outlives the access token, where there is a folder to keep it in. */
const keptSecret = async ({ stateDir }: Settings): Promise<string | undefined> =>
  stateDir === undefined ? undefined : (await (await import('../tools/confirm/folder.ts')).sharedIn(stateDir, Date.now)).key.toString('hex')

/** What holds unless anyone says what a person must agree to: all that reaches customers or cannot be undone. */
const unlessTold: Policy = { ...everything, confirm: new Set(['send', 'destroy'] as const) }

/** 32 random bits in a few characters. */
const nonce = (): string => crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)
