import { setImmediate, setTimeout } from 'node:timers/promises'
import type { Visit } from './answer.ts'
import type { Fault, Kind } from './faults.ts'
import { Rejection } from './handler.ts'
import { exceeded } from './rate-limit.ts'

/** The connection ends without an answer. */
class Dropped extends Error {
  constructor() {
    super('the connection was dropped, as a fault asked for')
  }
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
