import { Agent, request } from 'undici'
import { canaryOf, tokenOf } from './isolation-intercom.ts'

/** What callers ask, all about the same objects. */
export type Asked = readonly [method: string, params: Readonly<Record<string, unknown>>]

export const tool = (name: string, args: Readonly<Record<string, unknown>> = {}): Asked => ['tools/call', { name, arguments: args }]

/** What each of the tenants asks. What it writes holds its canary, under an idempotency key that all share. */
export const questions = (canary: string): readonly Asked[] => [
  tool('get_contact', { id: '7' }),
  tool('get_contact', { id: '7', detail: 'full' }),
  tool('get_conversation', { id: '7' }),
  tool('list_tags'),
  tool('list_admins'),
  tool('search_contacts', { query: { field: 'name', operator: '=', value: 'Ada' } }),
  tool('who_is_customer', { customer: '7' }),
  tool('describe_workspace'),
  tool('call_write_operation', { operation: 'create_note', input: { contact_id: '7', body: canary, idempotency_key: 'the key of all' } }),
  tool('call_write_operation', { operation: 'create_tag', input: { name: canary } }),
  ['tools/list', {}],
  ['resources/read', { uri: 'intercom://contacts/7' }],
  ['resources/read', { uri: 'intercom://tags' }],
  ['completion/complete', { ref: { type: 'ref/resource', uri: 'intercom://tags/{id}' }, argument: { name: 'id', value: '' } }],
  ['prompts/list', {}],
]

const described = { protocolVersion: '2026-07-28', clientInfo: { name: 'test', version: '1' }, clientCapabilities: {} }
const _meta = Object.fromEntries(Object.entries(described).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value]))

export type Era = '2025-11-25' | '2025-11-25 in a session' | '2026-07-28'
export const eras: readonly Era[] = ['2025-11-25', '2025-11-25 in a session', '2026-07-28']

const usual = (tenant: number) => ({ 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'intercom-token': tokenOf(tenant) })

/** Headers and body of a request in one era. */
const spelt = (tenant: number, era: Era, [method, params]: Asked, { id, session }: { readonly id: number; readonly session?: string }) => {
  if (era !== '2026-07-28') return { headers: { ...usual(tenant), 'mcp-protocol-version': '2025-11-25', ...(session !== undefined && { 'mcp-session-id': session }) }, body: { jsonrpc: '2.0', id, method, params } }
  const name = params.name ?? params.uri
  return {
    headers: { ...usual(tenant), 'mcp-protocol-version': era, 'mcp-method': method, ...(typeof name === 'string' && { 'mcp-name': name }) },
    body: { jsonrpc: '2.0', id, method, params: { ...params, _meta } },
  }
}

/** All tenants' callers, who share connections as behind a proxy. */
export class Callers {
  readonly #url: string
  readonly #agent = new Agent({ connections: 48 })
  readonly #sessions = new Map<number, Promise<string>>()
  readonly #asked = new Map<number, number>()

  constructor(url: string) {
    this.#url = url
  }

  /** Everything that comes back for a question, headers too; undefined when the caller left before. */
  async ask(tenant: number, era: Era, question: Asked, leaveAfterMs?: number): Promise<string | undefined> {
    const way = era === '2025-11-25 in a session' ? { session: await this.#session(tenant), id: this.#next(tenant) } : { id: 1 }
    const { headers, body } = spelt(tenant, era, question, way)
    const signal = leaveAfterMs === undefined ? undefined : AbortSignal.timeout(leaveAfterMs)
    try {
      return await this.#told(headers, body, signal)
    } catch (error) {
      if (signal?.aborted) return undefined
      throw error
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy()
  }

  /** Each id once in a session, and the same in those of other tenants. */
  #next(tenant: number): number {
    const next = (this.#asked.get(tenant) ?? 1) + 1
    this.#asked.set(tenant, next)
    return next
  }

  #session(tenant: number): Promise<string> {
    const known = this.#sessions.get(tenant) ?? this.#begin(tenant)
    this.#sessions.set(tenant, known)
    return known
  }

  async #begin(tenant: number): Promise<string> {
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: canaryOf(tenant), version: '1' } }
    const response = await request(this.#url, { method: 'POST', dispatcher: this.#agent, headers: usual(tenant), body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }) })
    await response.body.text()
    return String(response.headers['mcp-session-id'])
  }

  async #told(headers: Record<string, string>, body: object, signal?: AbortSignal): Promise<string> {
    const response = await request(this.#url, { method: 'POST', dispatcher: this.#agent, headers, body: JSON.stringify(body), signal })
    return `${response.statusCode} ${JSON.stringify(response.headers)}\n${await response.body.text()}`
  }
}
