import { supporting } from '../../client/caller.ts'
import type { Client } from '../../client/client.ts'
import type { Failure } from '../../client/failure.ts'
import { getContact } from '../../contract/contacts.ts'
import { allOperations } from '../../contract/nouns.ts'
import type { Look, Operation } from '../../contract/operation.ts'
import { leavesOf } from './leaves.ts'
import type { Act } from './preview.ts'
import { revealed } from './revealed.ts'

export type Document = Record<string, unknown>

/** Something that a call is about, as it is now. */
export interface Subject {
  /** `conversation 119`. */
  readonly called: string
  /** Undefined when it could not be read, and then why. */
  readonly document?: Document
  readonly problem?: string
}

export interface Subjects {
  /** What the path leads to, last of all what the call changes. */
  readonly things: readonly Subject[]
  /** Those who can see it, or whom it concerns. */
  readonly people: readonly Subject[]
  /** What can only be named, as `{type, id}`. */
  readonly pointers: readonly Document[]
}

/** Reads what a call is about. Throws a Failure when the input makes no request, or the call was cancelled. */
export const subjectsOf = async (act: Act, client: Client, signal: AbortSignal): Promise<Subjects> => {
  const { looks, pointers } = await waysTo(act)
  const read = reading(act, supporting(client), signal)
  const whole = (await Promise.all(looks.map(read))).flat()
  const found = [...whole, ...whole.flatMap(({ document }) => partsNamed(act.input, document))]
  const things = found.filter((subject) => !isPerson(subject))
  const within = things.flatMap(({ document }) => contactsIn(document))
  const looked = await Promise.all(within.slice(0, most).map((id) => read({ operation: getContact, input: { id } })))
  const people = [...found.filter(isPerson), ...looked.flat(), ...within.slice(most).map((id) => ({ called: `contact ${id}` }))]
  return { things, people: [...new Map(people.map((person) => [person.called, person])).values()], pointers }
}

/** People who are looked up; more are told by their ids. */
const most = 20

const reading = (act: Act, client: Client, signal: AbortSignal) => async ({ operation, input }: Look): Promise<Subject[]> => {
  const given = Object.values(input).filter((value) => typeof value !== 'object')
  const called = (document: Document = {}) => revealed(`${String(document.type ?? nounOf(operation)).replace(/[_-]/g, ' ')} ${String(document.id ?? given.join(' '))}`)
  try {
    const answer = (await client.call(operation, input, { signal })) as Document // every answer but a file's is an object
    return (Array.isArray(answer.data) ? (answer.data as Document[]) : [answer]).map((document) => ({ called: called(document), document }))
  } catch (error) {
    const failure = error as Failure // a client throws nothing else
    if (fatal.has(failure.code)) throw failure.with({ operation: act.operation.name, effect: act.effect })
    return [{ called: called(), problem: failure.code.replaceAll('_', ' ') }]
  }
}

const fatal: ReadonlySet<Failure['code']> = new Set<Failure['code']>(['invalid_input', 'cancelled'])

const nounOf = ({ name }: Operation): string => name.replace(/^[a-z]+_/, '').replace(/_by_.*$/, '').replaceAll('_', ' ')

/** What was said in a conversation, where the input names it by its id. */
const partsNamed = (input: Document, { source, conversation_parts }: Document = {}): Subject[] => {
  const named = leavesOf(input).filter(({ key }) => key !== 'id' && key.endsWith('_id')).map(({ value }) => String(value))
  const parts = [source, ...listIn(conversation_parts, 'conversation_parts')].filter(isDocument)
  return parts.filter(({ id }) => named.includes(String(id))).map((part) => ({ called: `message ${String(part.id)}`, document: part }))
}

const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null
const listIn = (holder: unknown, key: string): unknown[] => (isDocument(holder) && Array.isArray(holder[key]) ? (holder[key] as unknown[]) : [])

const isPerson = ({ called }: Subject): boolean => /^(?:contact|user|lead|visitor) /.test(called)

const contactsIn = ({ contacts }: Document = {}): string[] => listIn(contacts, 'contacts').filter(isDocument).map(({ id }) => String(id))

/** The reads that show what a path leads to, each object on the way and then what the operation says itself. */
const waysTo = async ({ operation, input }: Act): Promise<{ looks: Look[]; pointers: Document[] }> => {
  const reads = await (readByShape ??= readsByShape())
  const segments = operation.route.split('/').slice(1)
  const ends = [...segments.keys()].filter((at) => segments[at]!.startsWith('{'))
  const ways = ends.map((at) => {
    const paths = [segments.slice(0, at + 1), segments.slice(at - 1, at + 1)]
    const look = paths.map((path) => lookAlong(path, reads, input)).find(Boolean)
    return look ? { looks: [look], pointers: [] } : { looks: [], pointers: [{ type: segments[at - 1]!.replace(/s$/, ''), id: valueAt(segments[at]!, input) }] }
  })
  return { looks: [...ways.flatMap(({ looks }) => looks), ...(operation.about?.(input) ?? [])], pointers: ways.flatMap(({ pointers }) => pointers) }
}

/** Reads of one object, by their paths without names. */
let readByShape: Promise<ReadonlyMap<string, Operation>> | undefined

const readsByShape = async (): Promise<ReadonlyMap<string, Operation>> => {
  const reads = (await allOperations()).map(({ operation }) => operation).filter(({ route, file }) => /^GET .*\}$/.test(route) && file === undefined)
  return new Map(reads.map((operation) => [shapeOf(operation.route.split('/').slice(1)), operation]))
}

const shapeOf = (path: readonly string[]): string => path.map((segment) => (segment.startsWith('{') ? '{}' : segment)).join('/')

const valueAt = (segment: string, input: Document): unknown => input[segment.slice(1, -1)]

/** The read of a path, when there is one and the input holds all it needs. */
const lookAlong = (path: readonly string[], reads: ReadonlyMap<string, Operation>, input: Document): Look | undefined => {
  const operation = reads.get(shapeOf(path))
  if (!operation) return undefined
  const names = operation.route.split('/').slice(1)
  const given = path.map((segment, at): [string, unknown] => [names[at]!.slice(1, -1), valueAt(segment, input)]).filter(([, value]) => value !== undefined)
  const known = Object.entries(input).filter(([name]) => name in operation.input.shape)
  const asked = operation.input.safeParse({ ...Object.fromEntries(known), ...Object.fromEntries(given) })
  return asked.success ? { operation, input: asked.data } : undefined
}
