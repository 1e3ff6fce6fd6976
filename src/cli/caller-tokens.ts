import type { IncomingHttpHeaders } from 'node:http'
import { regions } from '../client/upstream.ts'
import type { Refused } from '../server/http/exchange.ts'
import type { Tenant } from '../server/http/tenant.ts'
import { workspaceId } from './consent.ts'
import { LazyTenant, type Where } from './lazy-tenant.ts'
import type { Ledgers } from './ledgers.ts'
import type { Ground } from './offer.ts'
import { token } from './setting.ts'

/** Most tenants of callers that are kept; those stay that are being used, and of others those used last. */
const most = 1000

/** Milliseconds after which one is closed that nobody uses, and between looks for such. */
const idle = 10 * 60_000
const between = 60_000

interface Kept {
  readonly lazy: LazyTenant
  usedAt: number
}

/** Where a caller brings the token of their own Intercom, and where that Intercom is. Neither is repeated in what a caller is told. */
const [tokenHeader, regionHeader] = ['intercom-token', 'intercom-region']

/** Whether a request says anything of an Intercom of the caller's. */
export const brings = (headers: IncomingHttpHeaders): boolean => headers[tokenHeader] !== undefined || headers[regionHeader] !== undefined

/** The Intercoms whose tokens callers bring with each request. */
export class CallerTokens {
  readonly #ground: Ground
  readonly #ledgers: Ledgers
  readonly #now: () => number
  readonly #kept = new Map<string, Kept>()
  readonly #leaving = new Set<Promise<void>>()
  readonly #sweeping: NodeJS.Timeout

  constructor(ground: Ground, ledgers: Ledgers, now: () => number) {
    this.#ground = ground
    this.#ledgers = ledgers
    this.#now = now
    this.#sweeping = setInterval(() => this.#sweep(), between).unref()
  }

  /** The tenant of the token that these headers bring. */
  of(headers: IncomingHttpHeaders): Promise<Tenant> | Refused {
    const where = this.#where(headers)
    if ('status' in where) return where
    const id = workspaceId({ ...where, workspaceFile: undefined })
    const key = `${id} ${where.region}` // another region means other links, if not another host
    if (!this.#kept.has(key) && this.#kept.size >= most) this.#leave(this.#oldest())
    const one = this.#kept.get(key) ?? { lazy: this.#lazy(id, where), usedAt: 0 }
    one.usedAt = this.#now()
    this.#kept.delete(key)
    this.#kept.set(key, one) // those used last stand last
    return one.lazy.open()
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeping)
    for (const key of this.#kept.keys()) this.#leave(key)
    await Promise.all(this.#leaving)
  }

  #where(headers: IncomingHttpHeaders): Where | Refused {
    const { region, baseUrl } = this.#ground.settings
    const said = headers[regionHeader]?.toString().trim().toLowerCase()
    const own = said === undefined ? region : (Object.keys(regions) as (keyof typeof regions)[]).find((name) => name === said) // Object.keys forgets which keys
    if (own === undefined) return { status: 400, message: `The header Intercom-Region is one of ${Object.keys(regions).join(', ')}.` }
    if (headers[tokenHeader] === undefined) return { status: 400, message: 'The header Intercom-Region goes with Intercom-Token, which is not there.' }
    try {
      return { token: token(headers[tokenHeader].toString().trim()), region: own, baseUrl }
    } catch {
      return { status: 400, message: 'The header Intercom-Token is not an access token: it is empty, or holds a space or a character that none has. Send one token, and once.' }
    }
  }

  #lazy(id: string, where: Where): LazyTenant {
    return new LazyTenant(this.#ground, this.#ledgers, where, { tenant: `token:${id.slice(0, 12)}`, id })
  }

  #sweep(): void {
    for (const [key, { lazy, usedAt }] of this.#kept) if (this.#now() - usedAt > idle && !lazy.present?.inside()) this.#leave(key)
  }

  /** Of those in which nothing is being answered, where there are any: who makes up tokens ends nobody's streams. */
  #oldest(): string {
    for (const [key, { lazy }] of this.#kept) if (!lazy.present?.inside()) return key
    return this.#kept.keys().next().value!
  }

  #leave(key: string): void {
    const { lazy } = this.#kept.get(key)!
    this.#kept.delete(key)
    const gone = lazy.close().finally(() => this.#leaving.delete(gone))
    this.#leaving.add(gone)
  }
}
