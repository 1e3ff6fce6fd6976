import type * as z from 'zod'
import type { Input, Operation } from './operation.ts'

/** One HTTP request, without host, headers or token. `path` includes the query string. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly body?: Record<string, unknown>
}

/** A path parameter that cannot be one path segment. Nothing was sent. */
export class UnsafeSegment extends Error {
  readonly parameter: string

  constructor(parameter: string) {
    super(`${parameter} cannot be part of a path: it must be 1 to 1000 printable characters, and no part of it "." or ".."`)
    this.parameter = parameter
  }
}

type Place = 'path' | 'query' | 'body'

/** A route, read once. */
interface Layout {
  readonly method: string
  /** A literal part of the path, or the input field that stands there. */
  readonly segments: readonly { readonly text: string; readonly name?: string }[]
  /** Where an input field travels. */
  readonly placeOf: (field: string) => Place
  readonly hasBody: boolean
}

// Layouts say what the operations say and nothing else, so sharing them shares no state.
const layouts = new WeakMap<Operation, Layout>()

const layoutOf = (operation: Operation): Layout => {
  const known = layouts.get(operation)
  if (known) return known
  const layout = readLayout(operation)
  layouts.set(operation, layout)
  return layout
}

const readLayout = ({ route, query = [], body = [], input }: Operation): Layout => {
  const [method = '', path = ''] = route.split(' /')
  const segments = path.split('/').map((text) => ({ text, name: /^\{(.+)\}$/.exec(text)?.[1] }))
  const places = new Map<string, Place>([
    ...body.map((field) => [field, 'body'] as const),
    ...query.map((field) => [field, 'query'] as const),
    ...segments.map(({ name = '' }) => [name, 'path'] as const),
  ])
  const otherwise = method === 'GET' || method === 'DELETE' ? 'query' : 'body'
  const placeOf = (field: string) => places.get(field) ?? otherwise
  return { method, segments, placeOf, hasBody: Object.keys(input.shape).some((field) => placeOf(field) === 'body') }
}

/** The HTTP request for an input. Throws {@link UnsafeSegment} when a path parameter would reach another endpoint. */
export const encode = <O extends Operation>(operation: O, input: Input<O>): WireRequest => {
  const { method, segments, placeOf, hasBody } = layoutOf(operation)
  const given = Object.entries(input).filter(([, value]) => value !== undefined)
  const at = (place: Place) => given.filter(([field]) => placeOf(field) === place)
  const fields = input as Record<string, unknown> // an input is one flat object, whatever the operation
  const path = segments.map(({ text, name }) => (name === undefined ? text : segment(name, fields[name]))).join('/')
  const query = queryOf(at('query'))
  return hasBody ? { method, path: `/${path}${query}`, body: Object.fromEntries(at('body')) } : { method, path: `/${path}${query}` }
}

const queryOf = (fields: [string, unknown][]): string =>
  fields.length === 0 ? '' : `?${new URLSearchParams(fields.map(([field, value]): [string, string] => [field, String(value)])).toString()}`

const segment = (name: string, value: unknown): string => {
  if ((typeof value !== 'string' && typeof value !== 'number') || !contained(String(value))) throw new UnsafeSegment(name)
  return encodeURIComponent(value)
}

/** Nearly every id: it has no other reading. */
const plain = /^[\w-]{1,1000}$/

/**
 * URL parsers and proxies collapse dot segments however they are written, and the request would reach another
 * endpoint: "untag contact `..`" becomes "delete tag". So a value is refused when any reading of it has one.
 */
const contained = (value: string): boolean => {
  if (plain.test(value)) return true
  if (value === '' || value.length > 1000 || /[\p{Cc}\p{Cs}]/u.test(value)) return false
  return readings(value).every((reading) => !/[\0-\x1f\x7f]/.test(reading) && !reading.split(/[/\\]/).some(isDotSegment))
}

const isDotSegment = (part: string): boolean => /^\.{1,2}(;.*)?$/.test(part.trim())

/** The value, and what is left of it after each round of percent-decoding and Unicode folding. */
const readings = (value: string, round = 0): string[] => {
  const decoded = value.normalize('NFKC').replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return decoded === value || round === 8 ? [value] : [value, ...readings(decoded, round + 1)]
}

/** The parts of an incoming request that {@link decode} reads. `path` is still percent-encoded. */
export interface Incoming {
  readonly path: string
  readonly query: URLSearchParams
  readonly body?: unknown
}

