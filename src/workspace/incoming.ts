import * as z from 'zod'
import type { Operation } from '../contract/operation.ts'
import { Timestamp } from '../contract/shape.ts'
import { decode, match } from '../contract/wire.ts'
import { type FieldRefusals, Rejection } from './handler.ts'
import { readDirection } from './search.ts'

/**
 * The JSON body of a request; undefined when there is none. Throws 400, 413 or 415. [inferred] The codes and words: only the
 * statuses are documented. [inferred] A body that does not say what it is counts as JSON.
 */
export const bodyOf = async (request: Request, maxBytes: number): Promise<unknown> => {
  const bytes = await bytesOf(request, maxBytes)
  if (bytes.length === 0) return undefined
  const type = request.headers.get('content-type')
  if (type !== null && !/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type))
    throw new Rejection(415, 'unsupported', `Content-Type must be application/json, not ${type.slice(0, 100)}`)
  return parsed(bytes)
}

const bytesOf = async (request: Request, maxBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of arriving(request)) {
    size += chunk.length
    if (size > maxBytes) throw new Rejection(413, 'client_error', `Request body is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The body piece by piece. A client that goes away in the middle is no fault of the workspace. */
const arriving = async function* (request: Request): AsyncGenerator<Uint8Array, void> {
  try {
    yield* (request.body ?? []) as AsyncIterable<Uint8Array> // Node's streams can be iterated
  } catch {
    throw new Rejection(400, 'bad_request', 'Request body ended too early')
  }
}

const parsed = (bytes: Uint8Array): object => {
  const value = json(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Rejection(400, 'bad_request', 'Request body must be a JSON object')
  return value
}

const json = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Rejection(400, 'bad_request', 'Request body is not valid JSON')
  }
}

/** The operation's input from a request: read as loosely as Intercom reads it, then checked. Throws 400, or 404 for an id no object can have. */
export const inputOf = (operation: Operation, url: URL, body: unknown, refusals: FieldRefusals = {}): Record<string, unknown> => {
  const request = { path: url.pathname, query: url.searchParams, body }
  const inPath = match(operation, url.pathname) ?? {}
  const raw = tolerant(operation, named(operation, decode(operation, request), inPath))
  const result = operation.input.safeParse(raw)
  if (result.success) return result.data
  const issue = result.error.issues[0]! // a failure has at least one
  throw refusals[String(issue.path[0])]?.(body) ?? refused(raw, issue, inPath)
}

/** No object has it. */
const nobody = 0

/** [inferred] What cannot be an id (`/admins/abc`) names nothing, and the operation says so in its own words, as of any unknown id. */
const named = ({ input }: Operation, raw: Record<string, unknown>, inPath: Readonly<Record<string, string>>): Record<string, unknown> => {
  const shape = shapeOf(input)
  const unfit = Object.keys(inPath).filter((name) => shape[name] && !z.safeParse(shape[name], raw[name]).success)
  return { ...raw, ...Object.fromEntries(unfit.map((name) => [name, nobody])) }
}

/** zod leaves the shape of any object open. */
const shapeOf = ({ shape }: Operation['input']) => shape as Readonly<Record<string, z.core.$ZodType>>

/** What Intercom takes although its schema does not say so: fractions of a second, null for what is not given, and other words for a sort's direction. */
const tolerant = ({ input, search }: Operation, raw: Record<string, unknown>): Record<string, unknown> => {
  const given = easedObject(raw, shapeOf(input))
  if (!search || !isRecord(given['sort'])) return given
  return { ...given, sort: { ...given['sort'], order: readDirection(given['sort']['order']) } }
}

const easedObject = (value: Record<string, unknown>, shape: Readonly<Record<string, z.core.$ZodType>>): Record<string, unknown> => {
  const declared = (key: string) => (Object.hasOwn(shape, key) ? shape[key] : undefined)
  const given = Object.entries(value).filter(([key, item]) => item !== null || !isOptional(declared(key)))
  return Object.fromEntries(given.map(([key, item]) => [key, eased(declared(key), item)]))
}

const eased = (schema: z.core.$ZodType | undefined, value: unknown): unknown => {
  if (isTimestamp(schema)) return whole(value)
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return eased(schema.unwrap(), value)
  if (schema instanceof z.ZodArray && Array.isArray(value)) return value.map((item) => eased(schema.element, item))
  if (schema instanceof z.ZodObject && isRecord(value)) return easedObject(value, schema.shape)
  if (schema instanceof z.ZodRecord && isRecord(value)) return easedEntries(value, schema.valueType)
  return value
}

const easedEntries = (value: Record<string, unknown>, schema: z.core.$ZodType): Record<string, unknown> => {
  const given = Object.entries(value).filter(([, item]) => item !== null || z.safeParse(schema, null).success)
  return Object.fromEntries(given.map(([key, item]) => [key, eased(schema, item)]))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** May be left out, and does not take null for a value. */
const isOptional = (schema: z.core.$ZodType | undefined): boolean => schema !== undefined && z.safeParse(schema, undefined).success && !z.safeParse(schema, null).success

/** With a description of its own it is a copy. */
const isTimestamp = (schema: z.core.$ZodType | undefined): boolean => schema === Timestamp || schema?._zod.parent === Timestamp

const whole = (value: unknown): unknown => (typeof value === 'number' ? Math.floor(value) : value)

const refused = (raw: unknown, issue: z.core.$ZodIssue, inPath: Readonly<Record<string, string>>): Rejection => {
  const field = issue.path.join('.')
  if (Object.hasOwn(inPath, field)) return new Rejection(404, 'not_found', 'Resource Not Found')
  if (valueAt(raw, issue.path) === undefined) return new Rejection(400, 'parameter_not_found', `${field} is a required parameter`, field)
  return new Rejection(400, 'parameter_invalid', issue.code === 'custom' ? issue.message : `${field}: ${issue.message}`, field)
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), value)
