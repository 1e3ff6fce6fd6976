import type { Code } from '../../../src/client/failure.ts'
import { answersOf, type Fault, faultsOf } from './fault.ts'
import { message } from './upstream.ts'

const list = (code: string, text = 'why') => JSON.stringify({ type: 'error.list', request_id: 'r1', errors: [{ code, message: text }] })

const byName = <T>(values: readonly T[], name: (value: T) => string, answer: (value: T) => (proper: string) => Uint8Array) =>
  Object.fromEntries(values.map((value) => [name(value), answer(value)]))

const now = () => Date.now()
const date = (ms: number) => new Date(ms).toUTCString()
const seconds = (ms: number) => String(Math.floor(ms / 1000))

/** Headers of a 429, at the time it is given. */
const limits: Readonly<Record<string, () => Record<string, string>>> = {
  'no header': () => ({}),
  'Retry-After: 3': () => ({ 'retry-after': '3' }),
  'Retry-After of a date': () => ({ date: date(now()), 'retry-after': date(now() + 4000) }),
  'Retry-After of a date that was': () => ({ 'retry-after': date(now() - 4e6) }),
  'Retry-After of a date without their clock': () => ({ 'retry-after': date(now() + 4000) }),
  'two of Retry-After': () => ({ 'retry-after': '1\r\nretry-after: 2' }),
  ...Object.fromEntries(['0', '-1', '1e9', '1000000000', 'soon', '', ' ', '3.5', '0x10', '٣', 'Infinity', 'NaN', '99999999999999999999999', 'Thu, 32 Foo 2026'].map((value) => [`Retry-After: ${value}`, () => ({ 'retry-after': value })])),
  'a reset that was': () => ({ 'x-ratelimit-reset': seconds(now() - 10_000) }),
  'a reset that is now': () => ({ 'x-ratelimit-reset': seconds(now()) }),
  'a reset to come': () => ({ 'x-ratelimit-limit': '166', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds(now() + 5000) }),
  'a reset an hour ahead': () => ({ 'x-ratelimit-reset': seconds(now() + 3.6e6) }),
  'a reset of a clock an hour ahead': () => ({ date: date(now() + 3.6e6), 'x-ratelimit-reset': seconds(now() + 3.6e6 + 5000) }),
  'a reset of a clock a year behind': () => ({ date: date(now() - 3.2e10), 'x-ratelimit-reset': seconds(now() - 3.2e10 + 5000) }),
  'a reset in milliseconds': () => ({ 'x-ratelimit-reset': String(now() + 5000) }),
  ...Object.fromEntries(['NaN', '-5', 'soon', '', '0', '1e99'].map((value) => [`a reset of ${value}`, () => ({ 'x-ratelimit-reset': value, 'x-ratelimit-remaining': value })])),
}

const redirect = (status: number, location?: string) => () => message(status, '', location === undefined ? {} : { location })

const errorLists: Readonly<Record<string, Code>> = {
  not_found: 'not_found',
  token_unauthorized: 'permission_missing',
  api_plan_restricted: 'plan_restricted',
  parameter_invalid: 'rejected',
  unique_user_constraint: 'conflict',
  rate_limit_exceeded: 'rate_limited',
  'something nobody documented': 'rejected',
}

const refusals: Readonly<Record<number, Code>> = {
  400: 'rejected', 401: 'unauthorized', 402: 'plan_restricted', 403: 'rejected', 404: 'not_found', 405: 'rejected', 409: 'conflict', 410: 'not_found',
  413: 'rejected', 415: 'rejected', 418: 'rejected', 421: 'rejected', 422: 'rejected', 423: 'rejected', 425: 'rejected', 431: 'rejected', 451: 'rejected', 499: 'rejected',
} // prettier-ignore

const lost = [408, 500, 501, 502, 503, 504, 505, 507, 511, 520, 524, 529, 599, 600, 999]

/** Faults that the status tells, or that take its place. Redirects lead to `elsewhere`. */
export const statuses = (elsewhere: string): readonly Fault[] => [
  ...answersOf({ told: 'rate_limited', refuses: true, passes: true }, byName(Object.entries(limits), ([name]) => `429 with ${name}`, ([, headers]) => () => message(429, '{}', headers()))),
  ...answersOf({ told: 'rate_limited', refuses: true }, { '429 with Retry-After of 50 minutes': () => message(429, '', { 'retry-after': '3000' }) }),
  ...answersOf({ told: 'rejected', refuses: true }, { '429 about a job under way': () => message(429, list('rate_limit_exceeded', 'Exceeded rate limit of 1 pending job')) }),
  ...Object.entries(refusals).flatMap(([status, told]) => [
    ...answersOf({ told, refuses: true }, { [status]: () => message(Number(status), '{}'), [`${status} with a web page`]: () => message(Number(status), '<html>') }),
  ]),
  ...answersOf({ told: 'permission_missing', refuses: true }, { '403 for want of a permission': () => message(403, list('token_unauthorized')) }),
  ...answersOf({ told: 'unavailable', passes: true }, byName(lost, String, (status) => () => message(status, list('server_error')))),
  ...answersOf({ told: 'unavailable', passes: true }, {
    '503 with Retry-After: 2': () => message(503, '', { 'retry-after': '2' }),
    '503 with Retry-After: soon': () => message(503, '', { 'retry-after': 'soon' }),
    '500 that says it was not found': () => message(500, list('not_found')),
    '502 with a web page': () => message(502, '<html>Bad Gateway</html>'),
    '500 with the proper answer': (proper) => message(500, proper),
    '100 that nobody asked for': (proper) => Buffer.concat([Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'), message(200, proper)]), // undici takes it for an error
    '101 that nobody asked for': () => 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  }),
  ...Object.entries(errorLists).flatMap(([code, told]) => answersOf({ told, refuses: true }, { [`200 with an error list: ${code}`]: () => message(200, list(code)) })),
  ...answersOf({ told: 'redirected' }, {
    ...byName([300, 301, 302, 303, 305, 306], (status) => `${status} to elsewhere`, (status) => redirect(status, `${elsewhere}/contacts/5`)),
    '301 without a place': redirect(301),
    '302 to itself': redirect(302, '/contacts/5'),
    '302 to a file': redirect(302, 'file:///etc/passwd'),
    '302 to the metadata of a cloud': redirect(302, 'http://169.254.169.254/latest'),
    '302 to another scheme': redirect(302, elsewhere.replace('http:', '')),
    '304 of what was never asked for': () => 'HTTP/1.1 304 Not Modified\r\netag: "x"\r\n\r\n',
    '302 with the proper answer': (proper) => message(302, proper, { location: elsewhere }),
  }),
  ...answersOf({ told: 'redirected', refuses: true }, byName([307, 308], (status) => `${status} to elsewhere`, (status) => redirect(status, `${elsewhere}/contacts/5`))),
  ...answersOf({ told: 'bad_answer' }, {
    '204 without the answer': () => 'HTTP/1.1 204 No Content\r\n\r\n',
    '205 without the answer': () => message(205, ''),
    '202 with nothing in it': () => message(202, '{}'),
  }),
  ...answersOf({ told: 'answer' }, {
    '103 fifty times before the answer': (proper) => Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(50)), message(200, proper)]),
    '203': (proper) => message(203, proper),
  }),
  ...faultsOf({ told: 'timeout', hangs: true }, {
    '103 for ever': (socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(20)), 5)
      socket.on('close', () => clearInterval(timer))
    },
  }),
]
