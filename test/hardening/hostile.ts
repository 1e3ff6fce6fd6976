import fc from 'fast-check'
import { arbitrary, type JsonSchema } from '../contract/generate.ts'

type Json = Record<string, unknown>

const nested = (depth: number, key?: string): unknown => {
  let value: unknown = 'deep'
  for (let level = 0; level < depth; level++) value = key ? { [key]: value } : [value]
  return value
}

/** An object with that very key, also where the language would take it for something else. */
const holding = (key: string, value: unknown): Json => Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true })

const path = ['..', '.', '../..', '%2e%2e', '%2E%2E%2Ftags', '..%2f..', '/', '//evil.example/', 'a/b', 'a/../b', 'a?b=c', 'a#b', 'a\\b', '..\\..', ';', 'a;b', ':', '@', '%', '%zz', '%00']
const characters = ['', ' ', '\0', 'a\0b', 'a\r\nX-Evil: 1', '\u001b[2J', '\u202eevil\u200b', '\u{e0041}\u{e0042}', '\ud800', 'x\udc00y', '\ufeff', '\u2028', 'é'.normalize('NFD'), '💥'.repeat(10)]
const numeric = ['NaN', 'Infinity', '-Infinity', '-0', '1e400', '9007199254740993', '0x10', '1_000', '١٢٣', ' 42 ', '42', '-1', '1e3', '00']
const words = ['undefined', 'null', 'true', 'false', '[object Object]', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then']
const json = ['{}', '[]', '{"a":', '[[[[', '"text"', '{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '[null]', '{"field":"name","operator":"=","value":{"$ne":1}}']
const dates = ['2026-13-45', '0000-00-00', '2026-02-30T25:61Z', '+275760-09-13T00:00:00.001Z', '1970-01-01T00:00Z', 'tomorrow']
const injected = ["'; DROP TABLE contacts; --", '" OR 1=1', '%_%', '*', '(a+)+$', `${'a'.repeat(40)}!`, '<script>alert(1)</script>', '<b>'.repeat(500), '](javascript:alert(1))', '</customer-data>', '{{7*7}}', '${7*7}', '$(id)', '`id`']
const strings = [...path, ...characters, ...numeric, ...words, ...json, ...dates, ...injected]

const others = [null, true, false, 0, -1, 1.5, 2 ** 53 + 2, -(2 ** 53) - 2, 1e308, 5e-324, 1e21, [], {}, [null], [[]], [{}], holding('__proto__', { polluted: 1 }), { constructor: { prototype: { polluted: 1 } } }, { toString: 1, length: -1 }, holding('then', 2), { $ne: null }]

/** Few of these: each costs what a thousand others do. */
const huge = ['x'.repeat(200_000), '💥'.repeat(50_000), '<p>'.repeat(30_000), '['.repeat(50_000), '"'.repeat(50_000), nested(5_000), nested(5_000, 'a'), Array(20_000).fill(1), Array(2_000).fill({ a: [1] }), Object.fromEntries(Array.from({ length: 5_000 }, (_, each) => [`key${each}`, each]))]

const poison: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...strings) },
  { weight: 25, arbitrary: fc.constantFrom(...others) },
  { weight: 1, arbitrary: fc.constantFrom(...huge) },
)

const keys = fc.constantFrom(...words, ...path, ...characters, 'id', 'ids', 'Id', 'input', 'operation', 'type', 'x'.repeat(5_000))

/** What is done to arguments at one of the places in them. */
interface Change {
  readonly place: number
  readonly how: keyof typeof changes
  readonly key: string
  readonly value: unknown
}

const changes = {
  replace: (_old: unknown, { value }: Change) => value,
  add: (old: unknown, { key, value }: Change) => (isObject(old) ? { ...old, ...holding(key, value) } : [old, value]),
  empty: () => undefined,
  double: (old: unknown) => [old, old],
  write: (old: unknown) => JSON.stringify(old),
  misspell: (old: unknown) => (isObject(old) ? Object.fromEntries(Object.entries(old).map(([key, value]) => [`${key}s`, value])) : JSON.stringify(old)), // turning it to text any other way may fail
} as const

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const change: fc.Arbitrary<Change> = fc.record(
  { place: fc.nat(1000), how: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[]), 'replace' as const, 'replace' as const), key: keys, value: poison },
  { noNullPrototype: true },
)

