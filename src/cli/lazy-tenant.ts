import { randomUUID } from 'node:crypto'
import { type Tenant, tenant } from '../server/http/tenant.ts'
import type { Ledgers } from './ledgers.ts'
import { type Ground, type Own, type Wired, wireOn } from './offer.ts'
import type { Settings } from './settings.ts'

/** Where a tenant is, and by which token. */
export interface Where extends Pick<Settings, 'region' | 'baseUrl'> {
  readonly token: string
}

/** Milliseconds that the calls of a tenant may take which is served no more: a little over the time a call is given. */
const patience = 32_000

/** A tenant that is wired at its first request. */
export class LazyTenant {
  readonly #make: () => Promise<Wired>
  readonly #ledgers: Ledgers
  readonly #id: string
  #made: Promise<{ readonly wired: Wired; readonly tenant: Tenant }> | undefined
  #present: Tenant | undefined
  #entered = false

  constructor(ground: Ground, ledgers: Ledgers, where: Where, own: Omit<Own, 'ledger'>) {
    this.#ledgers = ledgers
    this.#id = own.id
    this.#make = () => wireOn(ground, { ...ground.settings, ...where, workspaceFile: undefined }, { ...own, ledger: () => this.#ledger() })
  }

  /** It, if anybody has asked for it. */
  get present(): Tenant | undefined {
    return this.#present
  }

  async open(): Promise<Tenant> {
    this.#made ??= this.#make().then((wired) => {
      this.#present = tenant(randomUUID(), wired.offer, wired.bus) // a new key each time: nothing made for one before is served again
      return { wired, tenant: this.#present }
    })
    return (await this.#made).tenant
  }

  /** Lets its calls end, then closes what was made for it. Nobody may be given it any more. */
  async close(): Promise<void> {
    const made = await this.#made?.catch(() => undefined) // what could not be made was told when it was asked for
    if (!made) return
    await made.tenant.end(patience)
    await made.wired.upstream.close()
    if (this.#entered) this.#ledgers.release(this.#id)
  }

  #ledger() {
    this.#entered = true
    return this.#ledgers.of(this.#id)
  }
}
