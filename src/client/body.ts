import { isUtf8 } from 'node:buffer'
import { type Answer, type Call, failed } from './call.ts'
import { isFile } from './file.ts'
import type { Limits } from './limits.ts'
import { holdsMoreThan } from './weight.ts'

/** An answer as it comes off the wire: still compressed. */
export interface RawAnswer extends Pick<Answer, 'status' | 'headers'> {
  readonly chunks: readonly Uint8Array[]
}

type Size = Pick<Limits, 'responseBytes' | 'responseValues'>

/** The whole body as text, or as a file. Never larger than the limits, however well it was compressed. */
export const unpack = async (call: Call, { status, headers, chunks }: RawAnswer, { responseBytes, responseValues }: Size): Promise<Answer> => {
  const bytes = chunks.length === 1 ? Buffer.from(chunks[0]!.buffer, chunks[0]!.byteOffset, chunks[0]!.byteLength) : Buffer.concat(chunks)
  const encoding = String(headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const file = isFile(call, { status, headers })
  const plain = isPlain(encoding, file) || bytes.length === 0 ? bytes : await inflate(call, bytes, encoding, responseBytes)
  return file ? { status, headers, text: '', file: plain } : { status, headers, text: textOf(call, status, plain, responseValues) }
}

const textOf = (call: Call, status: number, plain: Buffer, most: number): string => {
  if (status < 300 && !isUtf8(plain)) throw failed(call, 'bad_answer', { outcome: 'unknown', status, note: 'it is not UTF-8' }) // some of its text would be lost
  if (!holdsMoreThan(most, plain)) return withoutMark(plain.toString())
  if (status < 300) throw beyond(call, `${most.toLocaleString('en')} values`)
  return '' // an error is one, whatever stands in it
}

/** Of an archive Intercom says that its encoding is "zip": such an archive is the file, and stays packed. */
const isPlain = (encoding: string, file: boolean): boolean => encoding === 'identity' || (file && encoding === 'zip')

export const tooLarge = (call: Call, limit: number) => beyond(call, `${Math.round(limit / 1024).toLocaleString('en')} KiB`)

const beyond = (call: Call, limit: string) => failed(call, 'too_large', { outcome: 'unknown', note: `more than ${limit}` })

const inflate = async (call: Call, bytes: Buffer, encoding: string, maxOutputLength: number): Promise<Buffer> => {
  const zlib = await import('node:zlib')
  const inflaters: Readonly<Record<string, typeof zlib.gunzip>> = {
    gzip: zlib.gunzip,
    'x-gzip': zlib.gunzip,
    deflate: zlib.inflate,
    br: zlib.brotliDecompress,
  }
  const inflater = inflaters[encoding]
  if (!inflater) throw failed(call, 'bad_answer', { outcome: 'unknown', note: 'its compression is not known' })
  return new Promise((resolve, reject) => {
    inflater(bytes, { maxOutputLength }, (error, result) => (error ? reject(inflateFailure(call, error, maxOutputLength)) : resolve(result)))
  })
}

const inflateFailure = (call: Call, error: NodeJS.ErrnoException, limit: number) =>
  error.code === 'ERR_BUFFER_TOO_LARGE'
    ? tooLarge(call, limit)
    : failed(call, 'bad_answer', { outcome: 'unknown', note: 'its compression is damaged', cause: error })

/** JSON has no byte order mark, but some servers do. */
const withoutMark = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
