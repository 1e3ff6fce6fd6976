import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { answersOf, type Fault, faultsOf } from './fault.ts'
import { message } from './upstream.ts'

/** The most bytes that a client under these faults takes. */
export const responseBytes = 200_000

type Body = Record<string, unknown>

/** A body that differs in what the operation cannot do without: the id of an object, the items of a list. */
const without = (change: (needed: string, body: Body) => Body) => (proper: string): Buffer => {
  const body = JSON.parse(proper) as Body // made by the upstream itself
  return message(200, JSON.stringify(change('data' in body ? 'data' : 'id', body)))
}

const zipped = (body: Uint8Array, encoding = 'gzip') => message(200, body, { 'content-encoding': encoding })

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = copy[at]! ^ 0xff
  return copy
}

const chunked = (...chunks: string[]) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunks.join('')}`
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

const wrong: Readonly<Record<string, (proper: string) => Uint8Array>> = {
  ...Object.fromEntries(['', ' ', 'null', 'true', '5', '"ok"', '[]', '{}', '[{}]', '<html>', 'OK', 'undefined', 'NaN', '{"status":"ok"}', '{"type":"contact"}', '{"errors":[]}', '\0'].map((body) => [JSON.stringify(body), () => message(200, body)])),
  'itself in a list': (proper) => message(200, `[${proper}]`),
  'itself in an object': (proper) => message(200, `{"data":${proper}}`),
  'half of itself': (proper) => message(200, proper.slice(0, proper.length / 2)),
  'itself without its last byte': (proper) => message(200, proper.slice(0, -1)),
  'itself and a brace': (proper) => message(200, `${proper}}`),
  'itself twice': (proper) => message(200, proper + proper),
  'itself as a call': (proper) => message(200, `callback(${proper})`),
  'itself behind a guard': (proper) => message(200, `)]}'\n${proper}`),
  'itself as text': (proper) => message(200, JSON.stringify(proper)),
  'two byte order marks': (proper) => message(200, `\ufeff\ufeff${proper}`),
  'UTF-16': (proper) => message(200, Buffer.from(proper, 'utf16le')),
  'Latin-1': (proper) => message(200, Buffer.from(proper.replace(/Ada|Eve|New/, 'Jos\xe9'), 'latin1')),
  'half a character': (proper) => message(200, Buffer.concat([Buffer.from(proper.slice(0, -1)), Buffer.from([0xe2, 0x82]), Buffer.from('}')])),
  'a NUL in it': (proper) => message(200, proper.replace(',', ',\0')),
  'single quotes': (proper) => message(200, proper.replaceAll('"', "'")),
  'the needed part missing': without((needed, body) => ({ ...body, [needed]: undefined })),
  'the needed part null': without((needed, body) => ({ ...body, [needed]: null })),
  'the needed part renamed': without((needed, body) => ({ ...body, [needed]: undefined, [`_${needed}`]: body[needed] })),
  'lists for the values': without((_, body) => Object.fromEntries(Object.entries(body).map(([key]) => [key, key === 'data' ? ['5'] : key === 'id' ? null : []]))),
  'gzip with a byte changed': (proper) => zipped(flipped(gzipSync(proper), 20)),
  'gzip with its checksum changed': (proper) => zipped(flipped(gzipSync(proper), gzipSync(proper).length - 6)),
  'gzip cut short': (proper) => zipped(gzipSync(proper).subarray(0, -9)),
  'the head of a gzip': (proper) => zipped(gzipSync(proper).subarray(0, 10)),
  'plain text said to be gzip': (proper) => zipped(Buffer.from(proper)),
  'gzip said to be plain': (proper) => message(200, gzipSync(proper)),
  'gzip said to be Brotli': (proper) => zipped(gzipSync(proper), 'br'),
  'gzip twice, said once': (proper) => zipped(gzipSync(gzipSync(proper))),
  'gzip twice, said twice': (proper) => zipped(gzipSync(gzipSync(proper)), 'gzip, gzip'),
  'an unknown compression': (proper) => zipped(Buffer.from(proper), 'zstd'),
  'a length too short': (proper) => message(200, proper, { 'content-length': String(proper.length - 3) }),
  'a length of 0': (proper) => message(200, proper, { 'content-length': '0' }),
}

