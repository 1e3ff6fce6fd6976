import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { sample } from '../contract/generate.ts'
import { type Answer, open, type Session, unmarked } from './session.ts'
import { type Stranger, stranger } from './stranger.ts'

let upstream: Stranger
let session: Session
let words = 0

/** A word that stands nowhere else: `subject481x`. Ids stay ids, so that what mentions them is found. */
const unique = (field: string): string => (/(^|_)ids?$/.test(field) && !/^(external|company|user)_id$/.test(field) ? '7' : `${field.replace(/\W/g, '')}${(words += 1)}x`)

beforeAll(async () => {
  upstream = await stranger(unique)
  session = await open(['--toolsets', 'all'], { INTERCOM_BASE_URL: upstream.url, INTERCOM_ACCESS_TOKEN: 'token' })
})
afterAll(async () => {
  await session.close()
  await upstream.close()
})

const leaves = (value: unknown): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value])

/** What one form says and the other does not: values of the structured one, and words of Intercom's in the text. */
const differences = (answer: Answer): { readonly lackedByText: unknown[]; readonly lackedByStructured: string[] } => {
  const { text, structured = {} } = unmarked(answer) // what marks may look like such a word
  const { untrusted: _, ...shown } = structured
  const json = JSON.stringify(structured)
  const flat = (text.startsWith('{"') ? leaves(JSON.parse(text)).join(' ') : text).replace(/\s+/g, ' ') // search and fetch answer JSON
  return {
    lackedByText: leaves(shown).filter((leaf) => !flat.includes(String(leaf).replace(/\s+/g, ' ').trim())),
    lackedByStructured: (text.match(/\b[a-z_]+\d+x\b/gi) ?? []).filter((word) => !json.includes(word)),
  }
}

const same = { lackedByText: [], lackedByStructured: [] }
const reads = (await allOperations()).filter(({ operation: { effect, file } }) => effect === 'read' && !file)

describe('either form of an answer says all that the other does', () => {
  test.each(reads.map(({ operation }) => [operation.name, operation] as const))('%s', async (name, operation) => {
    for (const detail of ['summary', 'full']) {
      const answer = await session.call(name, { ...sample(operation), detail })
      expect(answer.isError).toBe(false)
      expect(differences(answer)).toEqual(same)
    }
  })

  test.each([
    ['who_is_customer', { customer: '66f0c3d1a7b24e1000000001' }],
    ['who_is_customer', { customer: '66f0c3d1a7b24e1000000001', detail: 'full' }],
    ['get_account', { company: '66f0c3d1a7b24e1000000001' }],
    ['get_account', { company: '66f0c3d1a7b24e1000000001', detail: 'full' }],
    ['describe_workspace', {}],
    ['search', { query: 'refund' }],
    ['fetch', { id: 'conversation:7' }],
    ['fetch', { id: 'article:7' }],
  ])('%s %j', async (name, input) => {
    const answer = await session.call(name, input)
    expect(answer.isError).toBe(false)
    expect(differences(answer)).toEqual(same)
  })
})
