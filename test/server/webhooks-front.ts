import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js'
import { createHmac, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { Program } from '../cli/program.ts'

/** The client secret of the app that posts. */
export const secret = 'client-secret-of-the-app'

export const signed = (body: string | Buffer, key = secret): string => `sha1=${createHmac('sha1', key).update(body).digest('hex')}`

export const seconds = (): number => Math.floor(Date.now() / 1000)

/** A notification as Intercom posts it. */
export const notification = (topic: string, item: object, own: object = {}): string =>
  JSON.stringify({
    type: 'notification_event',
    app_id: 'abc123',
    id: `notif_${randomUUID()}`,
    topic,
    created_at: seconds(),
    first_sent_at: seconds(),
    delivery_attempts: 1,
    data: { type: 'notification_event_data', item },
    ...own,
  })

/** A simulated Intercom, and a server on it that takes webhooks. Other tenants' servers can be told of by it as well. */
export class Front {
  readonly intercom = new Program(['workspace', '--port', '0', '--token', 'test'])
  readonly #programs = [this.intercom]
  #intercomUrl = ''

  async api<T = Record<string, unknown>>(method: string, path: string, body?: object): Promise<T> {
    this.#intercomUrl ||= await this.intercom.said(/at (http:\/\/\S+)/)
    const headers = { authorization: 'Bearer test', 'intercom-version': '2.13', 'content-type': 'application/json' }
    const response = await fetch(this.#intercomUrl + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  /** Starts a server that is told by this secret; none when it is empty. */
  async serve(args: readonly string[] = [], env: Record<string, string> = { INTERCOM_MCP_WEBHOOK_SECRET: secret }): Promise<Served> {
    await this.api('GET', '/me')
    const program = new Program(['http', '--port', '0', ...args], { INTERCOM_BASE_URL: this.#intercomUrl, INTERCOM_ACCESS_TOKEN: 'test', ...env })
    this.#programs.push(program)
    return new Served(program, new URL(await program.said(/serving MCP at (\S+)/)))
  }

  /** Lets the workspace tell a server of everything. */
  async tell({ webhooks }: Served, key = secret): Promise<void> {
    await this.api('POST', '/_workspace/webhooks', { url: webhooks.href, topics: ['*'], secret: key })
  }

  async end(): Promise<void> {
    for (const { child } of this.#programs) child.kill()
    await Promise.all(this.#programs.map((program) => program.ended()))
  }
}

export class Served {
  readonly program: Program
  readonly url: URL
  readonly webhooks: URL

  constructor(program: Program, url: URL) {
    this.program = program
    this.url = url
    this.webhooks = new URL('/webhooks/intercom', url)
  }

  /** Posts these bytes; signed by the app unless told otherwise. Resolves with the status. */
  async post(body: string | Buffer, signature: string | null = signed(body)): Promise<number> {
    const headers = { 'content-type': 'application/json', ...(signature !== null && { 'x-hub-signature': signature }) }
    const asked = request(this.webhooks, { method: 'POST', headers, agent: false }) // each comes by itself, as Intercom's do
    asked.on('error', () => {}).end(body)
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    response.on('error', () => {}).resume()
    return response.statusCode!
  }

  /** A client that watches these resources, with what it was told of them so far. */
  async watch(era: Era, uris: readonly string[], headers: Record<string, string> = {}): Promise<Watcher> {
    return watchers[era](this.url, uris, { requestInit: { headers } })
  }
}

export interface Watcher {
  readonly heard: string[]
  /** Why it may not watch some of them, where it is told. */
  readonly refused: string[]
  readonly call: (name: string, args?: Record<string, unknown>) => Promise<Record<string, unknown>>
  readonly close: () => Promise<void>
}

export type Era = '2026-07-28' | '2025-11-25'

interface Options {
  readonly requestInit: { readonly headers: Record<string, string> }
}

const identity = { name: 'test', version: '1.0.0' }

const watchers: Readonly<Record<Era, (url: URL, uris: readonly string[], options: Options) => Promise<Watcher>>> = {
  '2026-07-28': async (url, uris, options) => {
    const client = new Client(identity, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
    const heard: string[] = []
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => void heard.push(params.uri))
    await client.connect(new StreamableHTTPClientTransport(url, options))
    const { honoredFilter } = await client.listen({ resourceSubscriptions: [...uris], toolsListChanged: true })
    const refused = uris.filter((uri) => !honoredFilter.resourceSubscriptions?.includes(uri))
    return { heard, refused, call: async (name, args = {}) => client.callTool({ name, arguments: args }), close: () => client.close() }
  },
  '2025-11-25': async (url, uris, options) => {
    const client = new ClientV1(identity)
    const heard: string[] = []
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => void heard.push(params.uri))
    await client.connect(new HttpV1(url, options))
    const refused: string[] = []
    for (const uri of uris) await client.subscribeResource({ uri }).catch(() => refused.push(uri))
    return { heard, refused, call: async (name, args = {}) => client.callTool({ name, arguments: args }), close: () => client.close() }
  },
}

export const eras = Object.keys(watchers) as Era[] // Object.keys forgets which keys

/** Whether a teammate is away, as the server says who is asked through this client: of a list that it keeps a while. */
export const awayOf = async ({ call }: Watcher, id: string): Promise<boolean> => {
  const answer = (await call('call_read_operation', { operation: 'list_admins', input: {} })) as { structuredContent: { admins: { id: string; away_mode_enabled?: boolean }[] } }
  return answer.structuredContent.admins.find((admin) => admin.id === id)?.away_mode_enabled ?? false
}
