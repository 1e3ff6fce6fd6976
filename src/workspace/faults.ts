import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Visit } from './answer.ts'
import { Rejection } from './handler.ts'
import type { Random } from './ids.ts'
import { exceeded } from './rate-limit.ts'

export const kinds = [
  'rate_limited',
  'server_error',
  'unavailable',
  'html',
  'dropped_before',
  'dropped_after',
  'truncated',
  'broken_json',
  'slow',
] as const

export type Kind = (typeof kinds)[number]

/** What is to go wrong, and how often. */
export interface Fault {
  readonly kind: Kind
  /** The name of an operation, or * for whatever is asked, known or not. */
  readonly operation: string
  /** Above 0, up to 1. */
  readonly probability: number
  /** How many requests it still spoils; null for any number. */
  readonly remaining: number | null
  /** Milliseconds of the real clock that `slow` takes. */
  readonly ms: number
  /** Whether `rate_limited` tells the budget in the three X-RateLimit headers. */
  readonly rate_headers: boolean
}

export interface NumberedFault extends Fault {
  readonly id: number
}

export interface Faults {
  readonly list: () => readonly NumberedFault[]
  readonly add: (fault: Fault) => NumberedFault
  readonly remove: (id: number) => boolean
  readonly clear: () => void
  /** The first fault that befalls a request for this operation. Chance is asked only where a fault is not certain. */
  readonly draw: (operation: string | undefined) => NumberedFault | undefined
}

export const faultsBy = (random: Random): Faults => {
  let faults: readonly NumberedFault[] = []
  let last = 0
  const befalls = (fault: Fault, operation: string | undefined): boolean =>
    (fault.operation === '*' || fault.operation === operation) && (fault.probability === 1 || random() < fault.probability)
  const spend = (spent: NumberedFault): void => {
    const left = faults.map((fault) => (fault === spent && fault.remaining !== null ? { ...fault, remaining: fault.remaining - 1 } : fault))
    faults = left.filter(({ remaining }) => remaining !== 0)
  }
  return {
    list: () => faults,
    add: (fault) => {
      const numbered = { id: ++last, ...fault }
      faults = [...faults, numbered]
      return numbered
    },
    remove: (id) => {
      const before = faults.length
      faults = faults.filter((fault) => fault.id !== id)
      return faults.length < before
    },
    clear: () => (faults = []),
    draw: (operation) => {
      const drawn = faults.find((fault) => befalls(fault, operation))
      if (drawn) spend(drawn)
      return drawn
    },
  }
}

/** The connection ends without an answer. */
export class Dropped extends Error {
  constructor() {
    super('the connection was dropped, as a fault asked for')
  }
}

/** Whether a request runs although a fault befalls it: its writes happen, whatever becomes of the answer. */
export const runs: Readonly<Record<Kind, boolean>> = {
  rate_limited: false,
  server_error: false,
  unavailable: false,
  html: false,
  dropped_before: false,
  dropped_after: true,
  truncated: true,
  broken_json: true,
  slow: true,
}

type Deed = (visit: Visit, fault: Fault) => Promise<Response>

const deeds: Readonly<Record<Kind, Deed>> = {
  rate_limited: async ({ about, refuse }, { rate_headers }) => {
    about.budget = { ...about.budget, remaining: 0 }
    const answer = refuse(new Rejection(429, 'rate_limit_exceeded', exceeded(about.budget.limit)))
    if (!rate_headers) for (const name of ['limit', 'remaining', 'reset']) answer.headers.delete(`x-ratelimit-${name}`)
    return answer
  },
  server_error: async ({ refuse }) => refuse(new Rejection(500, 'server_error', 'Something went wrong')),
  unavailable: async ({ refuse }) => refuse(new Rejection(503, 'service_unavailable', 'Sorry, the API service is temporarily unavailable')),
  html: async () => new Response(page, { status: 502, headers: { 'content-type': 'text/html; charset=utf-8' } }),
  dropped_before: () => Promise.reject(new Dropped()),
  dropped_after: async ({ answer }) => {
    await answer()
    throw new Dropped()
  },
  truncated: async ({ answer }) => truncated(await answer()),
  broken_json: async ({ answer }) => withText(await answer(), (text) => `${text.slice(0, -1)},`),
  slow: async ({ answer }, { ms }) => {
    await setTimeout(ms)
    return answer()
  },
}

/** What the fault makes of the request. Rejects with {@link Dropped} where there is no answer. */
export const spoil = (visit: Visit, fault: Fault): Promise<Response> => deeds[fault.kind](visit, fault)

const page = '<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n'

const withText = async (answer: Response, change: (text: string) => string): Promise<Response> =>
  new Response(change(await answer.text()), { status: answer.status, headers: answer.headers })

/** Announces the whole length, and breaks off in the middle. What has no body breaks off at once. */
const truncated = async (answer: Response): Promise<Response> => {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  if (bytes.length === 0) throw new Dropped()
  const body = async function* () {
    yield bytes.subarray(0, Math.ceil(bytes.length / 2))
    await setImmediate() // what was said must leave before the connection goes
    await setImmediate()
    throw new Dropped()
  }
  const headers = new Headers(answer.headers)
  headers.set('content-length', String(bytes.length))
  return new Response(ReadableStream.from(body()), { status: answer.status, headers })
}
