import { type Visit, watch } from '../story.ts'
import type { Admission, Whose } from './admission.ts'
import type { Answering, Refused } from './exchange.ts'
import { isRequest } from './in-one-piece.ts'

/** Who answers, once there is room for it. A message that calls for no answer needs none: it may be what a call waits for. */
export const admitted = ({ list, fetch }: Answering, admission: Admission, whose: Whose, lasts: boolean): Answering => ({
  list,
  fetch: async (request, body, over) => {
    const calls = lasts ? 0 : callsIn(body.parsedBody)
    const refused = lasts ? admission.stream(whose, over) : calls > 0 ? await admission.call(whose, over, calls) : undefined
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

/** Messages that call for an answer: one, but for the batches of old. */
const callsIn = (body: unknown): number => [body].flat().filter(isRequest).length

const asResponse = ({ status, code = -32_000, message, headers }: Refused): Response => Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status, headers })
