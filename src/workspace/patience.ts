import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Ranking } from './ranking.ts'
import { looker, oneOf } from './slices.ts'
import { type Sql, sql } from './sql.ts'
import type { Statements } from './statements.ts'
import type { Collection, Keyed, Store } from './store.ts'
import type { Tables } from './tables.ts'
import type { Transaction } from './transactions.ts'

/** Answers that are kept for later requests, as long as nothing changes. */
const remembered = 200

/** Documents that are revised in one transaction. With more, other requests would wait; with fewer, a file would be flushed too often. */
const handful = 200

/** Thrown by what takes long: that is done first, between other requests. */
class Interruption extends Error {
  readonly first: () => Promise<void>

  constructor(first: () => Promise<void>) {
    super('something that takes long has to be done first')
    this.first = first
  }
}

type Findings = Map<string, unknown>

/**
 * Does work whose store counts, ranks and revises much without keeping the event loop: where that takes long, the work is broken
 * off, the table looked through or revised bit by bit between other requests, and the work started over. So it should be a
 * transaction. What was found need not be of one moment, as a list that is paged through never is; and should the program end
 * amid a revision, a part is done, and doing the work again does the rest.
 */
export type Patiently = <T>(work: (store: Store) => T) => Promise<T>

export const patience = (asked: Statements, laid: Tables, plain: Store, transaction: Transaction): Patiently => {
  const looking = looker(asked, laid)
  const recall = memory(asked)

  const revise = byHandfuls(plain, transaction)

  const patient = (findings: Findings): Store => {
    const matches = (from: Collection<never>, where: Sql) =>
      recall(findings, ['count', from.table, where], () => looking.matches(from, where))
    return {
      ...plain,
      revise,
      count: (from, where) => (where && looking.takesLong(from, where) ? matches(from, where).total : plain.count(from, where)),
      first: <D>(from: Collection<D>, ranking: Ranking, limit: number): Keyed<D>[] => {
        const { where, ...place } = ranking
        if (!looking.takesLong(from, where)) return plain.first(from, ranking, limit)
        const among = (seqs: readonly number[]) => plain.first(from, { ...place, where: sql`(${where}) AND ${oneOf(seqs)}` }, limit)
        const next = looking.next(from, ranking, limit)
        if (next.length === limit) return among(next)
        const { seqs } = matches(from, where)
        return among(seqs ?? recall(findings, ['first', from.table, ranking, limit], () => looking.first(from, ranking, limit)))
      },
    }
  }

  return async (work) => {
    const findings: Findings = new Map()
    const store = patient(findings)
    for (;;) {
      try {
        return work(store)
      } catch (error) {
        if (!(error instanceof Interruption)) throw error
        await error.first()
      }
    }
  }
}

/** Revises all but the last few in transactions of their own, before the work that asks for it. */
const byHandfuls = (plain: Store, transaction: Transaction): Store['revise'] => (of, where, revised) => {
  const areMany = () => plain.count(of, where) > handful
  const reviseSome = () => plain.find(of, { where, limit: handful }).forEach((document) => plain.put(of, revised(document)))
  if (areMany())
    throw new Interruption(async () => {
      for (; areMany(); await nextTurn()) transaction('write', reviseSome)
    })
  plain.revise(of, where, revised)
}

/** Gives what was found for a question, in this work or lately. Throws the {@link Interruption} that finds it otherwise. */
const memory = ({ get }: Statements) => {
  const lately = new Map<string, { version: string; found: unknown }>()
  /** Differs after any change, by this process or another. */
  const version = () => [get('PRAGMA data_version', []), get('SELECT total_changes()', [])].map((row) => Object.values(row!).join()).join()
  const keep = (key: string, version: string, found: unknown) => {
    if (lately.size >= remembered) lately.clear()
    lately.set(key, { version, found })
  }
  return <T>(findings: Findings, question: readonly [kind: 'count' | 'first', ...unknown[]], find: () => Promise<T>): T => {
    const key = JSON.stringify(question)
    if (findings.has(key)) return findings.get(key) as T // a kind of question is always found out alike
    const known = lately.get(key)
    if (known?.version === version()) return known.found as T // as above
    throw new Interruption(async () => {
      const before = version()
      const found = await find()
      findings.set(key, found)
      keep(key, before, found)
    })
  }
}
