type Kind = 'text' | 'number' | 'truth' | 'list' | 'object' | 'null'

const words: Readonly<Record<Kind, string>> = { text: 'text', number: 'a number', truth: 'true or false', list: 'a list', object: 'an object', null: 'null' }

const scalars: Readonly<Record<string, Kind>> = { string: 'text', number: 'number', boolean: 'truth' }

const kindOf = (value: unknown): Kind => {
  if (value === null || value === undefined) return 'null'
  return Array.isArray(value) ? 'list' : (scalars[typeof value] ?? 'object')
}

/** What values of one place look like, as examples of them show it. */
export interface Shape {
  readonly kinds: readonly Kind[]
  /** One that is text or a number, to show. */
  readonly sample: unknown
  /** Of objects: the fields that every example has. */
  readonly fields: ReadonlyMap<string, Shape>
  /** Of objects: the names of all fields that some example has. */
  readonly names: ReadonlySet<string>
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => kindOf(value) === 'object'

/** From fewer examples, what is inside an object may be chance: the names of custom attributes, say. */
const enough = 3

/** At least one example. `few` examples tell which fields there are; inside of these, more are needed. */
export const shapeOf = (examples: readonly unknown[], few = 1): Shape => {
  const objects = examples.filter(isFields)
  const everywhere = Object.keys(objects[0] ?? {}).filter((key) => objects.length >= few && objects.every((object) => Object.hasOwn(object, key)))
  return {
    kinds: [...new Set(examples.map(kindOf))].toSorted((a, b) => Number(a === 'null') - Number(b === 'null')),
    sample: examples.find((example) => typeof example === 'number' || (typeof example === 'string' && example !== '')),
    fields: new Map(everywhere.map((key) => [key, shapeOf(objects.map((object) => object[key]), enough)])),
    names: new Set(objects.flatMap((object) => Object.keys(object))),
  }
}

/** Something in a seed that cannot be laid. The message begins with the path to it. */
export class SeedProblem extends Error {
  readonly path: string

  constructor(path: string, what: string) {
    super(`${path === '' ? 'the seed' : path}: ${what}`)
    this.path = path
  }
}

/**
 * A value written by hand, with what it leaves out: null, an empty list, false, `now` for a time; as the examples allow.
 * Throws a {@link SeedProblem} where something must be said, or is of another kind than in every example.
 */
export const complete = (value: unknown, shape: Shape, path: string, now: number): unknown => {
  const kind = kindOf(value)
  if (!shape.kinds.includes(kind) && shape.kinds.some((other) => other !== 'null')) throw new SeedProblem(path, `it must be ${wanted(shape)}, not ${words[kind]}`)
  if (!isFields(value)) return value
  const entries = [...shape.fields].map(([key, field]) => {
    const at = `${path}.${key}`
    return [key, Object.hasOwn(value, key) ? complete(value[key], field, at, now) : missing(field, key, at, now)]
  })
  return { ...value, ...Object.fromEntries(entries) }
}

/** Throws a {@link SeedProblem} at a field that no example has: it would be passed over, and is most likely misspelt. */
export const checkNames = (document: object, { names }: Shape, path: string): void => {
  const unknown = Object.keys(document).find((name) => !names.has(name))
  if (unknown !== undefined) throw new SeedProblem(`${path}.${unknown}`, `there is no such field; there are: ${[...names].join(', ')}`)
}

const wanted = ({ kinds, sample }: Shape): string => {
  const choice = kinds.map((kind) => words[kind]).join(' or ')
  return sample === undefined ? choice : `${choice}, such as ${JSON.stringify(sample).slice(0, 60)}`
}

const missing = (shape: Shape, key: string, path: string, now: number): unknown => {
  const found = blank(shape, key, now)
  if (found === undefined) throw new SeedProblem(path, `it is missing; it must be ${wanted(shape)}`)
  return found
}

/** What stands for a value that was left out; undefined when nothing can. */
const blank = ({ kinds, fields }: Shape, key: string, now: number): unknown => {
  if (kinds.includes('null')) return null
  if (kinds.includes('list')) return []
  if (kinds.includes('truth')) return false
  if (kinds.includes('number')) return key.endsWith('_at') ? now : undefined
  return kinds.includes('object') ? blankObject(fields, now) : undefined
}

const blankObject = (fields: Shape['fields'], now: number): Fields | undefined => {
  const entries = [...fields].map(([key, field]) => [key, blank(field, key, now)] as const)
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries)
}
