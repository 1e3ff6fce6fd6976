import type { Faults } from '../faults.ts'
import type { Random } from '../ids.ts'
import type { Journal } from '../journal.ts'
import type { RateLimit } from '../rate-limit.ts'
import type { TransactionalStore } from '../store.ts'
import type { Time } from '../time.ts'
import type { Tokens } from '../tokens.ts'
import type { Outbox } from '../webhooks/outbox.ts'

/** What control has its hands on: the inside of one open workspace. */
export interface Workings {
  readonly store: TransactionalStore
  readonly time: Time
  /** Milliseconds since 1970 of the real clock. */
  readonly world: () => number
  readonly random: Random
  readonly tokens: Tokens
  readonly faults: Faults
  /** Absent when the workspace was opened to remember no requests. */
  readonly journal: Journal | undefined
  readonly outbox: Outbox
  readonly limiter: RateLimit
  /** Milliseconds a webhook's URL may take to answer. */
  readonly patience: number
}
