type Kind = 'null' | 'text' | 'number' | 'truth' | 'list' | 'object'

const words: Readonly<Record<Kind, string>> = { null: 'null', text: 'text', number: 'a number', truth: 'true or false', list: 'a list', object: 'an object' }

const kindOf = (value: unknown): Kind => {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'list'
  return ({ string: 'text', number: 'number', boolean: 'truth' } as const)[typeof value as string] ?? 'object'
}

/** What values of one place look like, as examples of them show it. */
export interface Shape {
  readonly kinds: ReadonlySet<Kind>
  readonly examples: number
  /** Of objects: the fields that every example has. */
  readonly fields: ReadonlyMap<string, Shape>
}

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => kindOf(value) === 'object'

export const shapeOf = (examples: readonly unknown[]): Shape => {
  const objects = examples.filter(isFields)
  const everywhere = Object.keys(objects[0] ?? {}).filter((key) => objects.every((object) => Object.hasOwn(object, key)))
  return {
    kinds: new Set(examples.map(kindOf)),
    examples: examples.length,
    fields: new Map(everywhere.map((key) => [key, shapeOf(objects.map((object) => object[key]))])),
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

/** From fewer examples, what is inside an object may be chance: names of custom attributes, say. */
const enough = 3

/**
 * A value written by hand, with what it leaves out: null, an empty list, false, `now` for a time; as the examples allow.
 * Throws a {@link SeedProblem} where something must be said, or is of another kind than in every example.
 */
export const complete = (value: unknown, shape: Shape, path: string, now: number): unknown => {
  const kind = kindOf(value)
  const others = [...shape.kinds].filter((other) => other !== 'null')
  if (others.length > 0 && !shape.kinds.has(kind)) throw new SeedProblem(path, `it must be ${others.map((other) => words[other]).join(' or ')}, not ${words[kind]}`)
  if (!isFields(value)) return value
  const known = [...shape.fields].filter(() => shape.examples >= enough || !path.includes('].'))
  const completed = known.map(([key, field]) => [key, Object.hasOwn(value, key) ? complete(value[key], field, `${path}.${key}`, now) : missing(field, key, path, now)])
  return { ...value, ...Object.fromEntries(completed) }
}

const missing = (shape: Shape, key: string, path: string, now: number): unknown => {
  const found = blank(shape, key, now)
  if (found === undefined) throw new SeedProblem(`${path}.${key}`, `it is missing; it must be ${[...shape.kinds].map((kind) => words[kind]).join(' or ')}`)
  return found
}

/** What stands for a value that was left out; undefined when nothing can. */
const blank = ({ kinds, fields }: Shape, key: string, now: number): unknown => {
  if (kinds.has('null')) return null
  if (kinds.has('list')) return []
  if (kinds.has('truth')) return false
  if (kinds.has('number')) return key.endsWith('_at') ? now : undefined
  return kinds.has('object') ? blankObject(fields, now) : undefined
}

const blankObject = (fields: Shape['fields'], now: number): Fields | undefined => {
  const entries = [...fields].map(([key, field]) => [key, blank(field, key, now)] as const)
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries)
}
