import { type Answer, type Call, failed } from './call.ts'
import type { Code, Failure, Outcome, UpstreamError } from './failure.ts'
import { isRecord } from './recognise.ts'
import { isAboutJobs, retryAfter, retryAt } from './allowance.ts'

/** Intercom's own codes that say more than their status does. */
const byUpstreamCode: ReadonlyMap<string | undefined, Code> = new Map(Object.entries<Code>({
  token_unauthorized: 'permission_missing',
  forbidden: 'permission_missing',
  api_plan_restricted: 'plan_restricted',
  unauthorized: 'unauthorized',
  not_found: 'not_found',
  conflict: 'conflict',
  resource_conflict: 'conflict',
  unique_user_constraint: 'conflict',
  rate_limit_exceeded: 'rate_limited',
  too_many_requests: 'rate_limited',
  server_error: 'unavailable',
  service_unavailable: 'unavailable',
  request_timeout: 'unavailable',
}))

const byStatus: Readonly<Record<number, Code>> = {
  401: 'unauthorized',
  402: 'plan_restricted',
  404: 'not_found',
  409: 'conflict',
  410: 'not_found',
  429: 'rate_limited',
}

const codeOf = (status: number, { code }: UpstreamError): Code => {
  if (status >= 500 || status === 408) return 'unavailable' // whatever the body says: the effect may have come before the fault
  if (status >= 300 && status < 400) return 'redirected'
  return byUpstreamCode.get(code) ?? byStatus[status] ?? 'rejected'
}

/** Redirects that ask for the same request elsewhere. The others may show what it has done: see the page of what was made. */
const asksElsewhere: ReadonlySet<number> = new Set([307, 308])

/** A request that these answer may have run, or still be running. Any other refusal means that it was not done. */
const mayHaveRun = (code: Code, status: number): boolean => code === 'unavailable' || (code === 'redirected' && !asksElsewhere.has(status))

/** The failure that an answer other than a success is. It never shows the token, also when the server repeats it. */
export const refusal = (call: Call, answer: Answer, body: unknown, { now, token }: { readonly now: number; readonly token: string }): Failure => {
  const upstream = said(answer, body, token)
  const code = isAboutJobs(answer) ? 'rejected' : codeOf(answer.status, upstream)
  const outcome: Outcome = mayHaveRun(code, answer.status) ? 'unknown' : 'rejected'
  return failed(call, code, { outcome, status: answer.status, upstream, ...more[code]?.(call, answer, upstream, now) })
}

type More = (call: Call, answer: Answer, upstream: UpstreamError, now: number) => object

const more: Readonly<Partial<Record<Code, More>>> = {
  permission_missing: ({ operation: { permission } }) => ({ permission }),
  conflict: (_call, _answer, { message }) => ({ existing: message?.match(/\bid=([\w-]{1,64})/)?.[1] }),
  not_found: ({ operation: { paging } }) => (paging?.style === 'scroll' ? { note: 'A scroll ends a minute after its last call: begin anew, without a parameter.' } : {}),
  rate_limited: (_call, answer, _upstream, now) => ({ transient: answer.status === 429, retryAt: retryAt(answer, now) }),
  unavailable: (_call, answer, _upstream, now) => ({ transient: true, retryAt: retryAfter(answer, now) }),
}

/** Reads the error list, and the `{error_key, message}` that phone call redirects answer instead. */
const said = ({ headers }: Answer, body: unknown, token: string): UpstreamError => {
  const list = isRecord(body) ? body : {}
  const first: unknown = Array.isArray(list.errors) ? list.errors[0] : list
  const error = isRecord(first) ? first : {}
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.replaceAll(token, '[access token]').slice(0, 1000) : undefined)
  return {
    code: text(error.code) ?? text(error.error_key),
    message: text(error.message),
    field: text(error.field),
    requestId: text(list.request_id) ?? text(headers['x-request-id']),
  }
}
