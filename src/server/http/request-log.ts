import { createHash } from 'node:crypto'
import type { Story } from '../story.ts'

/** What a line of the log says of one MCP request, and its fields. */
export const requestLine = ({ method, tool, outcome, ms, requests, visit: { id, principal, tenant } }: Story): [message: string, fields: Readonly<Record<string, unknown>>] => [
  tool === undefined ? method : `${method} ${tool}`,
  {
    request_id: id,
    principal: principal === undefined ? undefined : digestOf(principal),
    tenant,
    outcome,
    ms: Math.round(ms * 10) / 10,
    intercom: requests.map(({ operation, status, failure, ms: took, requestId }) => ({ operation, status, failure, ms: took, request_id: requestId })),
  },
]

/** Who it was, to whoever knows the name already: it may be an email. `printf %s NAME | sha256sum | cut -c1-12` */
const digestOf = (principal: string): string => createHash('sha256').update(principal).digest('hex').slice(0, 12)
