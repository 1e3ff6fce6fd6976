import { type Visit, watch } from '../story.ts'
import type { Admission, Whose } from './admission.ts'
import type { Answering, Refused } from './exchange.ts'

/** Who answers, once there is room for it. A message that calls for no answer needs none: it may be what a call waits for. */
export const admitted = ({ list, fetch }: Answering, admission: Admission, whose: Whose): Answering => ({
  list,
  fetch: async (request, body, over) => {
    const refused = isStream(request) ? admission.stream(whose, over) : asksForAnswer(body.parsedBody) ? await admission.call(whose, over) : undefined
    return refused ? asResponse(refused) : fetch(request, body, over)
  },
})

/** Who answers, and tells how. */
export const watched = ({ list, fetch }: Answering, visit: Visit): Answering => ({
  list,
  fetch: (request, body, over) => {
    watch(request, visit)
    return fetch(request, body, over)
  },
})

const isStream = ({ method, headers }: Request): boolean => method === 'GET' || headers.get('mcp-method') === 'subscriptions/listen'

const asksForAnswer = (body: unknown): boolean => [body].flat().some((message) => typeof message === 'object' && message !== null && 'method' in message && 'id' in message)

const asResponse = ({ status, code = -32_000, message, headers }: Refused): Response => Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status, headers })
