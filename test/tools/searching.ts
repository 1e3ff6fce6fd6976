import { afterAll, beforeAll, expect } from 'vitest'
import { open, type Session } from './session.ts'

export type Shown = Record<string, unknown>

/** The searches of one kind of object, in a session on a workspace of its own. */
export interface Searching {
  /** The answer; it must be one. */
  readonly asked: (input: Shown) => Promise<Shown>
  /** The objects of the answer. */
  readonly found: (input: Shown) => Promise<Shown[]>
  /** What a refused search says. */
  readonly refused: (input: Shown) => Promise<string>
  /** Any other tool's answer. */
  readonly call: (name: string, input?: Shown) => Promise<Shown>
  readonly text: (input: Shown) => Promise<string>
}

export const searching = (kind: 'contacts' | 'conversations' | 'tickets'): Searching => {
  let session: Session
  beforeAll(async () => {
    session = await open(['--toolsets', 'all'])
    await session.client.listTools() // from here on the client holds every result to its output schema
  })
  afterAll(() => session.close())

  const answered = async (name: string, input: Shown = {}) => {
    const answer = await session.call(name, input)
    expect(answer.isError, answer.text).toBe(false)
    return answer
  }
  const search = `search_${kind}`
  const asked = async (input: Shown) => (await answered(search, input)).structured!
  return {
    asked,
    found: async (input) => (await asked(input))[kind] as Shown[],
    refused: async (input) => {
      const { isError, text } = await session.call(search, input)
      expect(isError, text).toBe(true)
      return text
    },
    call: async (name, input) => (await answered(name, input)).structured!,
    text: async (input) => (await answered(search, input)).text,
  }
}

/** What a search by filters finds, in its order, and what the API's own query does. One that finds nothing proves nothing. */
export const bothWays = async ({ asked }: Searching, kind: string, filters: Shown, query: Shown): Promise<{ mine: unknown; theirs: unknown }> => {
  const [mine, theirs] = await Promise.all([asked({ ...filters, per_page: 150, fields: ['id'] }), asked({ query, pagination: { per_page: 150 }, fields: ['id'] })])
  expect(theirs.total).toBeGreaterThan(0)
  return { mine: [mine.total, mine[kind]], theirs: [theirs.total, theirs[kind]] }
}
