import { createClient } from '../../../src/client/client.ts'
import { getContact, searchContacts, updateContact } from '../../../src/contract/contacts.ts'
import { createCollection } from '../../../src/contract/help-center.ts'
import type { Operation } from '../../../src/contract/operation.ts'
import { stillTime } from '../../client/servers.ts'
import { responseBytes } from './bodies.ts'
import { healthy, type Plan, upstream } from './upstream.ts'

/** A way of calling operations that is on trial: our client, or one that is known to be wrong. */
export interface Subject {
  readonly call: (operation: Operation, input: Record<string, unknown>, deadlineMs: number) => Promise<unknown>
  readonly close: () => Promise<void>
}

/** Minutes pass on its clock, but no time: all waits are over at once, and the deadline alone is real. */
export const ourClient = (baseUrl: string): Subject & { readonly later: () => void } => {
  const time = stillTime(Date.now())
  const client = createClient({ upstream: { baseUrl, token: 'token-a' }, random: () => 0, limits: { responseBytes }, ...time })
  return {
    call: (operation, input, deadlineMs) => client.call(operation, input, { deadlineMs }),
    close: () => client.close(),
    later: () => time.pass(120_000),
  }
}

export interface Asking {
  readonly operation: Operation
  readonly input: Record<string, unknown>
  readonly writes: boolean
  /** Whether what is in an answer is so. */
  readonly isTrue: (answer: Record<string, unknown>, name: string) => boolean
}

const isContact = (answer: Record<string, unknown>, name: string) => String(answer.id) === '5' && (answer.name === name || answer.name === undefined)

/** A read, a search, a write that can be read back, and one that cannot. */
export const askings: Readonly<Record<'read' | 'search' | 'update' | 'create', Asking>> = {
  read: { operation: getContact, input: { id: '5' }, writes: false, isTrue: isContact },
  search: {
    operation: searchContacts,
    input: { query: { field: 'email', operator: '=', value: 'ada@example.com' } },
    writes: false,
    isTrue: ({ data }, name) => Array.isArray(data) && data.length === 1 && isContact(data[0] as Record<string, unknown>, name), // an object, or it fails
  },
  update: { operation: updateContact, input: { id: '5', name: 'Eve' }, writes: true, isTrue: isContact },
  create: { operation: createCollection, input: { name: 'New' }, writes: true, isTrue: ({ id, name }) => String(id) === '77' && name === 'New' },
}

export type Kind = keyof typeof askings
export const kinds = Object.keys(askings) as readonly Kind[] // Object.keys forgets which

/** What came of one call of a subject whose upstream misbehaves. */
export interface Seen {
  readonly kind: Kind
  readonly plan: Plan
  readonly deadlineMs: number
  readonly ms: number
  readonly answer?: unknown
  readonly failure?: unknown
  /** Requests for the very operation, times it was run, and what the contact is called since. */
  readonly sent: number
  readonly commits: number
  readonly name: string
  /** Of a call after that, when nothing is wrong any more. */
  readonly next: unknown
  /** Sockets that are open after all that, and the end of the subject. */
  readonly left: number
}

/** Time for a call that hangs; for others, more than any machine needs. */
const deadlineOf = ({ faults }: Plan): number => (faults.some(({ hangs }) => hangs) ? 300 : 10_000)

/** How long the call of a subject without a deadline is watched. */
export const patienceMs = 2000

export const tryOut = async (kind: Kind, plan: Plan, subjectOf: (baseUrl: string) => Subject & { readonly later?: () => void }): Promise<Seen> => {
  const { operation, input } = askings[kind]
  const intercom = await upstream(plan)
  const subject = subjectOf(intercom.baseUrl)
  const deadlineMs = deadlineOf(plan)
  const started = performance.now()
  const outcome = await Promise.race([outcomeOf(subject.call(operation, input, deadlineMs)), never(deadlineMs + patienceMs)])
  const ms = performance.now() - started
  const route = operation.route.replace('{id}', '5')
  intercom.follow(healthy)
  subject.later?.()
  const next = await Promise.race([outcomeOf(subject.call(askings.read.operation, askings.read.input, 10_000)), never(10_000)])
  await Promise.race([subject.close(), never(1000)])
  const left = await settled(intercom.open)
  const sent = intercom.asked.filter(({ method, path }) => `${method} ${path}` === route).length - (kind === 'read' ? 1 : 0) // but for the next
  const seen = { sent, commits: intercom.world.commits(), name: intercom.world.name() } // at the very end: a request may arrive after its caller left
  intercom.close()
  return { kind, plan, deadlineMs, ms, ...outcome, ...seen, next: next.answer ?? next.failure, left }
}

const outcomeOf = (call: Promise<unknown>): Promise<{ answer?: unknown; failure?: unknown }> => call.then((answer) => ({ answer }), (failure: unknown) => ({ failure }))

const never = async (ms: number): Promise<{ answer?: unknown; failure?: unknown }> => {
  await new Promise((resolve) => setTimeout(resolve, ms).unref())
  return { failure: new Error('no answer') }
}

/** What a count comes to, when it has had time to be none. */
const settled = async (count: () => number): Promise<number> => {
  for (const end = performance.now() + 2000; count() > 0 && performance.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 5))
  return count()
}
