import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as z from 'zod'
import { allOperations } from '../../src/contract/nouns.ts'
import type { Operation } from '../../src/contract/operation.ts'

interface JsonSchema {
  readonly type?: string
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly format?: string
  readonly items?: JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
}

/** What stands in a string field of that name. */
export type Word = (field: string) => string

/** What an answer is filled with: `word` in every string, and so many items in each list that stands in no other. */
interface Filling {
  readonly word: Word
  readonly items: number
}

/** An answer of this operation with every field filled in. Lists have no next page. */
const answerOf = ({ output }: Operation, filling: Filling): unknown => valueOf('', z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }) as JsonSchema, filling) // the published type allows far more than zod emits

const valueOf = (name: string, schema: JsonSchema, filling: Filling): unknown => {
  if (name === 'pages' || name === 'scroll_param') return null
  if (schema.anyOf) return valueOf(name, schema.anyOf[0]!, filling)
  if (schema.enum) return schema.enum[0]
  if ('const' in schema) return schema.const
  return (byType[schema.type ?? ''] ?? (() => filling.word(name)))(name, schema, filling)
}

const byType: Readonly<Record<string, (name: string, schema: JsonSchema, filling: Filling) => unknown>> = {
  string: (name, { format }, { word }) => (format === 'unix-seconds' ? '1735689600' : word(name)),
  integer: (_, { format }) => (format === 'unix-seconds' ? 1735689600 : 7),
  number: () => 7.5,
  boolean: () => true,
  array: (name, { items = {} }, { word, items: count }) => Array.from({ length: count }, () => valueOf(name.replace(/s$/, ''), items, { word, items: 1 })),
  object: (name, { properties = {} }, filling) => {
    const { word } = filling
    const fields = Object.entries(properties)
    return fields.length ? Object.fromEntries(fields.map(([key, field]) => [key, valueOf(key, field, filling)])) : { [word(name)]: word('value'), nested: { [word('key')]: [word('item')] } }
  },
}

const routeOf = ({ route }: Operation): { readonly method: string; readonly path: RegExp; readonly literal: number } => {
  const [method = '', path = ''] = route.split(' ')
  const segments = path.split('/')
  return { method, path: new RegExp(`^${segments.map((text) => (text.startsWith('{') ? '[^/]+' : text.replaceAll('.', '\\.'))).join('/')}$`), literal: segments.filter((text) => !text.startsWith('{')).length }
}

export interface Stranger {
  readonly url: string
  /** From now on answers are filled with this. */
  readonly fill: (filling: Filling) => void
  /** From now on every request is refused, with the word in every string of the error. */
  readonly refuse: () => void
  readonly close: () => Promise<void>
}

/** What an Intercom answers, of which only routes and shapes are known. */
export interface Answered {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** Answers each request with every field of its operation's answer filled in; undefined where there is no such route. */
export const filled = async (): Promise<(request: Pick<IncomingMessage, 'method' | 'url'>, filling: Filling) => Answered | undefined> => {
  const routes = (await allOperations()).map(({ operation }) => ({ operation, ...routeOf(operation) })).sort((a, b) => b.literal - a.literal)
  return (request, filling) => {
    const { operation } = routes.find(({ method, path }) => method === request.method && path.test(pathOf(request))) ?? {}
    if (!operation) return undefined
    return { status: operation.status ?? 200, type: operation.file ?? 'application/json', body: operation.status === 204 ? '' : JSON.stringify(answerOf(operation, filling)) }
  }
}

/** An Intercom in whose every string field stands what `word` says, since customers may have written there. */
export const stranger = async (word: Word): Promise<Stranger> => {
  let filling: Filling = { word, items: 1 }
  const answer = await filled()
  let refusing = false
  const server = createServer((request, response) => {
    const found = answer(request, filling)
    const refusal = { type: 'error.list', request_id: word('request_id'), errors: [{ code: 'parameter_invalid', message: word('message'), field: word('field') }] }
    response.writeHead(found && !refusing ? found.status : 400, { 'content-type': found?.type ?? 'application/json' })
    response.end(found && !refusing ? found.body : JSON.stringify(refusal))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const { port } = server.address() as AddressInfo // always one of a TCP server
  return { url: `http://127.0.0.1:${port}`, fill: (next) => void (filling = next), refuse: () => void (refusing = true), close }
}

const pathOf = ({ url = '' }: Pick<IncomingMessage, 'url'>): string => url.split('?')[0]!
