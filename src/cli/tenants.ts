import type { Tenant } from '../server/http/tenant.ts'
import { LazyTenant } from './lazy-tenant.ts'
import type { Ledgers } from './ledgers.ts'
import type { Log } from './log.ts'
import { sentence } from './misuse.ts'
import type { Ground } from './offer.ts'
import { type Described, readTenants } from './tenants-file.ts'
import { watching } from './watching.ts'

/** Milliseconds between looks whether the file has changed. */
const between = 1000

interface Served {
  readonly described: Described
  readonly lazy: LazyTenant
}

/** The tenants of the operator's file, as it is now. */
export class Tenants {
  readonly #ground: Ground
  readonly #ledgers: Ledgers
  readonly #log: Log
  #files: readonly string[] = []
  #served: ReadonlyMap<string, Served> = new Map()
  #leaving = new Set<Promise<void>>()
  #stop: () => void = () => {}

  private constructor(ground: Ground, ledgers: Ledgers, log: Log) {
    this.#ground = ground
    this.#ledgers = ledgers
    this.#log = log
  }

  /** Reads the file, and again when it changes. Throws Misuse that names file, line and key. */
  static async from(file: string, ground: Ground, ledgers: Ledgers, log: Log): Promise<Tenants> {
    const tenants = new Tenants(ground, ledgers, log)
    await tenants.#read(file)
    tenants.#stop = watching(() => tenants.#files, between, () => tenants.#readAgain(file))
    return tenants
  }

  /** Whether there is one of this name. */
  has(name: string): boolean {
    return this.#served.has(name)
  }

  /** The one of this name, or the only one. */
  find(name: string | undefined): Promise<Tenant> | undefined {
    const [only, another] = this.#served.values()
    const found = name === undefined ? (another ? undefined : only) : this.#served.get(name)
    return found?.lazy.open()
  }

  /** All of them, each with its tenant if anybody has used it. */
  all(): readonly { readonly described: Described; readonly present: Tenant | undefined }[] {
    return [...this.#served.values()].map(({ described, lazy }) => ({ described, present: lazy.present }))
  }

  async close(): Promise<void> {
    this.#stop()
    this.#take([])
    await Promise.all(this.#leaving)
  }

  async #readAgain(file: string): Promise<void> {
    try {
      await this.#read(file)
      this.#log('info', `read ${file} again`, { tenants: this.#served.size })
    } catch (error) {
      this.#log('error', `${sentence(error)}; the tenants stay as they were`)
    }
  }

  /** From then on the files it names are looked at too, also where it is wrong: one of them may be what is missing. */
  async #read(file: string): Promise<void> {
    const files = [file]
    try {
      this.#take(await readTenants(file, this.#ground, (named) => files.push(named)))
    } finally {
      this.#files = files
    }
  }

  /** Those that are as before stay; what was made for others ends. */
  #take(tenants: readonly Described[]): void {
    const before = this.#served
    const next = new Map(tenants.map((described) => [described.name, { described, lazy: this.#lazy(described, before.get(described.name)) }]))
    this.#served = next
    for (const [name, { lazy }] of before) if (next.get(name)?.lazy !== lazy) this.#leave(lazy)
  }

  #lazy(described: Described, before: Served | undefined): LazyTenant {
    if (before?.described.version === described.version) return before.lazy
    const { name: tenant, id, narrowing, token, region, baseUrl } = described
    return new LazyTenant(this.#ground, this.#ledgers, { token, region, baseUrl }, { tenant, id, narrowing })
  }

  #leave(lazy: LazyTenant): void {
    const gone = lazy.close().finally(() => this.#leaving.delete(gone))
    this.#leaving.add(gone)
  }
}