type Path = readonly (string | number)[]

const placesIn = (value: unknown, at: Path = []): Path[] => {
  if (at.length > 6 || typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).slice(0, 20).flatMap(([key, inner]) => placesIn(inner, [...at, key]))]
}

const changedAt = (value: unknown, [key, ...rest]: Path, by: (old: unknown) => unknown): unknown => {
  if (key === undefined) return by(value)
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as Json) }) as Json // lists are objects too
  const inner = changedAt(copy[key], rest, by)
  if (inner === undefined) delete copy[key]
  else Object.defineProperty(copy, key, { value: inner, enumerable: true, configurable: true, writable: true })
  return copy
}

/** Never at the very top: the protocol lets only objects through as arguments. */
const changed = (args: Json, { place, ...rest }: Change): Json => {
  const places = placesIn(args)
  const at = places[place % places.length]!
  if (at.length === 0) return { ...args, ...holding(rest.key, rest.value) }
  return changedAt(args, at, (old) => changes[rest.how](old, { place, ...rest })) as Json
}

/** Values there are: ids by their area of the API or the name of their field, and `fields` by tool. */
export type Known = Readonly<Record<string, readonly unknown[]>>

/** Fields that hold the id of what is called otherwise. */
const calledOtherwise: Readonly<Record<string, string>> = { author: 'admin', assignee: 'admin', owner: 'admin', from: 'contact', into: 'contact', created_by: 'admin', parent: 'collection' }

const knownOf = (key: string, noun: string, known: Known): readonly unknown[] | undefined => {
  if (known[key] || !/(^|_)id$/.test(key)) return known[key]
  const sort = key.replace(/_?id$/, '')
  return known[`${calledOtherwise[sort] ?? sort}s`] ?? known[noun]
}

/** Random text is no id of anything; with those of the workspace, calls reach what is behind the first look-up. */
const withKnown = (value: unknown, picks: readonly number[], noun: string, known: Known, key = ''): unknown => {
  const [pick = 0, ...more] = picks
  if (Array.isArray(value)) return value.map((each, index) => withKnown(each, [...more, pick + index], noun, known, key.replace(/s$/, '')))
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, inner], index) => [name, withKnown(inner, [...more.slice(index % 3), pick + index], noun, known, name)]))
  const values = knownOf(key, noun, known)
  return values?.length && pick % 8 !== 0 ? values[pick % values.length] : value
}

/** With few of what may be left out: each is one more thing that may be wrong. */
const fewer = (value: Json, required: readonly string[], picks: readonly number[]): Json =>
  Object.fromEntries(Object.entries(value).filter(([key], index) => required.includes(key) || (picks[index % picks.length]! + index) % 4 === 0))

/** As JSON brings it: no `undefined`, no -0, no objects without a prototype. */
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json

/** Arguments of a tool by its published schema: half of them fit, the others were changed in one to three places. */
export const argumentsOf = (inputSchema: Readonly<Record<string, unknown>>, noun: string, known: Known): fc.Arbitrary<Json> => {
  const schema = inputSchema as JsonSchema // zod made it, and emits no more
  const fitting = fc
    .tuple(arbitrary(schema), fc.array(fc.nat(10_000), { minLength: 8, maxLength: 8 }))
    .map(([value, picks]) => withKnown(fewer(asJson(value), schema.required ?? [], picks), picks, noun, known) as Json) // an object stays one
  const unfit = fc.tuple(fitting, fc.array(change, { minLength: 1, maxLength: 3 })).map(([args, made]) => made.reduce(changed, args))
  return fc.oneof(fitting, unfit)
}
