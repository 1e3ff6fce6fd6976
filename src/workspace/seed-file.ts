import * as z from 'zod'
import { admins, type AppDocument } from './admins.ts'
import type { Contents, Stored } from './contents.ts'
import { laySeed } from './seed.ts'
import { checkReferences, type Placed } from './seed-references.ts'
import { checkNames, complete, SeedProblem, type Shape, shapeOf } from './seed-shape.ts'
import { openDatabase } from './sqlite.ts'
import { type Collection, openStore, sql, type TransactionalStore } from './store.ts'

const Format = z.strictObject({
  format: z.literal(1).default(1),
  base: z.enum(['none', 'empty', 'demo']).default('empty'),
  app: z.record(z.string(), z.unknown()).optional(),
  counters: z.record(z.string(), z.int().min(0)).optional(),
  collections: z.record(z.string(), z.array(z.unknown(), { error: 'it must be a list of documents' }).readonly(), { error: 'it must be an object: lists of documents by collection' }),
})

/**
 * A workspace as JSON: documents by collection, laid upon a base. `none` means that they are all there is, as an export writes
 * it, and they are taken exactly as they are. Upon `empty` or `demo` they may be short: what they leave out is filled in.
 */
export type SeedFile = z.output<typeof Format>

/** The whole workspace, to be laid again. */
export const exported = (store: TransactionalStore): SeedFile => {
  const app = JSON.parse(store.setting('app') ?? '{}') as Record<string, unknown> // the seed wrote it
  return { format: 1, base: 'none', app, ...store.contents() }
}

/** Reads a seed. Throws a {@link SeedProblem} that names the first thing that is wrong with its form. */
export const seedFrom = (value: unknown): SeedFile => {
  const result = Format.safeParse(value)
  if (result.success) return result.data
  const { path, message } = result.error.issues[0]! // a failure has at least one
  throw new SeedProblem(pathOf(path), message)
}

const pathOf = (keys: readonly PropertyKey[]): string => keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('').replace(/^\./, '')

/** Lays a seed into a workspace that is empty of data, within a transaction. Throws a {@link SeedProblem}. */
export const layFile = (store: TransactionalStore, now: number, { base, app, counters, collections }: SeedFile): void => {
  const example = exampleAt(now)
  if (base !== 'none') laySeed({ store, now }, base)
  store.set('app', JSON.stringify(appOf({ ...(base === 'none' ? {} : example.app), ...app }, example.app, now)))
  const documents = Object.entries(collections).flatMap(([name, list]) => {
    const collection = known(name, example)
    const shape = base === 'none' ? undefined : example.shape(collection)
    return layAll(store, collection, list, (document, path) => (shape ? completed(document, collection, shape, path, now) : document))
  })
  if (base !== 'none') checkReferences(store, example.collections, documents)
  if (counters) store.setCounters(counters)
  else store.countFrom(highest(documents))
  checkTeam(store)
}

/** A short document with what it leaves out. */
const completed = (document: Stored, { blank }: Collection<Stored>, shape: Shape, path: string, now: number): Stored => {
  checkNames(document, shape, path)
  return complete({ ...blank, ...document }, shape, path, now) as Stored // still one
}

interface Example {
  readonly app: AppDocument
  readonly collections: ReadonlyMap<string, Collection<never>>
  /** What documents of a collection look like; undefined when the example has none. */
  readonly shape: (collection: Collection<Stored>) => Shape | undefined
}

/** The demo, laid aside: it shows which collections there are, and what their documents look like. */
const exampleAt = (now: number): Example => {
  const store = openStore(openDatabase())
  try {
    laySeed({ store, now }, 'demo')
    const { collections }: Contents = store.contents()
    return {
      app: JSON.parse(store.setting('app') ?? '{}') as AppDocument, // the seed wrote it
      collections: new Map(store.used().map((collection) => [collection.table, collection])),
      shape: ({ table, blank }) => collections[table] && shapeOf([...collections[table], ...collections[table].slice(0, 1).map((one) => ({ ...one, ...blank }))]),
    }
  } finally {
    store.close()
  }
}

const known = (name: string, { collections }: Example): Collection<Stored> => {
  const found = collections.get(name)
  if (!found) throw new SeedProblem(`collections.${name}`, `there is no such collection; there are: ${[...collections.keys()].sort().join(', ')}`)
  return found as unknown as Collection<Stored> // its facts are only asked of documents of its own
}

type Finish = (document: Stored, path: string) => Stored

const layAll = (store: TransactionalStore, into: Collection<Stored>, list: readonly unknown[], finish: Finish): Placed[] => {
  const ids = new Set<string>()
  const { table } = into
  return list.map((value, index) => {
    const path = `collections.${table}[${index}]`
    const document = identified(value, path)
    if (ids.has(String(document.id))) throw new SeedProblem(`${path}.id`, `${document.id} is the id of an earlier one`)
    ids.add(String(document.id))
    return { document: laid(store, into, finish(document, path), path), table, path }
  })
}

const identified = (value: unknown, path: string): Stored => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SeedProblem(path, 'it must be an object')
  const id: unknown = Reflect.get(value, 'id')
  if ((typeof id !== 'string' && !Number.isSafeInteger(id)) || id === '') throw new SeedProblem(`${path}.id`, 'it must be text or a whole number')
  return value as Stored // it has an id, and all else is open
}

const laid = (store: TransactionalStore, into: Collection<Stored>, document: Stored, path: string): Stored => {
  try {
    return store.put(into, document)
  } catch (error) {
    throw new SeedProblem(path, `it cannot be read as a document of ${into.table} (${error instanceof Error ? error.message : String(error)})`)
  }
}

const appOf = (given: Readonly<Record<string, unknown>>, example: AppDocument, now: number): AppDocument => {
  const app = complete(given, shapeOf([example]), 'app', now) as AppDocument // it has every field of the example, of its kind
  try {
    Intl.DateTimeFormat('en', { timeZone: app.timezone })
  } catch {
    throw new SeedProblem('app.timezone', `${app.timezone} is no time zone; use a name like America/New_York`)
  }
  return app
}

/** Ids beyond this are not ours to count, such as those made of a time. */
const countable = 1_000_000_000

/** The highest number among ids: what is made later must not get the id of what was laid. */
const highest = (documents: readonly Placed[]): number =>
  documents.reduce((most, { document: { id } }) => (/^\d+$/.test(String(id)) && Number(id) <= countable ? Math.max(most, Number(id)) : most), 0)

/** Tokens act for a teammate, and what nobody does is done by the bot. */
const checkTeam = (store: TransactionalStore): void => {
  for (const [bot, who] of [[0, 'a teammate (bot: false)'], [1, 'the bot (bot: true)']] as const)
    if (store.count(admins, sql`bot = ${bot}`) === 0) throw new SeedProblem('collections.admin', `it must have ${who}; with "base": "empty" it has`)
}
