import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Offer } from '../offer.ts'
import { isTraceparent, type Outcome, type Story, type Visit } from '../story.ts'
import { isSubscription } from './flight.ts'

/** Told of every MCP request that is over. */
export type Watch = (story: Story) => void

/** What is learned of a visit as it goes on. */
export interface Known {
  principal?: string
  tenant?: string
  isTool: Visit['isTool']
}

/** Gives an answer the id of its request, by which it is found in the logs of all who handled it. */
export const identified = ({ headers }: IncomingMessage, response: ServerResponse): string => {
  const given = headers['x-request-id']
  const id = typeof given === 'string' && /^[\w.:+/=-]{1,128}$/.test(given) ? given : randomUUID()
  response.setHeader('x-request-id', id)
  return id
}

/** A visit that tells what became of each request it brings; or, where it brought none, what became of itself. */
export const visitOf = (request: IncomingMessage, response: ServerResponse, id: string, { watch, clock }: { readonly watch: Watch; readonly clock: () => number }): Visit & Known => {
  const at = clock()
  let told = false
  const tell: Visit['tell'] = (story) => {
    told = true
    watch({ ...story, visit })
  }
  const { traceparent, 'mcp-protocol-version': protocol } = request.headers
  const visit: Visit & Known = {
    id,
    clock,
    tell,
    isTool: () => false,
    ...(isTraceparent(traceparent) && { traceparent }),
    ...(/^\d{4}-\d\d-\d\d$/.test(String(protocol)) && { protocol: String(protocol) }),
  }
  response.once('close', () => {
    const outcome = told || response.statusCode === 202 ? undefined : endOf(request, response) // 202 answers notifications
    if (outcome) tell({ method: methodOf(request), at, ms: clock() - at, outcome, requests: [], traceparent: visit.traceparent })
  })
  return visit
}

const endOf = (request: IncomingMessage, response: ServerResponse): Outcome => {
  if (!response.writableFinished && !isSubscription(request)) return 'left'
  return byStatus[response.statusCode] ?? (response.statusCode < 400 ? withoutHandler(request) : response.statusCode < 500 ? 'bad_request' : 'defect')
}

/** Of what was answered well enough and told by no handler: what is posted is for none then. */
const withoutHandler = (request: IncomingMessage): Outcome => (request.method === 'POST' && !isSubscription(request) ? 'unknown_method' : 'ok')

const byStatus: Readonly<Record<number, Outcome>> = { 401: 'unauthenticated', 403: 'forbidden', 413: 'too_large', 429: 'busy', 503: 'busy' }

/** As far as its head tells. */
const methodOf = (request: IncomingMessage): string => {
  if (isSubscription(request)) return 'subscriptions/listen'
  const said = String(request.headers['mcp-method'])
  return methods.has(said) ? said : 'other'
}

const methods: ReadonlySet<string> = new Set([
  'completion/complete', 'initialize', 'ping', 'prompts/get', 'prompts/list', 'resources/list', 'resources/read', 'resources/templates/list', 'server/discover', 'tools/call', 'tools/list',
])

const namesOf = new WeakMap<Offer['published'], ReadonlySet<unknown>>()

/** Whether a published tool has this name; whatever else callers send as one is told to nobody. */
export const toolsOf = ({ published }: Offer): Visit['isTool'] => {
  const names = namesOf.get(published) ?? new Set(published.map(({ tool }) => tool.name))
  namesOf.set(published, names)
  return (name) => names.has(name)
}
