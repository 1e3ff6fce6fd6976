import type { Code, FailureDetail } from './failure.ts'

/** A write that was begun under an idempotency key. */
export interface Entry {
  /** Of the operation and its input, as `digest` makes it. */
  readonly digest: string
  /** When it was begun, in milliseconds since 1970. */
  readonly at: number
  /** How it ended; absent while it is under way, and for good when the process ended meanwhile. */
  readonly ended?: Ended
}

/** Its answer, unless that was too large to be kept; or why it has none. */
export type Ended = { readonly answer?: unknown } | { readonly failure: { readonly code: Code; readonly detail: FailureDetail } }

/** Where writes under idempotency keys are entered. Ids are SHA-256 in hexadecimal. Every promise rejects when the ledger cannot be kept. */
export interface Ledger {
  /** Enters a write that begins. When the id is taken, answers what is entered under it instead. */
  readonly begin: (id: string, entry: Entry) => Promise<Entry | undefined>
  /** What is entered under the id. */
  readonly find: (id: string) => Promise<Entry | undefined>
  readonly end: (id: string, entry: Entry) => Promise<void>
  /** Frees the id of a write that never happened. */
  readonly free: (id: string) => Promise<void>
}

/** How long entries are kept, in milliseconds. */
export const lifetime = 24 * 3_600_000

/** Entries kept at once, and characters of each and, in memory, of all. The fact of a write is kept also when there is no room for its answer. */
export const room = { entries: 10_000, each: 1024 * 1024, all: 64 * 1024 * 1024 } as const

/** Why nothing more can be entered. */
export const full = () => new Error(`${room.entries} idempotency keys were used within a day, the most that are kept`)

export const isOver = ({ at }: Entry, now: number): boolean => at + lifetime <= now

/** As it is kept, in `most` characters. */
export const written = (entry: Entry, most: number = room.each): string => {
  const whole = JSON.stringify(entry)
  return whole.length <= most ? whole : withoutAnswer(entry)
}

const withoutAnswer = (entry: Entry): string => JSON.stringify(entry.ended && 'answer' in entry.ended ? { ...entry, ended: {} } : entry)

/** One that is kept; undefined when that is no entry. */
export const read = (text: string): Entry | undefined => {
  try {
    const entry = JSON.parse(text) as Entry | null // nobody else writes there
    return typeof entry?.at === 'number' ? entry : undefined
  } catch {
    return undefined
  }
}

/** A ledger of which one may know that nothing in it counts any more. */
export interface MemoryLedger extends Ledger {
  readonly isEmpty: () => boolean
}

/** The ledger of one process, lost with it. */
export const ledgerInMemory = (now: () => number): MemoryLedger => {
  const { entries, put, remove, shorten } = texts()

  const forgetOld = (): void => {
    for (const [id, text] of entries) {
      if (!isOver(read(text)!, now())) break
      remove(id)
    }
  }
  const find = (id: string): Entry | undefined => {
    forgetOld()
    return read(entries.get(id) ?? '')
  }
  return {
    begin: async (id, entry) => {
      const taken = find(id)
      if (taken) return taken
      if (entries.size >= room.entries) throw full()
      put(id, written(entry))
      return undefined
    },
    find: async (id) => find(id),
    end: async (id, entry) => {
      put(id, written(entry))
      shorten()
    },
    free: async (id) => remove(id),
    isEmpty: () => {
      forgetOld()
      return entries.size === 0
    },
  }
}

/** Entries by id, the earliest first, and their characters counted. */
const texts = () => {
  const entries = new Map<string, string>()
  let size = 0

  const put = (id: string, text: string): void => {
    size += text.length - (entries.get(id)?.length ?? 0)
    entries.set(id, text)
  }
  const remove = (id: string): void => {
    size -= entries.get(id)?.length ?? 0
    entries.delete(id)
  }
  const shorten = (): void => {
    for (const [id, text] of entries) {
      if (size <= room.all) return
      put(id, withoutAnswer(read(text)!))
    }
  }
  return { entries, put, remove, shorten }
}
