import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Noun, operationsOf } from '../../../src/contract/nouns.ts'
import { open, type Session } from '../session.ts'

export type Shown = Record<string, unknown>

/** The tools of a session, called by name; each answer is held to its output schema, and its text to its structured form. */
export interface Tools {
  readonly answered: (name: string, input?: Shown) => Promise<Shown>
  /** What stands under a key of the answer: one object, or several. */
  readonly one: (key: string, name: string, input?: Shown) => Promise<Shown>
  readonly many: (key: string, name: string, input?: Shown) => Promise<Shown[]>
}

/** Tests that together call every tool of these areas, in one session on a workspace of its own. The last test holds them to that. */
export const everyTool = (areas: readonly Noun[], tests: (tools: Tools) => void): void => {
  let session: Session
  const called = new Set<string>()
  beforeAll(async () => {
    session = await open(['--toolsets', 'all'])
    await session.client.listTools() // from here on the client holds every result to its output schema
  })
  afterAll(() => session.close())

  const answered: Tools['answered'] = async (name, input = {}) => {
    const { text, structured, isError } = await session.call(name, input)
    expect(isError, `${name}: ${text}`).toBe(false)
    const said = spaces(text)
    for (const fact of scalars(structured)) expect(said, name).toContain(spaces(fact))
    called.add(name)
    return structured!
  }
  tests({
    answered,
    one: async (key, name, input) => (await answered(name, input))[key] as Shown,
    many: async (key, name, input) => (await answered(name, input))[key] as Shown[],
  })

  test.each(areas)('no tool of %s was left out', async (area) => {
    const names = (await operationsOf(area)).map(({ name }) => name)
    expect(names.filter((name) => !called.has(name))).toEqual([])
  })
}

const scalars = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.values(value).flatMap(scalars) : [String(value)])
const spaces = (text: string): string => text.replace(/\s+/g, ' ')
