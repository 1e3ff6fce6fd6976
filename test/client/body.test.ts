import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unpack } from '../../src/client/body.ts'
import type { Call } from '../../src/client/call.ts'
import { anyone } from '../../src/client/caller.ts'
import { Ending } from '../../src/client/ending.ts'
import { Pieces } from '../../src/client/pieces.ts'
import { createTicket } from '../../src/contract/tickets.ts'
import { failureOf } from './servers.ts'

const call: Call = { operation: createTicket, input: {}, effect: 'write', method: 'POST', path: '/tickets', ending: new Ending(), expires: Infinity, caller: anyone, fresh: false }
const size = { responseBytes: 2048, responseValues: 1500 }

const unpacked = (status: number, encoding: string | undefined, ...chunks: Uint8Array[]) => unpack(call, { status, headers: encoding === undefined ? {} : { 'content-encoding': encoding }, chunks }, size)

const many = Buffer.from(`[${'1,'.repeat(2000)}1]`)

test.each<[string, string | undefined, Uint8Array[], string]>([
  ['in one piece', undefined, [Buffer.from('{"a":1}')], '{"a":1}'],
  ['in two', 'identity', [Buffer.from('{"a"'), Buffer.from(':1}')], '{"a":1}'],
  ['that is part of a larger buffer', undefined, [Buffer.from('xx{}xx').subarray(2, 4)], '{}'],
  ['without anything', 'gzip', [], ''],
  ['compressed', ' GZIP ', [gzipSync('{"a":1}')], '{"a":1}'],
  ['with a byte order mark', undefined, [Buffer.from('\ufeff{}')], '{}'],
])('a body %s is its text', async (_, encoding, chunks, text) => {
  expect(await unpacked(200, encoding, ...chunks)).toMatchObject({ status: 200, text })
})

test.each<[string, number, string | undefined, Uint8Array, object]>([
  ['it is not UTF-8', 200, undefined, Buffer.from([0x22, 0xff, 0x22]), { code: 'bad_answer', status: 200 }],
  ['more than 1,500 values', 200, undefined, many, { code: 'too_large' }],
  ['more than 1,500 values', 299, undefined, many, { code: 'too_large' }],
  ['its compression is not known', 200, 'zip', gzipSync('{}'), { code: 'bad_answer' }],
  ['its compression is damaged', 200, 'gzip', gzipSync('{}').subarray(0, 12), { code: 'bad_answer' }],
  ['more than 2 KiB', 200, 'gzip', gzipSync(' '.repeat(2049)), { code: 'too_large' }],
])('what became of a write is open where of its answer one can say: %s', async (note, status, encoding, chunk, expected) => {
  expect(await failureOf(unpacked(status, encoding, chunk))).toMatchObject({ note, outcome: 'unknown', ...expected })
})

test('an error is one, whatever stands in it', async () => {
  expect(await unpacked(300, undefined, many)).toMatchObject({ status: 300, text: '' })
  expect(await unpacked(300, undefined, Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ status: 300, text: '"\ufffd"' })
})

test('pieces beyond a thousand are joined, and all keep their order', () => {
  const pieces = new Pieces()
  const counts: number[] = []
  const bytes = Uint8Array.from({ length: 2500 }, (_, at) => at % 251)
  for (const byte of bytes) {
    pieces.add(Uint8Array.of(byte))
    counts.push(pieces.all.length)
  }
  expect([counts[999], counts[1000], counts[1001], pieces.all[0]!.length]).toEqual([1000, 1, 2, 1001])
  expect(Math.max(...counts)).toBe(1001) // one joined, a thousand loose
  expect([pieces.size, Buffer.concat(pieces.all).equals(bytes)]).toEqual([2500, true])
})
