import type * as z from 'zod'
import type { Kind } from './kind.ts'
import type { Kinds } from './kinds.ts'
import { Highlighted, Html } from '../contract/shape.ts'
import { cut } from './fit.ts'
import { nameBeside, nameOf, type Names } from './names.ts'
import { plain } from './plain.ts'
import { plainProse, prose } from './prose.ts'
import { elementOf, fieldsOf, inner, isDuration, isTimestamp, listKeys } from './schema.ts'
import { duration, time } from './time.ts'

type Schema = z.core.$ZodType
type Document = Record<string, unknown>

interface Scope {
  readonly kinds: Kinds
  readonly times: Kind['times']
  /** The object this one stands in, if any. */
  readonly inside?: Kind
  /** Whether this object is one of several. */
  readonly listed?: boolean
  /** Characters to show of a long text. */
  readonly excerpt?: number
  readonly names?: Names
  /** Whether only what tells most of it is wanted. */
  readonly summed?: boolean
}

const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * An answer as a model should read it: declared fields only; nothing empty, null or false; no list wrappers, API
 * addresses or type names that repeat the key; times as ISO dates; HTML as Markdown; embedded objects in brief.
 */
export const project = (schema: Schema, value: unknown, scope: Scope): unknown => {
  if (empty(value)) return undefined
  const kind = scope.kinds.get(inner(schema))
  if (isDocument(value) && kind) return document(schema, value, kind, scope)
  if (isDocument(value) && listKeys(schema).length) return unwrap(schema, value, scope)
  if (isDocument(value)) return fieldsOf(schema) ? fields(schema, value, Object.keys(fieldsOf(schema)!), scope) : free(value)
  if (Array.isArray(value) && inner(schema) === Highlighted) return emphasised(value)
  if (Array.isArray(value)) return compact(value.map((item) => project(elementOf(schema) ?? schema, item, scope)))
  return scalar(schema, value, scope)
}

const document = (schema: Schema, value: Document, kind: Kind, scope: Scope): Document | undefined => {
  const counted = scope.listed && !scope.inside ? (kind.counted ?? []) : []
  const keys = scope.inside ? kind.brief : scope.summed && kind.summary ? kind.summary : allOf(kind, schema)
  const said = keys.filter((key) => !counted.includes(key) && !unsaid(kind, key, value[key]))
  const shown = fields(schema, value, said, { ...scope, times: kind.times, inside: kind, ...(scope.listed && !scope.inside && { excerpt: kind.excerpt }) })
  const whole = record([...Object.entries(shown ?? {}), ...counted.map((key): [string, unknown] => [`${key}_count`, countOf(value[key])])])
  return whole && kind.told ? kind.told(whole, { raw: value, brief: scope.inside !== undefined || (scope.summed === true && kind.summary !== undefined) }) : whole
}

/** Its fields, those first that tell it from others. */
const allOf = (kind: Kind, schema: Schema): readonly string[] => {
  const keys = known.get(kind) ?? [...new Set([...kind.headline, ...Object.keys(fieldsOf(schema) ?? {})])].filter((key) => !unsaid(kind, key, undefined))
  known.set(kind, keys)
  return keys
}

/** A kind and its schema never change. */
const known = new WeakMap<Kind, readonly string[]>()

const unsaid = (kind: Kind, key: string, value: unknown): boolean =>
  identifying.includes(key) || kind.hidden?.includes(key) === true || (kind.nothing !== undefined && key in kind.nothing && kind.nothing[key] === value)

const countOf = (list: unknown): unknown => (isDocument(list) ? (list.total_count ?? Object.values(list).filter(isDocument).length) : undefined)

/** What every object carries and no reader of it needs. */
const identifying = ['type', 'workspace_id', 'app_id']

const fields = (schema: Schema, value: Document, keys: readonly string[], scope: Scope): Document | undefined => {
  const declared = fieldsOf(schema)
  const shown: Document = {}
  let any = false
  for (const key of keys) {
    const item = declared?.[key] ? project(declared[key], value[key], scope) : free(value[key])
    if (item === undefined || (declared && (item === false || (repeats(key, item, value) && !scope.inside?.headline.includes(key))))) continue
    any = true
    shown[key] = item
    const [beside, called] = nameBeside(key, item, scope.names) ?? []
    if (beside !== undefined) shown[beside] = called
  }
  const name = nameOf(value, scope.names)
  if (any && name !== undefined) shown.name = name
  return any ? shown : undefined
}

