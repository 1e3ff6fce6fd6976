import { type Answer, type Call, failed } from './call.ts'
import type { Code, Failure, Outcome, UpstreamError } from './failure.ts'
import { isRecord } from './recognise.ts'
import { retryAfter, retryAt } from './allowance.ts'

/** Intercom's own codes that say more than their status does. */
const byUpstreamCode: Readonly<Record<string, Code>> = {
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
}

const byStatus: Readonly<Record<number, Code>> = {
  401: 'unauthorized',
  402: 'plan_restricted',
  404: 'not_found',
  408: 'unavailable',
  409: 'conflict',
  410: 'not_found',
  429: 'rate_limited',
}

const codeOf = (status: number, { code = '' }: UpstreamError): Code => {
  if (status >= 300 && status < 400) return 'redirected'
  const said = Object.hasOwn(byUpstreamCode, code) ? byUpstreamCode[code] : undefined
  return said ?? byStatus[status] ?? (status >= 500 ? 'unavailable' : 'rejected')
}

/** A request that these answer may have run, or still be running. Any other refusal means that it was not done. */
const mayHaveRun = (code: Code, status: number): boolean => code === 'unavailable' || status === 303

/** The failure that an answer other than a success is. */
export const refusal = (call: Call, answer: Answer, body: unknown, now: number): Failure => {
  const upstream = said(answer, body)
  const code = codeOf(answer.status, upstream)
  const outcome: Outcome = mayHaveRun(code, answer.status) ? 'unknown' : 'rejected'
  return failed(call, code, { outcome, status: answer.status, upstream, ...more[code]?.(call, answer, upstream, now) })
}

type More = (call: Call, answer: Answer, upstream: UpstreamError, now: number) => object

const more: Readonly<Partial<Record<Code, More>>> = {
  permission_missing: ({ operation: { permission } }) => ({ permission }),
  conflict: (_call, _answer, { message = '' }) => ({ existing: /\bid=([\w-]{1,64})/.exec(message)?.[1] }),
  rate_limited: (_call, answer, _upstream, now) => ({ transient: true, retryAt: retryAt(answer, now) }),
  unavailable: (_call, answer, _upstream, now) => ({ transient: true, retryAt: retryAfter(answer, now) }),
}

/** Reads the error list, and the `{error_key, message}` that phone call redirects answer instead. */
const said = ({ headers }: Answer, body: unknown): UpstreamError => {
  const list = isRecord(body) ? body : {}
  const first: unknown = Array.isArray(list.errors) ? list.errors[0] : list
  const error = isRecord(first) ? first : {}
  return {
    code: text(error.code) ?? text(error.error_key),
    message: text(error.message),
    field: text(error.field),
    requestId: text(list.request_id) ?? text(headers['x-request-id']),
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value.slice(0, 1000) : undefined)
