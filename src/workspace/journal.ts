/** One request and what it was answered. Nothing of its Authorization. */
export interface Entry {
  /** 1, 2, 3, ... since the workspace was opened. */
  readonly number: number
  readonly request_id: string
  /** Unix seconds of the workspace's clock. */
  readonly at: number
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Null when no operation has this path and method, or when the request was refused before anybody looked. */
  readonly operation: string | null
  /** The name of the token; null for a stranger. */
  readonly token: string | null
  /** Null when the connection was dropped. */
  readonly status: number | null
  /** The kind of the fault that befell it. */
  readonly fault: string | null
  /** JSON text; null when there was none, when it was no JSON, or when it was never read. */
  readonly body: string | null
  readonly answer: string | null
}

/** The last requests, oldest first. */
export interface Journal {
  readonly write: (entry: Omit<Entry, 'number'>) => void
  /** Those after number `since`, of them the last `limit`. */
  readonly list: (since: number, limit: number) => readonly Entry[]
  readonly clear: () => void
}

/** As much text as all entries may hold together, in characters: what is older than that is forgotten. */
const mostText = 32 * 1024 * 1024

/** Remembers as many requests as `most`. */
export const journalOf = (most: number): Journal => {
  let entries: Entry[] = []
  let last = 0
  let text = 0
  const size = ({ body, answer }: Entry): number => (body?.length ?? 0) + (answer?.length ?? 0)
  const trim = (): void => {
    while (entries.length > most || text > mostText) text -= size(entries.shift()!) // there is one: it is too much
  }
  return {
    write: (entry) => {
      const numbered = { number: ++last, ...entry }
      entries.push(numbered)
      text += size(numbered)
      trim()
    },
    list: (since, limit) => entries.filter(({ number }) => number > since).slice(-limit),
    clear: () => {
      entries = []
      text = 0
    },
  }
}