/** The path parameters of a request, or undefined when it is not for this route. */
export const match = (operation: Operation, path: string): Record<string, string> | undefined => {
  const { segments } = layoutOf(operation)
  const parts = path.replace(/^\//, '').split('/')
  if (segments.length !== parts.length) return undefined
  const found: Record<string, string> = {}
  for (const [index, { text, name }] of segments.entries()) {
    const actual = decodePart(parts[index] ?? '')
    if (actual === undefined || (name === undefined ? text !== actual : actual === '')) return undefined
    if (name !== undefined) found[name] = actual
  }
  return found
}

const decodePart = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined // malformed percent-encoding names no resource
  }
}

/**
 * The inverse of {@link encode}: the input that a request carries, as loosely as Intercom reads it
 * (unknown fields are ignored, "42" is a number where a number belongs). Not yet validated.
 */
export const decode = (operation: Operation, request: Incoming): Record<string, unknown> => {
  const sent = isRecord(request.body) ? request.body : {}
  const body = operation.accept?.(sent) ?? sent
  const layout = layoutOf(operation)
  const place = (wanted: Place, entries: Iterable<[string, unknown]>) => [...entries].filter(([field]) => layout.placeOf(field) === wanted)
  const raw = {
    ...Object.fromEntries(place('body', Object.entries(body))),
    ...Object.fromEntries(place('query', request.query)),
    ...match(operation, request.path),
  }
  return loosen(operation.input, raw, 'drop') as Record<string, unknown>
}

/**
 * A value with its scalars turned into what the schema wants where that is unambiguous ("42" → 42, 42 → "42",
 * "true" → true). `unknown` says what becomes of keys a strict object does not declare; at a tool's edge they are
 * kept, so that validation can name them, lists and objects sent as JSON text are read, and so are dates for timestamps.
 */
export const loosen = (schema: z.core.$ZodType, value: unknown, unknown: 'drop' | 'keep'): unknown => {
  const { def } = schema._zod as unknown as { def: Definition }
  if (def.innerType) return value === null || value === undefined ? value : loosen(def.innerType, value, unknown)
  if (structured.has(def.type) && typeof value === 'string' && unknown === 'keep') return loosenText(schema, value)
  if (def.type === 'array' && Array.isArray(value) && def.element) return value.map((item) => loosen(def.element!, item, unknown))
  if (def.type === 'object' && def.shape && isRecord(value)) return loosenObject(def, value, unknown)
  if (def.type === 'record' && isRecord(value)) return loosenEntries(def, value, unknown)
  return def.type === 'number' && unknown === 'keep' && isTimestamp(schema) ? seconds(value) : scalar(def.type, value)
}

/** Schemas whose values models sometimes send as JSON text. */
const structured: ReadonlySet<string> = new Set(['object', 'array', 'record'])

interface Definition {
  type: string
  innerType?: z.core.$ZodType
  element?: z.core.$ZodType
  shape?: Record<string, z.core.$ZodType>
  catchall?: z.core.$ZodType
  keyType?: z.core.$ZodType
  valueType?: z.core.$ZodType
  entries?: Record<string, string>
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const loosenText = (schema: z.core.$ZodType, text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? loosen(schema, value, 'keep') : text
  } catch {
    return text // not JSON after all: validation will say what was expected
  }
}

const loosenObject = (def: Definition, value: Record<string, unknown>, unknown: 'drop' | 'keep'): unknown => {
  const strict = def.catchall !== undefined && (def.catchall._zod as unknown as { def: Definition }).def.type === 'never'
  const known = Object.entries(value).filter(([key]) => unknown === 'keep' || !strict || Object.hasOwn(def.shape!, key))
  return Object.fromEntries(known.map(([key, item]) => [key, Object.hasOwn(def.shape!, key) ? loosen(def.shape![key]!, item, unknown) : item]))
}

const loosenEntries = ({ keyType, valueType }: Definition, value: Record<string, unknown>, unknown: 'drop' | 'keep'): unknown => {
  const entries = keyType && (keyType._zod as unknown as { def: Definition }).def.entries
  const known = Object.entries(value).filter(([key]) => unknown === 'keep' || !entries || Object.values(entries).includes(key))
  return Object.fromEntries(known.map(([key, item]) => [key, valueType ? loosen(valueType, item, unknown) : item]))
}

const isTimestamp = (schema: z.core.$ZodType): boolean => (schema as z.ZodType).meta()?.format === 'unix-seconds' // all are of zod's classic form

/** A date as results show it, with its zone (2026-12-24T09:00Z), as Unix seconds. */
const seconds = (value: unknown): unknown => {
  const date = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : NaN
  return Number.isNaN(date) ? scalar('number', value) : Math.floor(date / 1000)
}

const scalar = (type: string, value: unknown): unknown => {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value)
  if (type === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim())) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}
