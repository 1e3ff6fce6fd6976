import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
import type { Answering } from './exchange.ts'
import type { Served } from './callers.ts'

/** A request by itself, and no notification, no batch. */
export const isRequest = (body: unknown): body is Asked => {
  const { id, method } = (body ?? {}) as Partial<Asked> // whatever it is, it may lack them
  return id !== undefined && typeof method === 'string'
}

interface Asked {
  readonly id: unknown
  readonly method: string
  readonly params?: { readonly _meta?: { readonly progressToken?: unknown } | null } | null
}

/** Whether a request is told nothing before its answer: progress, it would have to ask for. */
export const isInOnePiece = ({ params }: Asked): boolean => params?._meta?.progressToken === undefined

/** Answers such a request of an earlier revision as JSON. The SDK would by a stream of events, within another, which costs a fifth of a small call. */
export const inOnePiece = async ({ make }: Served, ...[request, body, over]: Parameters<Answering['fetch']>): Promise<Response> => {
  const server = make({ era: 'legacy', requestInfo: request })
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
  await server.connect(transport)
  return new Promise((resolve, reject) => {
    const leave = () => void server.close().then(() => resolve(nobody()), reject)
    if (over.aborted) return leave()
    over.addEventListener('abort', leave, { once: true })
    transport.handleRequest(request, body).then(resolve, reject)
  })
}

/** What nobody waits for any more. */
const nobody = (): Response => new Response(null, { status: 499 })