/** `type: "location"` in a location, and API addresses beside an id. */
const repeats = (key: string, item: unknown, value: Document): boolean =>
  (key === 'type' && typeof item === 'string' && (noise.has(item) || item.endsWith('list'))) || (key === 'url' && 'id' in value && 'type' in value)

const contents = ['article_content', 'article_translated_content', 'article_statistics', 'group_content', 'group_translated_content']

const noise = new Set(['location', 'location_data', 'plan', 'avatar', 'app', 'contact', 'social_profile', 'tag', 'note', 'company', 'subscription', 'upload', 'file', 'topic', 'conversation_statistics', 'conversation_sla_summary', ...contents])

/** A list wrapper is its items; items that are only an id are that id. What is not among them is counted. */
const unwrap = (schema: Schema, value: Document, scope: Scope): unknown => {
  const key = listKeys(schema).find((candidate) => Array.isArray(value[candidate]))
  if (!key) return undefined
  const items = (project(fieldsOf(schema)![key]!, value[key], scope) as unknown[] | undefined) ?? []
  const lean = items.map((item) => (isDocument(item) && Object.keys(item).join() === 'id' ? item.id : item))
  const total = typeof value.total_count === 'number' ? value.total_count : lean.length
  return total > lean.length ? { total, shown: lean.length, items: lean } : compact(lean)
}

/** Values of custom attributes: any JSON; false is an answer here. */
const free = (value: unknown): unknown => {
  if (Array.isArray(value)) return compact(value.map(free))
  if (!isDocument(value)) return empty(value) ? undefined : typeof value === 'string' ? plainProse(value) : value
  if (isReferring(value)) return compact(value.instances.filter(isDocument).map(referredTo))
  return record(Object.entries(value).map(([key, item]): [string, unknown] => [plain(key), momentous.test(key) && isMoment(item) ? time(item, 'minute') : free(item)]))
}

/** Attributes tell their type in another place, but dates mostly by their names: `renewal_date`, `Happened at`. */
const momentous = /(^|[_\s])(at|on|date|time|until|since)$/i

/** Unix seconds between 1980 and 2100. */
const isMoment = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 315_532_800 && Number(value) < 4_102_444_800

/** `{type: 'Order.list', instances: [...]}`: the custom objects that an attribute refers to. */
const isReferring = (value: Document): value is Document & { readonly instances: unknown[] } =>
  Array.isArray(value.instances) && typeof value.type === 'string' && value.type.endsWith('.list')

/** An attribute has no schema that would tell which of its values are times; of a custom object these are. */
const referredTo = (instance: Document): unknown => free({ ...instance, ...Object.fromEntries(externalTimes.map((key) => [key, dated(instance[key])])) })

const externalTimes = ['external_created_at', 'external_updated_at'] as const

const dated = (value: unknown): unknown => (typeof value === 'number' ? time(value, 'minute') : value)

const record = (entries: [string, unknown][]): Document | undefined => {
  const kept = entries.filter(([, item]) => item !== undefined)
  return kept.length ? Object.fromEntries(kept) : undefined
}

const compact = (items: unknown[]): unknown[] | undefined => {
  const kept = items.filter((item) => item !== undefined)
  return kept.length ? kept : undefined
}

const empty = (value: unknown): boolean => value === null || value === undefined || value === ''

const scalar = (schema: Schema, value: unknown, scope: Scope): unknown => {
  const seconds = isTimestamp(schema) ? Number(String(value)) : NaN // some come as text
  if (Number.isFinite(seconds)) return time(seconds, scope.times)
  if (typeof value === 'number' && isDuration(schema)) return duration(value)
  if (typeof value !== 'string') return value
  if (inner(schema) !== Html) return plainProse(value) || undefined
  return excerpt(prose(value), scope.excerpt) || undefined
}

/** The beginning of a text that is too long, on one line. */
const excerpt = (text: string, length = Infinity): string => (text.length > length ? cut(text.replace(/\s+/g, ' '), length) : text)

/** What was searched for, in bold. A text without any says nothing that is not told beside it. */
const emphasised = (pieces: unknown[]): string | undefined => {
  const found = pieces.filter(isDocument)
  const text = () => found.map((piece) => (piece.type === 'highlight' ? `**${String(piece.text)}**` : String(piece.text))).join('')
  return found.some(({ type }) => type === 'highlight') ? plain(text()) : undefined
}
