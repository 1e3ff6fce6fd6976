import * as z from 'zod'
import { Rejection } from '../handler.ts'
import type { Entry, Journal } from '../journal.ts'
import { controlRoute } from './route.ts'
import type { Workings } from './workings.ts'

const journal = ({ journal: kept }: Workings): Journal => {
  if (kept) return kept
  throw new Rejection(409, 'conflict', 'This workspace was opened to remember no requests; open it with { remember: 1000 }')
}

const json = (text: string | null): unknown => (text === null ? null : JSON.parse(text)) // the journal holds JSON

const shown = ({ body, answer, ...entry }: Entry) => ({ ...entry, body: json(body), answer: json(answer) })

export const requestRoutes = [
  controlRoute({
    route: 'GET /_workspace/requests',
    does: 'Lists the requests that came, newest last: of those after number `since` the last `limit`.',
    input: z.strictObject({ since: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(1000).default(100) }),
    example: { since: 0, limit: 20 },
    handle: ({ since, limit }, workings) => ({ requests: journal(workings).list(since, limit).map(shown) }),
  }),
  controlRoute({
    route: 'DELETE /_workspace/requests',
    does: 'Forgets the requests that came.',
    input: z.strictObject({}),
    example: {},
    handle: (_, workings) => {
      journal(workings).clear()
      return { requests: [] }
    },
  }),
]