const broken: Readonly<Record<string, (proper: string) => string>> = {
  'a chunk that is no number': (proper) => chunked('zz\r\n', proper),
  'a chunk of less than nothing': (proper) => chunked('-1\r\n', proper),
  'a chunk of more than there is': (proper) => chunked('FFFFFFFFFFFFFFFFFF\r\n', proper),
  'a chunk longer than it says': (proper) => chunked(`5\r\n${proper}\r\n`, '0\r\n\r\n'),
}

const bomb = (compress: (data: Uint8Array) => Uint8Array, encoding: string) => {
  const bytes = zipped(compress(Buffer.alloc(20_000_000, ' ')), encoding)
  return () => bytes
}

const pour = (head: string, piece: string): Fault['does'] => (socket) => {
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  }
  socket.write(head)
  socket.on('drain', more)
  more()
}

const harmless: Readonly<Record<string, (proper: string) => string | Uint8Array>> = {
  'fields nobody declared': (proper) => message(200, proper.replace(/^\{/, '{"new":{"type":"toString","id":"7"},"__proto__":{"x":1},"constructor":5,')),
  'numbers for texts': (proper) => message(200, proper.replaceAll(/"(\d+)"/g, '$1')),
  'null for what may be left out': (proper) => message(200, proper.replaceAll(/"(email|role)":"[^"]*"/g, '"$1":null')),
  'without what may be left out': (proper) => message(200, proper.replaceAll(/"(email|role)":"[^"]*",/g, '')),
  'a key twice': (proper) => message(200, proper.replace(/^\{/, '{"id":"666","data":7,').replace('"data":7,', proper.includes('"data"') ? '"data":7,' : '')),
  'a byte order mark': (proper) => message(200, `\ufeff${proper}`),
  'white space around': (proper) => message(200, `\r\n\t ${proper} \n`),
  'a type of text/html': (proper) => message(200, proper, { 'content-type': 'text/html' }),
  'a charset that it has not': (proper) => message(200, proper, { 'content-type': 'application/json; charset=utf-16' }),
  'gzip': (proper) => zipped(gzipSync(proper)),
  'GZIP': (proper) => zipped(gzipSync(proper), ' GZIP '),
  'gzip of two parts': (proper) => zipped(Buffer.concat([gzipSync(proper.slice(0, 9)), gzipSync(proper.slice(9))])),
  'gzip with more behind it': (proper) => zipped(Buffer.concat([gzipSync(proper), Buffer.alloc(9)])),
  'deflate': (proper) => zipped(deflateSync(proper), 'deflate'),
  'Brotli': (proper) => zipped(brotliCompressSync(proper), 'br'),
  'chunks of one byte': (proper) => chunked(...proper.split('').map(chunk), '0\r\n\r\n'),
  'chunks with remarks and a trailer': (proper) => chunked(chunk(proper).replace('\r\n', ';a="b"\r\n'), '0\r\nx-a: b\r\n\r\n'),
}

/** Faults of what stands under a 200. */
export const bodies: readonly Fault[] = [
  ...answersOf({ told: 'bad_answer' }, wrong),
  ...answersOf({ told: 'bad_answer', passes: true }, broken),
  ...answersOf({ told: 'too_large' }, {
    'a gzip bomb': bomb(gzipSync, 'gzip'),
    'a Brotli bomb': bomb(brotliCompressSync, 'br'),
    'a deflate bomb': bomb(deflateSync, 'deflate'),
    'a length of 157 MB': () => `HTTP/1.1 200 OK\r\ncontent-length: 157000000\r\n\r\n{`,
    'a length of 10^15 bytes': () => `HTTP/1.1 200 OK\r\ncontent-length: 999999999999999\r\n\r\n{`,
  }),
  ...faultsOf({ told: 'too_large' }, {
    'chunks for ever': pour('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', chunk(' '.repeat(10_000))),
    'a body for ever, of no length': pour('HTTP/1.1 200 OK\r\n\r\n', ' '.repeat(10_000)),
  }),
  ...answersOf({ told: 'answer' }, harmless),
]
