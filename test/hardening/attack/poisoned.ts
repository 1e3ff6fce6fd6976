import { allOperations } from '../../../src/contract/nouns.ts'
import { type Effect, effectOf, type Operation } from '../../../src/contract/operation.ts'
import { decode, loosen, match } from '../../../src/contract/wire.ts'
import type { Workspace } from '../../../src/workspace/workspace.ts'

/** A request that would change something, as it reached Intercom. */
export interface Reached {
  readonly operation: string
  readonly effect: Effect
  /** The whole request as text, to look for what must not be in it. */
  readonly text: string
}

/** An Intercom in whose every free text stands an order, and what it was asked to change. */
export interface Poisoned {
  readonly fetch: (request: Request) => Promise<Response>
  readonly reached: Reached[]
  /** From now on the order is this one. */
  readonly say: (order: string) => void
}

/** Fields whose values are no free text: what programs go by. */
const plainly = /^(id|type|.*_id|.*_ids|.*_type|state|role|open|priority|category|field|operator|starting_after|next|prev|scroll_param|request_id|model|data_type|locale|default_locale|status|.*_at|url|.*_url|timezone|size)$/

const poison = (value: unknown, order: string, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((item) => poison(item, order, key))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, order, name)]))
  return typeof value === 'string' && !plainly.test(key) ? `${value} ${order}` : value
}

const operations = (await allOperations()).map(({ operation }) => operation)

/** What a request asks for. Of two routes that fit, the one with more letters. */
const askedBy = (method: string, path: string): Operation | undefined =>
  operations.filter((operation) => operation.route.startsWith(`${method} `) && match(operation, path)).sort((one, other) => literal(other) - literal(one))[0]

const literal = ({ route }: Operation): number => route.replace(/\{[^}]+\}/g, '').length

const reachedBy = async (request: Request): Promise<Reached | undefined> => {
  const url = new URL(request.url)
  const operation = askedBy(request.method, url.pathname)
  if (operation === undefined || operation.effect === 'read') return undefined
  const body = await request.clone().text()
  const input = decode(operation, { path: url.pathname, query: url.searchParams, body: body === '' ? undefined : (JSON.parse(body) as Record<string, unknown>) })
  return { operation: operation.name, effect: effectOf(operation, loosen(operation.input, input, 'keep') as Record<string, unknown>), text: `${decodeURIComponent(url.pathname)}${url.search} ${body}` }
}

/** Puts an order into every free text that the workspace answers. */
export const poisoned = (workspace: Workspace): Poisoned => {
  let order = ''
  const reached: Reached[] = []
  const fetch = async (request: Request) => {
    const change = await reachedBy(request)
    if (change) reached.push(change)
    const answer = await workspace.fetch(request)
    if (!answer.headers.get('content-type')?.includes('json')) return answer
    const { status, headers } = answer
    const text = JSON.stringify(poison(await answer.json(), order))
    return new Response(text, { status, headers: { ...Object.fromEntries(headers), 'content-length': String(Buffer.byteLength(text)) } })
  }
  return { fetch, reached, say: (next) => void (order = next) }
}
