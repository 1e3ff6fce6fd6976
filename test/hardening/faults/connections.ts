import type { Socket } from 'node:net'
import { answersOf, type Fault, faultsOf } from './fault.ts'
import { message } from './upstream.ts'

/** As much of an answer as `upTo` says. */
const part = (proper: string, upTo: (whole: Buffer, head: number) => number): Buffer => {
  const whole = message(200, proper)
  return whole.subarray(0, upTo(whole, whole.indexOf('\r\n\r\n') + 4))
}

const places: Readonly<Record<string, (whole: Buffer, head: number) => number>> = {
  'before the answer': () => 0,
  'within the status': () => 11,
  'within the headers': (_, head) => head - 9,
  'before the last byte of the headers': (_, head) => head - 1,
  'after the headers': (_, head) => head,
  'within the body': (whole, head) => (head + whole.length) >> 1,
  'before the last byte': (whole) => whole.length - 1,
}

const hasHeaders = (place: string): boolean => /body|after|last byte$/.test(place)

/** Writes, and then does something once it is on its way. */
const then = (deed: (socket: Socket) => void, upTo: (whole: Buffer, head: number) => number): Fault['does'] => (socket, proper) => {
  const bytes = part(proper, upTo)
  if (bytes.length === 0) deed(socket)
  else socket.write(bytes, () => setTimeout(() => deed(socket), 2)) // a reset would overtake what was written
}

const ends: Readonly<Record<string, (socket: Socket) => void>> = {
  'a reset': (socket) => socket.resetAndDestroy(),
  'a close': (socket) => void socket.end(),
}

const drip = (everyMs: number, bytes: (proper: string) => Buffer): Fault['does'] => (socket, proper) => {
  const all = bytes(proper)
  let sent = 0
  socket.setNoDelay()
  const timer = setInterval(() => socket.write(all.subarray(sent % all.length, (sent++ % all.length) + 1)), everyMs)
  socket.on('close', () => clearInterval(timer))
}

const endless = (head: string) => (): Buffer => Buffer.from(head)

const cut = Object.entries(ends).flatMap(([end, deed]) =>
  Object.entries(places).map(([place, upTo]): Fault => ({
    name: `${end} ${place}`,
    does: then(deed, upTo),
    told: hasHeaders(place) ? 'bad_answer' : 'unavailable',
    passes: true,
  })),
)

const stalls = Object.entries(places).map(([place, upTo]): Fault => ({ name: `silence ${place}`, does: then(() => {}, upTo), told: 'timeout', hangs: true }))

/** One byte at a time, as a network in need may cut it. */
const sliced: Fault['does'] = (socket, proper) => {
  socket.setNoDelay()
  for (const byte of message(200, proper)) socket.write(Uint8Array.of(byte))
}

const whole = (proper: string) => message(200, proper).toString()

const heads: Readonly<Record<string, (proper: string) => string | Uint8Array>> = {
  'a status that is no number': (proper) => whole(proper).replace('200', 'OK!'),
  'a status of four digits': (proper) => whole(proper).replace('200', '2000'),
  'another protocol': (proper) => whole(proper).replace('HTTP/1.1', 'ICY'),
  'an answer of HTTP/0.9': (proper) => proper,
  'the beginning of HTTP/2': () => Buffer.from('000000040000000000', 'hex'),
  'a banner of SSH': () => 'SSH-2.0-OpenSSH_9.6\r\n',
  'an alert of TLS': () => Buffer.from('15030100020228', 'hex'),
  'noise': () => Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 7919 + 13) % 256)),
  'a header without a colon': (proper) => whole(proper).replace('\r\n', '\r\nnonsense\r\n'),
  'a space before the colon': (proper) => whole(proper).replace('content-length:', 'content-length :'),
  'a NUL in a header': (proper) => whole(proper).replace('application', 'appli\0cation'),
  'a header of 20 KB': (proper) => whole(proper).replace('\r\n', `\r\nx-long: ${'x'.repeat(20_000)}\r\n`),
  'two thousand headers': (proper) => whole(proper).replace('\r\n', `\r\n${'x-much: 123\r\n'.repeat(2000)}`),
  ...Object.fromEntries(['x', '-5', '1e3', '+5', '0x10', '5, 5', '99999999999999999999999'].map((length) => [`a length of ${length}`, (proper: string) => message(200, proper, { 'content-length': length })])),
  'two lengths': (proper) => message(200, proper, { 'content-length': '5\r\ncontent-length: 6' }),
  'a length and chunks': (proper) => message(200, proper, { 'transfer-encoding': 'chunked' }),
}

/** Faults of the connection, and of what stands before the body. */
export const connections: readonly Fault[] = [
  ...cut,
  ...stalls,
  ...answersOf({ told: 'unavailable', passes: true }, heads),
  ...faultsOf({ told: ['unreachable', 'unavailable'], passes: true, early: true }, {
    'a reset before the request': (socket) => socket.resetAndDestroy(),
    'a close before the request': (socket) => void socket.end(),
    'a greeting of SMTP': (socket) => void socket.write('220 mail.example ESMTP\r\n'),
    'an answer before the request: 408': (socket) => void socket.end(message(408, '')),
  }),
  ...faultsOf({ told: 'timeout', hangs: true, early: true }, { 'silence before the request': () => {} }),
  ...faultsOf({ told: 'timeout', hangs: true }, {
    'a status byte by byte for ever': drip(4, endless('HTTP/1.1 200 OK\r\n'.slice(0, 15) + 'O'.repeat(400))),
    'headers byte by byte for ever': drip(4, endless(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(4000)}`)),
    'a length that is too long': (socket, proper) => void socket.write(message(200, proper, { 'content-length': String(proper.length + 5) })),
    'a body byte by byte': (socket, proper) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n${proper.slice(0, 5)}`)
      drip(4, endless(' '))(socket, proper)
    },
    'chunks without an end': (socket, proper) => void socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${proper.length.toString(16)}\r\n${proper}\r\n`),
    'no length and no close': (socket, proper) => void socket.write(`HTTP/1.1 200 OK\r\n\r\n${proper}`),
  }),
  ...faultsOf({ told: 'answer' }, {
    'an answer in single bytes': sliced,
    'an answer and a close': (socket, proper) => void socket.end(message(200, proper)),
    'an answer of HTTP/1.0 that ends with its connection': (socket, proper) => void socket.end(`HTTP/1.0 200 OK\r\n\r\n${proper}`),
  }),
]
