import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type ContactDocument, contacts, newContact } from '../../src/workspace/contacts.ts'
import { type DataAttributeDocument, dataAttributes } from '../../src/workspace/data-attribute.ts'
import { openDatabase } from '../../src/workspace/sqlite.ts'
import { openStore } from '../../src/workspace/store.ts'
import { type Asking, asking, repeatable } from './asking.ts'

const chance = repeatable(7)
const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)]!
const some = <T>(from: readonly T[]): T[] => from.filter(() => chance() < 0.3)

// New York: clocks go forward on 2025-03-09 and back on 2025-11-02, so these days have 23 and 25 hours
const forward = Date.UTC(2025, 2, 9, 5) / 1000
export const back = Date.UTC(2025, 10, 2, 4) / 1000
export const hour = 3600
export const moments = [forward, back].flatMap((midnight) => [-25, -24, -1, 0, 1, 3, 22, 23, 24, 25, 26].flatMap((hours) => [hours * hour + midnight - 1, hours * hour + midnight]))

export const words = ['Ada', 'ÉMILIE', 'émilie', '100%', '1_0', "O'Hara", 'a"b', 'Zoë Strand', 'z', '']
export const tagIds = ['11', '12', '13', '1']
export const segmentIds = ['aa', 'ab']
const maybe = <T>(value: T): T | null => (chance() < 0.25 ? null : value)

const attributeTypes = { plan: 'string', seats: 'integer', score: 'float', 'is VIP': 'boolean', renews: 'date' } as const

const person = (index: number): ContactDocument =>
  newContact({
    id: index.toString(16).padStart(24, '0'),
    role: pick(['user', 'lead']),
    created_at: pick(moments),
    name: maybe(pick(words)),
    email: maybe(`${pick(['ada', 'Zoe', 'e%'])}${index % 7}@${pick(['One.example', 'two.example'])}`),
    owner_id: maybe(pick([1, 2, 3])),
    last_seen_at: maybe(pick(moments)),
    unsubscribed_from_emails: chance() < 0.5,
    tag_ids: some(tagIds),
    segment_ids: some(segmentIds),
    location: { country: maybe(pick(['Norway', 'norway', 'Peru'])), region: null, city: null, country_code: null, continent_code: null },
    custom_attributes: Object.fromEntries(
      Object.entries({ plan: pick(words), seats: pick([1, 2, 10]), score: pick([0.5, 1, 2.25]), 'is VIP': chance() < 0.5, renews: pick(moments) }).filter(
        () => chance() < 0.7,
      ),
    ),
    archived: chance() < 0.05,
  })

const attribute = (name: keyof typeof attributeTypes, index: number): DataAttributeDocument => ({
  id: 1 + index,
  model: 'contact',
  name,
  description: '',
  data_type: attributeTypes[name],
  options: [],
  messenger_writable: false,
  archived: false,
  admin_id: '1',
  created_at: 1,
  updated_at: 1,
})

export const people = Array.from({ length: 300 }, (_, index) => person(index))
export const visible = people.filter(({ archived }) => !archived)

/** A workspace that holds these people and attributes. Written by another connection, as another process would. */
export const crowded = (): Asking & { readonly close: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'search-'))
  const file = join(folder, 'workspace.db')
  const room = asking({ file, seed: 'empty', rateLimit: 1_000_000 })
  const store = openStore(openDatabase(file))
  store.transaction('write', () => {
    people.forEach((document) => store.put(contacts, document))
    Object.keys(attributeTypes).forEach((name, index) => store.put(dataAttributes, attribute(name as keyof typeof attributeTypes, index)))
  })
  store.close()
  const close = () => {
    room.workspace.close()
    rmSync(folder, { recursive: true })
  }
  return { ...room, close }
}

/** Every page of a search, as ids. */
export const walk = async ({ ask }: Pick<Asking, 'ask'>, query: unknown, rest: object, per_page: number): Promise<string[]> => {
  const ids: string[] = []
  let starting_after: string | undefined
  do {
    const { status, body } = await ask('POST', '/contacts/search', { query, ...rest, pagination: { per_page, starting_after } })
    expect(status, JSON.stringify(body)).toBe(200)
    ids.push(...body.data.map(({ id }: { id: string }) => id))
    starting_after = body.pages.next?.starting_after
    if (starting_after === undefined) expect(body.total_count).toBe(ids.length)
  } while (starting_after)
  return ids
}
